"""What the pages of sending ask."""
