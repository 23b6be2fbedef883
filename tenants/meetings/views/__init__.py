"""The pages of a chamber's liaison meetings."""
