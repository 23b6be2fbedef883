"""The pages of cards and offers that the standard screens do not give."""
