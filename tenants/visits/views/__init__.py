"""Pages of the visits beside the standard screens."""
