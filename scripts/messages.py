"""`make messages`: compiles every .po of locale/ to the .mo beside it, without gettext on the machine.

`--check` writes nothing and fails when a .mo is missing or says something else than its .po. What is compared
are the messages, so a file compiled by msgfmt counts as fresh too.
"""

import gettext
import io
import subprocess
import sys
from pathlib import Path

from environment import ROOT, VENV, prepare


def catalogues() -> list[Path]:
    """The .po files of the project, not those of installed packages."""
    return sorted(path for path in ROOT.glob("**/locale/**/*.po") if VENV not in path.parents)


def messages(compiled: bytes) -> dict[object, str]:
    """What a compiled catalogue says, without its header (that holds dates)."""
    translations = gettext.GNUTranslations(io.BytesIO(compiled))
    return {key: text for key, text in vars(translations)["_catalog"].items() if key}


def main() -> int:
    try:
        import polib  # noqa: PLC0415 - only .venv has it
    except ImportError:
        python = prepare("test")
        return subprocess.run([python, __file__, *sys.argv[1:]]).returncode
    stale = []
    for source in catalogues():
        compiled = polib.pofile(str(source)).to_binary()
        target = source.with_suffix(".mo")
        if target.is_file() and messages(target.read_bytes()) == messages(compiled):
            continue
        stale.append(source.relative_to(ROOT))
        if "--check" not in sys.argv[1:]:
            target.write_bytes(compiled)
            print(f"compiled {target.relative_to(ROOT)}")
    if stale and "--check" in sys.argv[1:]:
        print(f"Out of date, run make messages: {', '.join(map(str, stale))}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
