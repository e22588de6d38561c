"""The files of the demo content, and how an app declares what becomes of them."""

import tomllib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone
from wagtail.models import Locale, Page

if TYPE_CHECKING:
    from .loader import Demo

NAMESPACE = uuid.UUID("6f0f4f2e-6e7c-4a53-9a52-3a3d3d0a7b1c")
HERE = Path(__file__).parent.parent / "demo_content"


@dataclass
class Entry:
    """One file: `key` is "app/file name", `facts` its top level, `words` its language tables."""

    key: str
    facts: dict[str, Any]
    words: dict[str, dict[str, Any]]

    @property
    def translation_key(self) -> uuid.UUID:
        return translation_key(self.key)

    @property
    def state(self) -> str:
        return self.facts.get("state", "live")

    @property
    def published_on(self) -> date:
        return timezone.localdate() - timedelta(days=self.facts.get("published_days_ago", 30))


@dataclass(frozen=True)
class DemoKind:
    """How the files of one folder become pages.

    `fields(entry, words, demo)` gives the model's field values for one language, without those
    of every page; `children(page, entry, words, demo)` adds what hangs on the saved page;
    `published(page, entry, words)` is told of a page that was published, and on which day it says it was;
    `section_fields(demo, language)` fills fields of the section's front page; `generate(count,
    say)` makes many pages to measure with (`load_demo --pages N`).
    """

    folder: Path
    app: str
    model: Callable[[Entry], type[Page]]
    fields: Callable[[Entry, dict[str, Any], "Demo"], dict[str, Any]]
    section: str = ""
    sort: Callable[[Entry], Any] = lambda entry: entry.key
    children: Callable[[Any, Entry, dict[str, Any], "Demo"], None] | None = None
    published: Callable[[Any, Entry, dict[str, Any]], None] | None = None
    section_fields: Callable[["Demo", str], dict[str, Any]] | None = None
    generate: Callable[[int, Callable[[str], None]], None] | None = None


PREPARE: list[Callable[["Demo"], None]] = []
"""What apps publish when all pages are there, and before these get their words."""
KINDS: list[DemoKind] = []
"""Standard pages, then whatever the apps' `demo.py` add, in the order of INSTALLED_APPS."""
FINISH: list[Callable[["Demo"], None]] = []
"""What apps make of all that is public in the end."""


def translation_key(key: str) -> uuid.UUID:
    """The same page has the same key on every machine, so loading again finds it."""
    return uuid.uuid5(NAMESPACE, key)


def content_folder(app: str) -> Path:
    return Path(apps.get_app_config(app).path) / "demo_content"


def read(path: Path) -> dict[str, Any]:
    """A TOML file, or nothing where there is none."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def read_entries(folder: Path, app: str) -> list[Entry]:
    """All files of a folder, in each language of the site that they have words for."""
    codes = set(Locale.objects.values_list("language_code", flat=True))
    entries = []
    for path in sorted(folder.glob("*.toml")):
        content = read(path)
        languages = {code for code in content if code in codes and isinstance(content[code], dict)}
        words = {code: content[code] for code in sorted(languages, key=_default_first)}
        facts = {name: value for name, value in content.items() if name not in languages}
        entries.append(Entry(f"{app}/{path.stem}", facts, words))
    return entries


def _default_first(code: str) -> bool:
    return code != Locale.get_default().language_code
