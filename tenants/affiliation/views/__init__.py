"""The pages of a chamber's federations."""
