"""The kit's template tags: `{% load kit %}`."""
