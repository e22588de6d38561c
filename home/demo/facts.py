"""The facts of `facts.toml`: written by the author, approved by two others, before any page shows one."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.models import Locale

from home.models import Fact, FactWords

from .entries import HERE, read

if TYPE_CHECKING:
    from .loader import Demo

WORDS = ("label", "value", "sentence", "note", "source_name")


def load_facts(demo: "Demo") -> None:
    """What is there already stays as it is."""
    known = set(Fact.objects.values_list("key", flat=True))
    for entry in read(HERE / "facts.toml").get("fact", []):
        if entry["key"] not in known:
            _publish(_made(entry), demo)


def _made(entry: dict[str, Any]) -> Fact:
    checked = entry.get("checked_days_ago")
    fact = Fact(
        key=entry["key"],
        live=False,
        source=entry.get("source", ""),
        checked_on=timezone.localdate() - timedelta(days=checked) if checked is not None else None,
        checked_by=entry.get("checked_by", ""),
        valid_from=_day(entry.get("valid_from")),
        valid_until=_day(entry.get("valid_until")),
        months=entry.get("months"),
    )
    fact.words = [
        FactWords(locale=locale, **{name: words.get(name, "") for name in WORDS})
        for locale in Locale.objects.order_by("pk")
        if (words := entry.get(locale.language_code))
    ]
    return fact


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _publish(fact: Fact, demo: "Demo") -> None:
    author = demo.people["autorka"]
    fact.save()
    fact.save_revision(user=author)
    demo.submit(fact, author)
    demo.decide(fact, "redaktorka")
    demo.decide(fact, "koordynatorka")
