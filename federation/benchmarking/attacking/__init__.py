"""T17: whoever knows all that was published, who was compared, the rules and one own value: how near do they come?"""

from federation.benchmarking.attacking.running import Found, attack

__all__ = ["Found", "attack"]
