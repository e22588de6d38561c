"""Takes out of a picture's file what a camera wrote about place, device and owner.

What stays of each format is a list, so that a kind of data that is new goes too: pixels, colour profile, animation,
and how the picture is turned. They stay byte by byte; only AVIF is encoded again.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, ImageOps

ORIENTATION = 0x0112
UPRIGHT = 1
AVIF_QUALITY = 90
"""Of an original that is encoded again: its copies are made with less."""

JPEG_JFIF, JPEG_SCAN, JPEG_END, JPEG_COMMENT = 0xE0, 0xDA, 0xD9, 0xFE
JPEG_NEXT = re.compile(rb"\xff[\x02-\xcf\xd8-\xfe]")  # what is no pixel, no stuffing, no restart
JPEG_KEPT = {JPEG_JFIF: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = set(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT cICP mDCV cLLI acTL fcTL fdAT".split()
)
WEBP_KEPT = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
WEBP_HAS_EXIF, WEBP_HAS_XMP = 0x08, 0x04
GIF_EXTENSION, GIF_PICTURE, GIF_END = 0x21, 0x2C, 0x3B
GIF_CONTROL, GIF_TEXT, GIF_APPLICATION = 0xF9, 0x01, 0xFF
GIF_KEPT = {b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"}

UNREADABLE = (OSError, SyntaxError, ValueError, IndexError, struct.error, Image.DecompressionBombError)


def without_metadata(picture: bytes) -> bytes:
    """`picture` (AVIF, GIF, JPEG, PNG or WebP) without what visitors don't need; the same bytes where there is nothing.

    Raises ValueError for a file that is none of these or is broken.
    """
    try:
        if picture.startswith(b"\xff\xd8"):
            return b"".join(_jpeg(picture))
        if picture.startswith(PNG_START):
            return b"".join(_png(picture))
        if picture.startswith(b"GIF8"):
            return b"".join(_gif(picture))
        if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
            return _webp(picture)
        if picture[4:8] == b"ftyp":
            return _avif(picture)
    except UNREADABLE as error:
        raise ValueError("The file of this picture is broken.") from error
    raise ValueError("Not a picture of a known format.")


def _turned(picture: bytes) -> bytes:
    """An EXIF block that says how the picture is turned and nothing else; b"" for one that stands upright."""
    with Image.open(io.BytesIO(picture)) as opened:
        return _only_turned(opened.getexif())


def _only_turned(marks: Image.Exif) -> bytes:
    orientation = marks.get(ORIENTATION, UPRIGHT)
    if orientation not in range(UPRIGHT + 1, 9):
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif.tobytes()


def _jpeg(data: bytes) -> Iterator[bytes]:
    """See ITU T.81, annex B. A phone may put a second picture, a film or its own notes behind the end."""
    yield data[:2]
    turned = _turned(data)
    at = 2
    while True:
        while data[at + 1] == 0xFF:  # padding before a marker
            at += 1
        if data[at] != 0xFF:
            raise ValueError("No marker.")
        marker = data[at + 1]
        if turned and marker != JPEG_JFIF:  # which comes first
            yield b"\xff\xe1" + struct.pack(">H", len(turned) + 2) + turned
            turned = b""
        if marker == JPEG_END:
            yield data[at : at + 2]
            return
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == JPEG_SCAN:
            found = JPEG_NEXT.search(data, end)
            if found is None:
                raise ValueError("No end.")
            end = found.start()
        is_application = 0xE0 <= marker <= 0xEF
        if not (is_application or marker == JPEG_COMMENT) or (
            marker in JPEG_KEPT and data.startswith(JPEG_KEPT[marker], at + 4)
        ):
            yield data[at:end]
        at = end


def _png(data: bytes) -> Iterator[bytes]:
    yield PNG_START
    parts = list(_png_parts(data))
    marks = Image.Exif()  # Pillow would decode the whole picture to get at it
    marks.load(b"".join(part[8:-4] for kind, part in parts if kind == b"eXIf"))
    turned = _only_turned(marks)
    for kind, part in parts:
        if kind in PNG_KEPT:
            yield part
        if kind == b"IHDR" and turned:
            yield _png_chunk(b"eXIf", turned.removeprefix(b"Exif\0\0"))


def _png_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, kind = len(PNG_START), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + length + 12
        if end > len(data):
            raise ValueError("Cut off.")
        yield kind, data[at:end]
        at = end


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _webp(data: bytes) -> bytes:
    turned = _turned(data).removeprefix(b"Exif\0\0")
    chunks = [(kind, content) for kind, content in _riff(data) if kind in WEBP_KEPT]
    if turned:
        chunks.append((b"EXIF", turned))
    body = b"".join(
        _riff_chunk(kind, _flags(content, turned) if kind == b"VP8X" else content) for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, last = 12, 8 + struct.unpack_from("<I", data, 4)[0]
    if last > len(data):
        raise ValueError("Cut off.")
    while at + 8 <= last:
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _riff_chunk(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _flags(header: bytes, turned: bytes) -> bytes:
    flags = header[0] & ~(WEBP_HAS_EXIF | WEBP_HAS_XMP) | (WEBP_HAS_EXIF if turned else 0)
    return bytes([flags]) + header[1:]


def _gif(data: bytes) -> Iterator[bytes]:
    at = 13 + _gif_colours(data[10])
    yield data[:at]
    while data[at] != GIF_END:
        if data[at] == GIF_PICTURE:
            end = _after_blocks(data, at + 10 + _gif_colours(data[at + 9]) + 1)
            is_kept = True
        elif data[at] == GIF_EXTENSION:
            end = _after_blocks(data, at + 2)
            label = data[at + 1]
            is_kept = label in (GIF_CONTROL, GIF_TEXT) or (
                label == GIF_APPLICATION and data[at + 3 : at + 14] in GIF_KEPT
            )
        else:
            raise ValueError("No block.")
        if is_kept:
            yield data[at:end]
        at = end
    yield data[at : at + 1]


def _gif_colours(flags: int) -> int:
    """Bytes of the colour table that `flags` announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def _avif(data: bytes) -> bytes:
    """Its boxes point at each other by position, so one with notes is encoded again, upright."""
    with Image.open(io.BytesIO(data)) as picture:
        if not picture.info.get("xmp") and set(picture.getexif()) <= {ORIENTATION}:
            return data
        is_animated = getattr(picture, "n_frames", 1) > 1
        written = picture if is_animated else ImageOps.exif_transpose(picture)
        kept = {"quality": AVIF_QUALITY, "icc_profile": picture.info.get("icc_profile"), "exif": b"", "xmp": b""}
        stream = io.BytesIO()
        written.save(stream, "AVIF", save_all=is_animated, **kept)
    return stream.getvalue()
