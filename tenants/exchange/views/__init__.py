"""The pages of the exchange that the standard screens do not give."""
