"""Says which commits have a first line that no list shows whole: part of `make lint`.

The rule came with issue 9; what is older stays as it is. Where that commit isn't known (a shallow clone, no git) only
what is there is read.
"""

import subprocess
import sys

from environment import ROOT

LONGEST = 72
OLD = "f1a352cc6058"
"""The last commit before the rule."""


def git(*words: str) -> str:
    """What git says; "" where it fails."""
    try:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, errors="replace").stdout
    except OSError:
        return ""


def main() -> int:
    commits = f"{OLD}..HEAD" if git("rev-parse", "--verify", "--quiet", f"{OLD}^{{commit}}") else "-1"
    long = [line for line in git("log", "--no-merges", "--format=%h %s", commits).splitlines() if _is_long(line)]
    print(*long, sep="\n")
    return 1 if long else 0


def _is_long(line: str) -> bool:
    return len(line.partition(" ")[2]) > LONGEST


if __name__ == "__main__":
    sys.exit(main())
