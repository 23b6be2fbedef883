"""How Chinese organisations, people and places are named, for whoever reads or compares their names."""
