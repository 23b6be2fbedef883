"""A capability that no other part of the house knows: the test of new folders copies it to where it did not exist."""
