"""What a picture says of itself in its first bytes: how large it is, and whether it moves. Nothing is decoded."""

import warnings
from dataclasses import dataclass
from typing import IO

from PIL import Image

MOVING = ("AVIF", "GIF", "PNG", "WEBP")
"""A JPEG may hold a second picture too, for other screens: browsers show the first one."""


@dataclass(frozen=True)
class Bounds:
    """Of one picture."""

    pixels: int
    is_moving: bool


def bounds_of(file: IO[bytes]) -> Bounds:
    """Raises OSError, SyntaxError or ValueError for what is no picture that Pillow knows."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file)  # never closed: it would close what Wagtail reads next
            is_moving = picture.format in MOVING and getattr(picture, "is_animated", False)
            return Bounds(picture.width * picture.height, is_moving)
    except (Image.DecompressionBombError, MemoryError):  # as its header says
        return Bounds(2 * (Image.MAX_IMAGE_PIXELS or 0) + 1, False)
    finally:
        file.seek(0)
