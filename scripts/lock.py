"""`make lock`: writes requirements/*.txt from requirements/*.in, for every platform and Python from 3.11 up.

Versions stay as they are where they still fit; UPGRADE=1 takes the newest that fit. The files name no package
index: pip asks the one that the machine is set up for.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from console import Steps, stop
from environment import REQUIREMENTS

SETS = ("run", "production", "machines", "sentry", "search", "test", "lock", "audit")
"""The others are held to the versions of the first."""
OPTIONS = (
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
)


def main() -> None:
    step = Steps(1 + len(SETS))
    with tempfile.TemporaryDirectory() as folder:
        step("uv, in an environment of its own")
        python = str(Path(folder) / "bin" / "python")
        pip = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS / "lock.txt")]
        for words in ([sys.executable, "-m", "venv", folder], pip):
            if subprocess.run(words).returncode:
                stop("uv could not be installed: the reason is above.")
        for name in SETS:
            step(f"requirements/{name}.txt")
            command = [python, "-m", "uv", "pip", "compile", f"{name}.in", "--output-file", f"{name}.txt", *OPTIONS]
            if os.environ.get("UPGRADE"):
                command.append("--upgrade")
            if subprocess.run(command, cwd=REQUIREMENTS).returncode:
                stop(f"requirements/{name}.in cannot be met: the reason is above.")


if __name__ == "__main__":
    main()
