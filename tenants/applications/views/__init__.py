"""Pages of the applications beside the standard screens."""
