"""What `make lint` looks at beside the tools that have tests of their own."""

import os
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


def test_translations_are_compiled_anew_when_they_changed(project_root: Path, tmp_path: Path) -> None:
    scripts = shutil.copytree(project_root / "scripts", tmp_path / "scripts")
    source = tmp_path / "locale" / "pl" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Yes"\nmsgstr "Tak"\n')

    def compiled() -> str:
        command = [sys.executable, scripts / "messages.py", "--changed"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603

    assert "django.mo" in compiled()
    assert b"Tak" in source.with_suffix(".mo").read_bytes()
    assert compiled() == ""
    source.write_text(source.read_text().replace("Tak", "Owszem"))
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    compiled()
    assert b"Owszem" in source.with_suffix(".mo").read_bytes()
