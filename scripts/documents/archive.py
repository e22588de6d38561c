"""Zip archives with the same bytes each time."""

import io
import zipfile

NEVER = (1980, 1, 1, 0, 0, 0)


def pack(parts: dict[str, bytes], first: str = "") -> bytes:
    """`parts` in the order of their names; `first` stands before them, unpacked (OpenDocument, part 2, 3.3)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(parts, key=lambda name: (name != first, name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, NEVER)
            info.create_system = 3
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name])
    return stream.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
