"""The pages of reports that the standard screens do not give."""
