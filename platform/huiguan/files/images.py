"""Draws an uploaded picture again, in a child process: what comes out has its pixels and nothing else of it.

No place, camera or name stays in it, it stands upright, and whatever was hidden in the file is gone.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")  # a JPEG of several pictures (MPO) is opened as JPEG
MOST_DECODED = 150_000_000  # bytes
MOST_PIXELS_OF_JPEG = 250_000_000  # decoded at an eighth to a half of its size
JPEG = ("JPEG", "MPO")
LONGEST_SIDE = 30_000
SMALL = 320
SMALLEST_INK = 24  # of 255: what is paler is paper
QUALITY = 85


class NotAPicture(Exception):
    """No picture of a kind that we know, or a damaged one."""


class TooManyPixels(Exception):
    """More than any camera takes."""


@dataclass(frozen=True)
class Drawn:
    """`small` is for lists."""

    content_type: str
    content: bytes
    small: bytes
    width: int
    height: int


def draw(data: bytes, *, most_pixels: int, is_ink: bool = False) -> Drawn:
    """JPEG, or PNG where the picture lets something show through."""
    picture = _opened(data, most_pixels)
    try:
        picture = ImageOps.exif_transpose(_smaller(picture, most_pixels))
        picture = picture.convert("RGBA" if _shows_through(picture) else "RGB")
    except (OSError, ValueError, SyntaxError, TypeError, KeyError) as error:
        raise NotAPicture(str(error)) from None
    drawn = _ink_of(picture) if is_ink else picture
    small = drawn.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Drawn(_content_type(drawn), _written(drawn), _written(small), *drawn.size)


def _opened(data: bytes, most_pixels: int) -> Image.Image:
    """Measured before it is decoded."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # measured below, by kind
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except (OSError, ValueError, SyntaxError, TypeError, KeyError) as error:
        raise NotAPicture(str(error)) from None
    if _is_too_large(picture):
        raise TooManyPixels
    if picture.format in JPEG:
        picture.draft("RGB", (most_pixels, most_pixels))
    return picture


def _is_too_large(picture: Image.Image) -> bool:
    """What shows through is in memory twice when it is made smaller."""
    pixels = picture.width * picture.height
    if max(picture.size) > LONGEST_SIDE or pixels > MOST_PIXELS_OF_JPEG:
        return True
    return picture.format not in JPEG and pixels * (8 if picture.has_transparency_data else 3) > MOST_DECODED


def _smaller(picture: Image.Image, most_pixels: int) -> Image.Image:
    """First of all, so that a large picture is in memory once."""
    if picture.mode not in ("RGB", "RGBA", "L", "LA"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((most_pixels, most_pixels), Image.Resampling.LANCZOS)
    return picture


def _shows_through(picture: Image.Image) -> bool:
    if not picture.has_transparency_data:
        return False
    lowest, _highest = picture.convert("RGBA").getchannel("A").getextrema()
    return int(lowest) < 255  # type: ignore[arg-type]


def _ink_of(picture: Image.Image) -> Image.Image:
    """A seal on white paper as its ink alone: the further a point is from white, the less shows through."""
    if picture.mode == "RGBA":
        return picture
    darkest = ImageChops.darker(ImageChops.darker(*picture.split()[:2]), picture.getchannel("B"))
    alpha = ImageChops.invert(darkest).point(lambda value: 0 if value < SMALLEST_INK else value)
    inked = picture.convert("RGBA")
    inked.putalpha(alpha)
    return inked


def _content_type(picture: Image.Image) -> str:
    return "image/png" if picture.mode == "RGBA" else "image/jpeg"


def _written(picture: Image.Image) -> bytes:
    picture.info.clear()
    buffer = io.BytesIO()
    if picture.mode == "RGBA":
        picture.save(buffer, "PNG", optimize=True)
    else:
        picture.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()
