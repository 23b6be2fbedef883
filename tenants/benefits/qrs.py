"""QR codes as SVG: sharp at any size, on a page and on paper."""

from urllib.parse import quote

import segno


def svg(text: str) -> str:
    """With the quiet zone that scanners need; it fills whatever it stands in."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_inline(omitsize=True, border=3, dark="#000", light="#fff"))


def as_picture(text: str) -> str:
    """For the `src` of an image."""
    return "data:image/svg+xml," + quote(_whole(svg(text)))


def _whole(drawn: str) -> str:
    """An image of its own must say what language it is in."""
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def for_paper(text: str) -> str:
    """Typst wants a whole SVG too."""
    return _whole(svg(text))
