"""How the demo files of this app become chapters."""

from typing import Any

from catalog.models import ChapterPage
from home.demo import KINDS, Demo, DemoKind, Entry, content_folder


def fields(entry: Entry, words: dict[str, Any], demo: Demo) -> dict[str, Any]:
    return {"part": entry.facts["part"]}


KINDS.append(
    DemoKind(
        content_folder("catalog"),
        "catalog",
        lambda entry: ChapterPage,
        fields,
        section="catalog",
        sort=lambda entry: entry.facts["order"],
    )
)
