"""`make run`, `make test` and `make serve` fill `.venv` from the locks."""

import re
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("names", [("run",), ("run", "production"), ("test",)])
def test_every_locked_package_is_installed_with_all_its_checksums(project_root: Path, monkeypatch, names) -> None:
    monkeypatch.syspath_prepend(project_root / "scripts")
    sys.modules.pop("environment", None)
    from environment import _requirements  # noqa: PLC0415 - a script, not a module of the site

    locked = "".join((project_root / "requirements" / f"{name}.txt").read_text() for name in names)
    wanted = _requirements(names)
    for pattern in (r"^[\w.-]+(?:\[.*\])?==[^ ;]+", r"sha256:\w+"):
        assert set(re.findall(pattern, "".join(wanted), re.M)) == set(re.findall(pattern, locked, re.M))
    assert all(package.endswith("\n") and "==" in package.splitlines()[0] for package in wanted)
