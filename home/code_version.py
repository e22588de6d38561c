"""Which version of code and settings this process runs: what one version made, no other may give out."""

from hashlib import blake2b
from pathlib import Path

from django.conf import settings

KINDS = {".py", ".html", ".txt", ".mo", ".css", ".js", ".svg"}
NO_CODE = {"var", "tests", "bench", "docs"}
MANIFEST = "staticfiles.json"
SETTINGS = ("DEBUG", "SITE_URL", "ALLOWED_HOSTS", "LANGUAGE_CODES", "FACT_CHECK_MONTHS")
"""From the environment, and to be seen on pages."""
BOOT = Path("/proc/sys/kernel/random/boot_id")


def _fingerprint() -> str:
    """Of all that makes a page: our own files, the pinned packages, the names of static files, settings."""
    root = Path(settings.BASE_DIR)
    folders = (path for path in root.iterdir() if not path.name.startswith(".") and path.name not in NO_CODE)
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in KINDS and _is_whole(file)]
    made_by = blake2b(digest_size=6)
    for file in sorted(files):
        made_by.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    manifest = Path(settings.STATIC_ROOT) / MANIFEST
    made_by.update(manifest.read_bytes() if manifest.exists() else b"")
    made_by.update(repr([getattr(settings, name) for name in SETTINGS]).encode())
    return made_by.hexdigest()


def _is_whole(file: Path) -> bool:
    """Not what an editor keeps beside a file, nor a link that leads nowhere."""
    return not file.name.startswith(".") and file.is_file()


def _start_of_the_machine() -> str:
    """Another one each time the machine starts, "" where it doesn't say."""
    return BOOT.read_text()[:8] if BOOT.exists() else ""


CODE = _fingerprint()
"""Reckoned once, when the code is loaded: files and settings may be newer later on."""
_names = [str(settings.DATABASES["default"].get(name, "")) for name in ("ENGINE", "HOST", "PORT", "NAME")]
DATABASE = blake2b("|".join(_names).encode(), digest_size=4).hexdigest()
"""Which database the pages are of: a copy of it that somebody looks at is another one."""
CODE_SINCE_START = f"{CODE}{_start_of_the_machine()}"
"""The same, as long as the machine runs: after a power cut nobody knows which files are whole."""
