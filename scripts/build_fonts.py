"""`make fonts`: cuts the fonts of static/fonts/ out of scripts/fonts/ (see cut.py there)."""

import subprocess
import sys

from environment import ROOT, prepare


def main() -> int:
    return subprocess.run([prepare("test"), ROOT / "scripts" / "fonts" / "cut.py"]).returncode


if __name__ == "__main__":
    sys.exit(main())
