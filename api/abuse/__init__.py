"""What the API must bear: repeated calls, and whatever anybody sends. Checks that print a figure (G8, G9)."""
