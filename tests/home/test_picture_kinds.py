"""Every kind of picture that the formats allow looks as it went in, under its right type, or is refused in words."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageOps

from home.models import SiteImage
from tests.home.test_upload_bounds import sent

pytestmark = pytest.mark.django_db
SIZE = (96, 64)
RED, BLUE, GREEN, YELLOW = (200, 40, 40), (30, 60, 190), (20, 140, 60), (230, 210, 60)
NEAR = 14
"""How far each of the three colours may be from what went in: lossy formats, and colours that no other model has."""
ORIENTATION = 0x0112


def drawing(mode: str = "RGB") -> Image.Image:
    """Four fields, so that each turn and each mirror of it looks different."""
    picture = Image.new("RGB", SIZE, RED)
    for colour, corner in ((BLUE, (48, 0)), (GREEN, (0, 32)), (YELLOW, (48, 32))):
        picture.paste(colour, (*corner, corner[0] + 48, corner[1] + 32))
    return picture.convert(mode, dither=Image.Dither.NONE)


def see_through(mode: str = "RGBA") -> Image.Image:
    picture = drawing("RGBA")
    picture.paste((0, 0, 0, 0), (48, 32, 96, 64))
    return picture.convert(mode)


def saved(picture: Image.Image, format: str, **how: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, format, **how)
    return stream.getvalue()


def moving(format: str) -> bytes:
    pictures = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue")]
    return saved(pictures[0], format, save_all=True, append_images=pictures[1:], duration=80)


def turned(orientation: int) -> Image.Exif:
    marks = Image.Exif()
    marks[ORIENTATION] = orientation
    return marks


def png(depth: int, kind: int, rows: list[bytes], more: bytes = b"", is_interlaced: bool = False) -> bytes:
    """What Pillow doesn't write: `rows` without their filter byte, `kind` by the specification of PNG."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", *SIZE, depth, kind, 0, 0, int(is_interlaced))
    content = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + chunk(b"IDAT", content) + chunk(b"IEND", b"")


def deep(kind: int, mode: str, picture: Image.Image | None = None) -> bytes:
    """Two bytes for each value."""
    content = (picture or drawing()).convert(mode).tobytes()
    width = SIZE[0] * len(mode)
    doubled = bytes(value for value in content for _time in range(2))
    return png(16, kind, [doubled[at : at + 2 * width] for at in range(0, len(doubled), 2 * width)])


def interlaced() -> bytes:
    picture, rows = drawing(), []
    for left, top, right, down in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        for y in range(top, SIZE[1], down):
            rows.append(b"".join(bytes(picture.getpixel((x, y))) for x in range(left, SIZE[0], right)))
    return png(8, 2, rows, is_interlaced=True)


def wide_gamut() -> bytes:
    """Display P3 as a profile of ICC.1:2001-04: three colours, a white, one curve for all of them."""

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    tags = {
        b"rXYZ": xyz(0.5151, 0.2412, -0.0011),
        b"gXYZ": xyz(0.2920, 0.6922, 0.0419),
        b"bXYZ": xyz(0.1571, 0.0666, 0.7841),
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        **dict.fromkeys(
            (b"rTRC", b"gTRC", b"bTRC"), b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
        ),
        b"desc": b"desc\0\0\0\0\0\0\0\3P3\0".ljust(92, b"\0"),
        b"cprt": b"text\0\0\0\0-\0\0\0",
    }
    table, content, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, tag in tags.items():
        table += name + struct.pack(">II", at + len(content), len(tag))
        content += tag
    header = struct.pack(
        ">I4xI4s4s4s12s4s", at + len(content), 0x02100000, b"mntr", b"RGB ", b"XYZ ", bytes(12), b"acsp"
    )
    header = header.ljust(68, b"\0") + struct.pack(">iii", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + table + content


LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

KINDS = {
    "JPEG": ("a.jpg", saved(drawing(), "JPEG", quality=90)),
    "JPEG that comes in layers": ("a.jpeg", saved(drawing(), "JPEG", progressive=True)),
    "JPEG with few colours": ("a.jpg", saved(drawing(), "JPEG", subsampling=2, quality=90)),
    "JPEG in grey": ("a.jpg", saved(drawing("L"), "JPEG")),
    "JPEG for printers": ("a.jpg", saved(drawing("CMYK"), "JPEG", quality=95)),
    "JPEG for printers, lying": ("a.jpg", saved(drawing("CMYK"), "JPEG", quality=95, exif=turned(6))),
    "JPEG for printers, with a profile of screens": ("a.jpg", saved(drawing("CMYK"), "JPEG", icc_profile=SRGB)),
    "JPEG with two pictures": ("a.jpg", saved(drawing(), "MPO", save_all=True, append_images=[drawing().rotate(180)])),
    "JPEG with its profile": ("a.jpg", saved(drawing(), "JPEG", icc_profile=SRGB)),
    "JPEG with more colours": ("a.jpg", saved(drawing(), "JPEG", quality=95, icc_profile=wide_gamut())),
    "JPEG with a profile of other colours": ("a.jpg", saved(drawing(), "JPEG", icc_profile=LAB)),
    "JPEG with a broken profile": ("a.jpg", saved(drawing(), "JPEG", icc_profile=b"no profile" * 20)),
    "JPEG in grey with a profile of colours": ("a.jpg", saved(drawing("L"), "JPEG", icc_profile=SRGB)),
    **{f"JPEG turned {way}": ("a.jpg", saved(drawing(), "JPEG", quality=90, exif=turned(way))) for way in range(1, 9)},
    "PNG": ("a.png", saved(drawing(), "PNG")),
    "PNG in black and white": ("a.png", saved(drawing("1"), "PNG")),
    "PNG in grey": ("a.png", saved(drawing("L"), "PNG")),
    "PNG in grey, see-through": ("a.png", saved(see_through("LA"), "PNG")),
    "PNG with a list of colours": ("a.png", saved(drawing().quantize(8), "PNG")),
    "PNG with a list of colours, see-through": ("a.png", saved(see_through().quantize(8), "PNG")),
    "PNG with four colours": ("a.png", saved(drawing().quantize(4), "PNG", bits=2)),
    "PNG, see-through": ("a.png", saved(see_through(), "PNG")),
    "PNG with a colour that is see-through": ("a.png", saved(drawing(), "PNG", transparency=YELLOW)),
    "PNG with a grey that is see-through": (
        "a.png",
        saved(drawing("L"), "PNG", transparency=drawing("L").getpixel((80, 50))),
    ),
    "PNG with deep greys": ("a.png", deep(0, "L")),
    "PNG with deep colours": ("a.png", deep(2, "RGB")),
    "PNG with deep colours, see-through": ("a.png", deep(6, "RGBA", see_through())),
    "PNG with deep greys, see-through": ("a.png", deep(4, "LA", see_through("LA"))),
    "PNG that comes in layers": ("a.png", interlaced()),
    "PNG with more colours": ("a.png", saved(drawing(), "PNG", icc_profile=wide_gamut())),
    "PNG turned": ("a.png", saved(drawing(), "PNG", exif=turned(8))),
    "GIF": ("a.gif", saved(drawing().quantize(8), "GIF")),
    "GIF, see-through": ("a.gif", saved(see_through(), "GIF")),
    "WebP": ("a.webp", saved(drawing(), "WEBP", quality=90)),
    "WebP without loss, see-through": ("a.webp", saved(see_through(), "WEBP", lossless=True)),
    "WebP, see-through": ("a.webp", saved(see_through(), "WEBP", quality=90)),
    "WebP turned": ("a.webp", saved(drawing(), "WEBP", quality=90, exif=turned(5))),
    "WebP with more colours": ("a.webp", saved(drawing(), "WEBP", lossless=True, icc_profile=wide_gamut())),
    "AVIF": ("a.avif", saved(drawing(), "AVIF", quality=90)),
    "AVIF, see-through": ("a.avif", saved(see_through(), "AVIF", quality=90)),
    "AVIF turned": ("a.avif", saved(drawing(), "AVIF", quality=90, exif=turned(6))),
    "AVIF with more colours": ("a.avif", saved(drawing(), "AVIF", quality=95, icc_profile=wide_gamut())),
}
REFUSED = {
    **{f"{format} that moves": (f"a.{format.lower()}", moving(format)) for format in ("GIF", "PNG", "WEBP", "AVIF")},
    **{
        f"{KINDS[kind][0]} cut off after {part:.0%}": (
            KINDS[kind][0],
            KINDS[kind][1][: int(len(KINDS[kind][1]) * part)],
        )
        for kind in ("JPEG", "JPEG that comes in layers", "PNG", "GIF", "WebP", "AVIF")
        for part in (0.2, 0.9)
    },
    "PNG as JPEG": ("a.jpg", KINDS["PNG"][1]),
    "WebP as PNG": ("a.png", KINDS["WebP"][1]),
    "TIFF": ("a.tiff", saved(drawing("LAB"), "TIFF")),
    "TIFF as JPEG": ("a.jpg", saved(drawing("LAB"), "TIFF")),
    "BMP": ("a.bmp", saved(drawing(), "BMP")),
    "icon": ("a.ico", saved(drawing(), "ICO", sizes=[(32, 32)])),
    "HEIC": ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)),
    "PDF": ("a.png", b"%PDF-1.7\n"),
}
COPIES = ("width-60|format-avif", "width-60|format-webp", "width-60|format-jpeg", "max-60x60", "fill-60x40")
STARTS = {
    ".avif": (4, b"ftypavif"),
    ".gif": (0, b"GIF8"),
    ".jpeg": (0, b"\xff\xd8\xff"),
    ".jpg": (0, b"\xff\xd8\xff"),
    ".png": (0, b"\x89PNG"),
    ".webp": (8, b"WEBP"),
}


def seen(content: bytes) -> list[tuple[int, ...]]:
    """The four fields as a browser shows them on white: upright, and by the profile if it fits."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 257).convert("L")
    picture = ImageOps.exif_transpose(picture)
    shown = picture.convert("RGBA")
    if profile and picture.mode in ("RGB", "RGBA"):
        try:
            from_profile = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if from_profile.profile.xcolor_space.strip() == "RGB":
                colours = ImageCms.profileToProfile(shown.convert("RGB"), from_profile, ImageCms.createProfile("sRGB"))
                colours.putalpha(shown.getchannel("A"))
                shown = colours
        except (OSError, ImageCms.PyCMSError):
            pass
    page = Image.new("RGBA", shown.size, "white")
    page.alpha_composite(shown)
    width, height = page.size
    return [page.getpixel((width * x // 4, height * y // 4))[:3] for y in (1, 3) for x in (1, 3)]


def is_alike(first: bytes, second: bytes) -> bool:
    fields = zip(seen(first), seen(second), strict=True)
    return all(abs(one - other) <= NEAR for pair in fields for one, other in zip(*pair, strict=True))


def has_its_type(file: Any) -> bool:
    at, start = STARTS[Path(file.name).suffix]
    return file.read()[at:].startswith(start)


@pytest.mark.parametrize(("name", "content"), KINDS.values(), ids=list(KINDS))
def test_it_looks_as_it_went_in(admin_client, name: str, content: bytes) -> None:
    answer = sent(admin_client, "images", "many", name, content)
    assert SiteImage.objects.exists(), answer
    image = SiteImage.objects.get()
    files = {"the original": image.file, **{spec: image.get_rendition(spec).file for spec in COPIES}}
    assert len({file.name for file in files.values()}) == len(files), "no copy is a stand-in"
    for spec, file in files.items():
        with file.open() as opened:
            kept = opened.read()
            opened.seek(0)
            assert has_its_type(opened), spec
        assert Image.open(io.BytesIO(kept)).mode in ("1", "L", "LA", "P", "RGB", "RGBA"), spec
        assert is_alike(kept, content), (spec, seen(kept), seen(content))


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=list(REFUSED))
def test_or_it_is_refused_in_words(admin_client, name: str, content: bytes) -> None:
    said = sent(admin_client, "images", "many", name, content)
    assert '"success": false' in said
    assert len(said) > 60, said
    assert not SiteImage.objects.exists()


def test_every_format_that_may_be_added_is_in_the_table(settings) -> None:
    assert {Path(name).suffix.removeprefix(".") for name, _content in KINDS.values()} == set(
        settings.WAGTAILIMAGES_EXTENSIONS
    )
