"""`make lint`: every check, also after one has failed; `--fix` puts Python files in form first."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from console import stop
from environment import ROOT, prepare, variables

CHECKS = {
    "types": ("-m", "mypy"),  # takes longer than all others together
    "style": ("-m", "ruff", "check", "."),
    "form": ("-m", "ruff", "format", "--check", "."),
    "templates": ("-m", "djlint", "--lint", "--quiet", "templates"),
    "directions of imports": ("-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"),
    "Django": ("manage.py", "check"),
    "migrations": ("manage.py", "makemigrations", "--check", "--dry-run"),
    "stylesheet": ("scripts/build_css.py", "--check"),
    "translations": ("scripts/messages.py", "--changed"),
    "licences": ("scripts/licences.py",),
    "first lines of commits": ("scripts/commits.py",),
}
FIXES = (("-m", "ruff", "check", "--fix", "."), ("-m", "ruff", "format", "."))


def check(python: Path, environment: dict[str, str], command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, *command], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def main() -> None:
    python = prepare("test")
    environment = variables(DEBUG="1")
    if "--fix" in sys.argv[1:]:
        sys.exit(max(subprocess.run([python, *fix], cwd=ROOT, env=environment).returncode for fix in FIXES))
    failed = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {pool.submit(check, python, environment, command): name for name, command in CHECKS.items()}
        for ended in as_completed(running):
            name, result = running[ended], ended.result()
            print(f"{'ok    ' if result.returncode == 0 else 'FAILED'} {name}", flush=True)
            if result.returncode:
                failed.append(name)
                print(result.stdout, flush=True)
    if failed:
        stop(f"make lint: {', '.join(failed)} failed.")


if __name__ == "__main__":
    main()
