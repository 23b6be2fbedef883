"""Two entries of one member become one: suggesting pairs, saying what would happen, doing it, taking it back."""
