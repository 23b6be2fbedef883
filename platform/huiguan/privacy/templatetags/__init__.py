"""The tag of the templates of one's own: `{% load privacy %}`."""
