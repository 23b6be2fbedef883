"""The pages of liaison meetings that are more than standard screens."""
