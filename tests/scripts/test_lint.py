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


@pytest.mark.parametrize(
    ("licence", "may_come_in"),
    [
        ("MIT", True),
        ("MIT AND PSF-2.0", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("BSD License AND Apache Software License AND Mozilla Public License 2.0 (MPL 2.0)", True),
        ("MIT AND AGPL-3.0-or-later", False),
        ("GPL-3.0-or-later", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("Other/Proprietary License", False),
        ("SSPL-1.0", False),
        ("not said", False),
    ],
)
def test_a_package_comes_in_with_its_licence_or_not_at_all(
    project_root: Path, monkeypatch: pytest.MonkeyPatch, licence: str, may_come_in: bool
) -> None:
    monkeypatch.syspath_prepend(project_root / "scripts")
    import licences  # noqa: PLC0415 - a script, not a module of the site

    assert licences.is_allowed(licence) == may_come_in
    assert {"django", "gunicorn", "boto3", "sentry-sdk"} <= set(licences.locked()), "all sets that serve"


def test_an_audit_that_asked_nobody_is_not_a_clean_one(project_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pip-audit says “No known vulnerabilities” and 0 where the index knows nothing of weaknesses."""
    monkeypatch.syspath_prepend(project_root / "scripts")
    import audit  # noqa: PLC0415 - a script, not a module of the site

    clean, skipped = {"name": "django", "vulns": []}, {"name": "wagtail", "skip_reason": "not found"}
    weak = {"name": "pillow", "vulns": [{"id": "PYSEC-1"}]}
    assert audit.verdict({"dependencies": [clean]}) == "none"
    assert audit.verdict({"dependencies": [clean, skipped]}) == "unknown"
    assert audit.verdict({"dependencies": [clean, skipped, weak]}) == "found"
