"""`make messages`: compiles every .po of locale/ to the .mo beside it, without gettext on the machine.

The .mo are made on each machine and never committed: `make run`, `make test` and `make serve` do this too, and so do
the tests' settings. `--changed` leaves out what is as new as its .po already.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from environment import ROOT, prepare


def catalogues() -> list[Path]:
    """The .po files of the project."""
    return sorted((ROOT / "locale").glob("**/*.po"))


def is_compiled(source: Path) -> bool:
    """Whether the .mo beside `source` is there and as new."""
    target = source.with_suffix(".mo")
    return target.is_file() and target.stat().st_mtime >= source.stat().st_mtime


def main() -> int:
    wanted = [path for path in catalogues() if "--changed" not in sys.argv[1:] or not is_compiled(path)]
    if not wanted:
        return 0
    try:
        import polib  # noqa: PLC0415 - only the site's own Python has it
    except ImportError:
        python = prepare("run")
        return subprocess.run([python, __file__, *sys.argv[1:]]).returncode
    for source in wanted:
        target = source.with_suffix(".mo")
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:  # another process may be reading
            made = Path(folder) / target.name
            made.write_bytes(polib.pofile(str(source)).to_binary())
            made.replace(target)
        print(f"compiled {target.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
