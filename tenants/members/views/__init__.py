"""The pages of the members' folder beside the standard screens."""
