"""Keeps a chamber's own accent readable: white words stand on it, and it stands on white."""

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
ENOUGH = 4.5  # WCAG 2.1 AA, ordinary text


def readable_accent(colour: str | None) -> str:
    """The colour itself, or the same hue darkened until white is readable on it; empty when it is no `#rrggbb`."""
    if not colour or not HEX.fullmatch(colour):
        return ""
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    while contrast_with_white(channels) < ENOUGH:
        channels = [int(channel * 0.94) for channel in channels]
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def contrast_with_white(channels: list[int]) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
