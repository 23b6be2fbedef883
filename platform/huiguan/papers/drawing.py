"""Draws a seal and a logo for the demo. A chamber's own seal is a picture of the one that the police registered."""

import io
import math

from PIL import Image, ImageDraw, ImageFont

from huiguan.papers import fonts

RED = (200, 30, 30, 225)
SIDE = 900  # pixels
ARC = 250  # degrees that the name spans


def seal(name: str, *, below: str) -> bytes:
    """Round, red, a star in the middle, the name along the edge: as 社会团体 have them."""
    picture = Image.new("RGBA", (SIDE, SIDE))
    draw = ImageDraw.Draw(picture)
    draw.ellipse([12, 12, SIDE - 12, SIDE - 12], outline=RED, width=22)
    draw.polygon(_star(SIDE / 2, SIDE / 2, 140), fill=RED)
    for at, character in enumerate(name):
        degrees = ARC * (at / max(1, len(name) - 1) - 0.5)
        _along_the_edge(picture, character, degrees, radius=SIDE / 2 - 110, size=110)
    width = draw.textlength(below, _font(70))
    draw.text(((SIDE - width) / 2, SIDE * 0.72), below, RED, _font(70))
    return _png(picture)


def logo(character: str, colour: str) -> bytes:
    picture = Image.new("RGBA", (400, 400))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle([0, 0, 399, 399], 70, fill=colour)
    draw.text((200, 192), character, "white", _font(260), anchor="mm")
    return _png(picture)


def _along_the_edge(picture: Image.Image, character: str, degrees: float, *, radius: float, size: int) -> None:
    tile = Image.new("RGBA", (size * 2, size * 2))
    ImageDraw.Draw(tile).text((size, size), character, RED, _font(size), anchor="mm")
    tile = tile.rotate(-degrees, Image.Resampling.BICUBIC)
    angle = math.radians(degrees)
    x, y = SIDE / 2 + radius * math.sin(angle), SIDE / 2 - radius * math.cos(angle)
    picture.alpha_composite(tile, (round(x - size), round(y - size)))


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    corners = [(radius if at % 2 == 0 else radius * 0.382, math.pi * at / 5) for at in range(10)]
    return [(x + r * math.sin(a), y - r * math.cos(a)) for r, a in corners]


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(next(fonts.folder().glob("*HuiguanTitle*.ttf"))), size)


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
