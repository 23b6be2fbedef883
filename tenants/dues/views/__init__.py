"""The pages of dues that the standard screens do not give."""
