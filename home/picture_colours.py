"""Pictures with colours that copies would lose are kept as ones that every browser and every format shows alike."""

import io

from PIL import Image, ImageCms

from home.picture_metadata import UNREADABLE

JPEG_QUALITY = 95
"""Of an original that is encoded again: its copies are made with less."""


def in_usual_colours(picture: bytes) -> bytes:
    """`picture` with eight bits for each of red, green, blue (or grey) and opacity; the same bytes where it is so.

    Printers' colours become a screen's; deep greys and a single colour that is see-through are none of WebP and AVIF.
    Raises ValueError for a broken file.
    """
    try:
        with Image.open(io.BytesIO(picture)) as opened:
            if opened.mode == "CMYK":
                return _saved(opened, _for_screens(opened), "JPEG", quality=JPEG_QUALITY, subsampling=0)
            if opened.mode.startswith("I"):
                return _saved(opened, _shallow(opened), "PNG")
            if opened.mode in ("1", "L", "RGB") and "transparency" in opened.info:
                return _saved(opened, opened.convert("LA" if opened.mode in ("1", "L") else "RGBA"), "PNG")
    except (*UNREADABLE, ImageCms.PyCMSError) as error:
        raise ValueError("The file of this picture is broken.") from error
    return picture


def _for_screens(picture: Image.Image) -> Image.Image:
    profile = picture.info.pop("icc_profile", None)
    if profile:
        kept = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if kept.profile.xcolor_space.strip() == "CMYK":
            screen = ImageCms.createProfile("sRGB")
            return ImageCms.buildTransform(kept, screen, "CMYK", "RGB").apply(picture)
    return picture.convert("RGB")


def _shallow(picture: Image.Image) -> Image.Image:
    """The upper byte of each grey."""
    return picture.convert("I").point(lambda value: value / 256).convert("L")


def _saved(before: Image.Image, after: Image.Image, format: str, **how: int) -> bytes:
    """With what of `before` says how the picture is turned, and its profile where that still fits."""
    stream = io.BytesIO()
    profile = before.info.get("icc_profile") if after.mode in ("RGB", "RGBA") and format == "PNG" else None
    after.save(stream, format, exif=before.getexif(), icc_profile=profile, **how)
    return stream.getvalue()
