"""What chambers' messages do to the matching. Nothing happens twice."""

from federation.matching.handlers import disputes, interests, profiles, progress, reviews

__all__ = ["disputes", "interests", "profiles", "progress", "reviews"]
