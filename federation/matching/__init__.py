"""Matching 资源对接: needs and offers that chambers publish, ranked for each other, and introductions."""
