"""What `make lint` looks at beside the tools that have tests of their own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("length", "status"), [(72, 0), (73, 1)])
def test_a_long_first_line_of_a_commit_is_found(project_root: Path, tmp_path: Path, length: int, status: int) -> None:
    if not shutil.which("git"):
        pytest.skip("no git")
    scripts = shutil.copytree(project_root / "scripts", tmp_path / "scripts")
    author = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], [*author, "commit", "-q", "--allow-empty", "-m", f"{'x' * length}\n\nWhy"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)  # noqa: S603, S607
    found = subprocess.run([sys.executable, scripts / "commits.py"], capture_output=True, text=True)  # noqa: S603
    assert found.returncode == status
    assert ("x" * length in found.stdout) == bool(status)
