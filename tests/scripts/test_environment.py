"""`make run`, `make test` and `make serve` fill `.venv` from the locks."""

import re
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("names", [("run",), ("run", "production", "machines"), ("test",)])
def test_every_locked_package_is_installed_with_all_its_checksums(project_root: Path, monkeypatch, names) -> None:
    monkeypatch.syspath_prepend(project_root / "scripts")
    sys.modules.pop("environment", None)
    from environment import _requirements  # noqa: PLC0415 - a script, not a module of the site

    locked = "".join((project_root / "requirements" / f"{name}.txt").read_text() for name in names)
    wanted = _requirements(names)
    for pattern in (r"^[\w.-]+(?:\[.*\])?==[^ ;]+", r"sha256:\w+"):
        assert set(re.findall(pattern, "".join(wanted), re.M)) == set(re.findall(pattern, locked, re.M))
    assert all(package.endswith("\n") and "==" in package.splitlines()[0] for package in wanted)


@pytest.mark.parametrize(
    ("name", "value", "needs_more"),
    [
        ("CACHE_URL", "rediss://cache.example.org/0", ["machines"]),
        ("CACHE_URL", "dbcache://site_cache", []),
        ("STORAGE_URL", "s3:///files", ["machines"]),
        ("STORAGE_URL", "", []),
        ("SENTRY_DSN", "https://key@errors.example/1", ["sentry"]),
        ("SEARCH_FOLDER", "/srv/site/search", ["search"]),
    ],
)
def test_some_settings_need_packages_that_others_do_not(
    project_root: Path, monkeypatch, tmp_path, name, value, needs_more
) -> None:
    monkeypatch.syspath_prepend(project_root / "scripts")
    for module in ("environment", "serve"):
        sys.modules.pop(module, None)
    import serve  # noqa: PLC0415 - a script, not a module of the site

    monkeypatch.setattr(serve, "ROOT", tmp_path)
    for other in ("CACHE_URL", "STORAGE_URL", "SENTRY_DSN"):
        monkeypatch.delenv(other, raising=False)
    assert serve.more_packages() == []
    monkeypatch.setenv(name, value)
    assert serve.more_packages() == needs_more
    monkeypatch.delenv(name)
    (tmp_path / ".env").write_text(f"#STORAGE_URL=s3:///other\n{name}={value}\n")
    assert serve.more_packages() == needs_more
