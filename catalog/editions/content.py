"""What an edition freezes: the approved text of all chapters of a language, as data that needs no database.

PDF and EPUB are made of this alone, so the same edition made again is the same.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from approval.digest import digest_of
from catalog.models import CatalogIndexPage, ChapterPage, EditionsPage
from home import site_context, text

from . import annexes, glossary_annex, procedure_nodes
from .block_nodes import nodes_of_stream
from .levels import in_levels
from .place import Chapter
from .rich_text import Node, Run

__all__ = ["freeze", "glossary_annex", "procedure_nodes"]
"""The last two register what they know when they are imported."""

FORMAT = 1
"""Rises when the data changes its shape; `making.py` refuses what it can't read."""


def handbook_in(language: str) -> CatalogIndexPage | None:
    return CatalogIndexPage.objects.published().filter(locale__language_code=language).first()


def chapters_of(handbook: CatalogIndexPage) -> list[ChapterPage]:
    """The approved ones, whole and in their order, found in one query: no publication comes between two of them."""
    chapters = list(ChapterPage.objects.published().child_of(handbook).in_order())
    for chapter in chapters:
        chapter.index_page = handbook
    return chapters


def freeze(language: str) -> dict[str, Any]:
    """The content of an edition in `language`. LookupError where there is no chapter to make it of."""
    with override(language):
        handbook = handbook_in(language)
        chapters = chapters_of(handbook) if handbook else []
        if handbook is None or not chapters:
            raise LookupError(language)
        paths = {urlsplit(chapter.url).path: f"c-{chapter.slug}" for chapter in chapters}
        paths |= {path: f"a-{annex.key}" for annex in annexes.registry.values() if (path := annex.path(language))}
        pictures: dict[str, Any] = {}
        made = [_chapter(chapter, paths, pictures) for chapter in chapters]
        added = list(_annexes(language, paths, pictures))
        page = EditionsPage.objects.child_of(handbook).live().first()
        content = {
            "format": FORMAT,
            "language": language,
            "title": handbook.title,
            "lead": handbook.lead,
            "slug": handbook.slug,
            "site": settings.SITE_URL.rstrip("/"),
            "permanent": f"{settings.SITE_URL.rstrip('/')}{urlsplit(page.url).path}" if page else "",
            "licence": (page or EditionsPage()).licence_words,
            **_funder(language),
            "parts": [
                {
                    "title": f"{_('Part')} {part['numeral']}. {part['label']}",
                    "chapters": [
                        one for chapter, one in zip(chapters, made, strict=True) if chapter.part_label == part["label"]
                    ],
                }
                for part in handbook.parts
            ],
            "annexes": added,
            "missing": [f"{chapter.number}. {chapter.title}" for chapter in handbook.untranslated],
            "pictures": pictures,
        }
        return _with_links_that_lead(_bound(content, language))


def sha256_of(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _chapter(chapter: ChapterPage, paths: dict[str, str], pictures: dict[str, Any]) -> dict[str, Any]:
    label = f"c-{chapter.slug}"
    return {
        "label": label,
        "number": chapter.number,
        "title": chapter.title,
        "lead": chapter.lead,
        "page": chapter.pk,
        "revision": chapter.live_revision_id,
        "sha256": digest_of(chapter),
        "nodes": in_levels(nodes_of_stream(chapter.body, Chapter(label, paths, pictures, chapter))),
    }


def _annexes(language: str, paths: dict[str, str], pictures: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for annex in annexes.registry.values():
        label = f"a-{annex.key}"
        nodes = in_levels(annex.nodes(language, Chapter(label, paths, pictures)))
        if nodes:
            yield {"label": label, "number": None, "title": annex.title(), "lead": "", "nodes": nodes}


def _funder(language: str) -> dict[str, str]:
    chrome = site_context.for_language(language)
    return {
        "author": chrome["name"],
        "statement": chrome["funder_statement"],
        "disclaimer": chrome["disclaimer"],
        "disclaimer_lang": chrome["disclaimer_lang"] or language,
    }


# --- The whole of it, once more


def _bound(found: Any, language: str) -> Any:
    """With no-break spaces, as `typography` sets them on the site. Without joiners, which not every font has."""
    if isinstance(found, list):
        return [_bound(one, language) for one in found]
    if isinstance(found, dict):
        return {
            name: text.bind(value, str(found.get("lang") or language)).replace(text.JOINER, "")
            if name in ("s", "lead") and isinstance(value, str)
            else _bound(value, language)
            for name, value in found.items()
        }
    return found


def _with_links_that_lead(content: dict[str, Any]) -> dict[str, Any]:
    """A link to a place that isn't there leads to its chapter."""
    known = set(_ids(content))
    for run in _runs_with_places(content):
        if run["to"] not in known:
            run["to"] = run["to"].partition("--")[0]
    return content


def _ids(found: Any) -> Iterator[str]:
    for one in _dicts(found):
        yield from (one[name] for name in ("id", "label") if isinstance(one.get(name), str) and one[name])


def _runs_with_places(found: Any) -> Iterator[Run]:
    yield from (one for one in _dicts(found) if "to" in one)


def _dicts(found: Any) -> Iterator[Node]:
    if isinstance(found, dict):
        yield found
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from _dicts(one)
