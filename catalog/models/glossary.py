"""The glossary as visitors read it: public terms in one language, found together and remembered.

Whatever shows terms takes them from `known`: one query for any number of terms, none on a warm site. It holds no model,
and stands among them because the page of the glossary reads it and it reads the terms: elsewhere that were a circle.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language, override, pgettext
from wagtail.fields import StreamField

from approval.row_keys import is_key
from approval.text_cleaning import slugify
from catalog.models.glossary_term import GlossaryTerm
from home import locales
from home.alphabet import sort_key
from home.blocks.references import references_in
from home.cache import remembered
from home.models.search import lines_of
from home.text import anchor
from search.synonyms import Row
from translation.glossary import Agreed


@dataclass(frozen=True)
class Entry:
    """A public term. `anchor`: its fragment wherever it is explained; `see_also`: keys of other public terms.

    `elsewhere`: (language code, word) in each other language in which it is public.
    """

    key: UUID
    anchor: str
    term: str
    definition: str
    synonyms: tuple[str, ...] = ()
    see_also: tuple[UUID, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()

    @property
    def back_anchor(self) -> str:
        """The fragment of its mark in a text, for the way back."""
        return f"ref-{self.anchor}"


@dataclass(frozen=True)
class Glossary:
    """`entries` by the alphabet; `keys`: the number of a term in any language, public or not → its key."""

    entries: tuple[Entry, ...] = ()
    keys: dict[int, UUID] = field(default_factory=dict)
    by_key: dict[UUID, Entry] = field(default_factory=dict)

    def of_number(self, number: Any) -> Entry | None:
        """The public entry of the term with this primary key, in whatever language that is."""
        key = self.keys.get(int(number)) if is_key(number) else None
        return self.by_key.get(key) if key else None

    def related(self, entry: Entry) -> list[Entry]:
        return [self.by_key[key] for key in entry.see_also]


def known(language: str | None = None) -> Glossary:
    """All public terms in `language`, or in the active one. No query on a warm site."""
    code = language or get_language() or ""
    return remembered(f"glossary:{code}", lambda: _find(code))


def entries(language: str) -> tuple[Entry, ...]:
    return known(language).entries


def terms_in(page: Any, glossary: Glossary) -> list[Entry]:
    """The entries that the texts of `page` mark, each once, in their order; nothing is asked of the database."""
    found: dict[UUID, Entry] = {}
    for its_field in page._meta.fields:
        if isinstance(its_field, StreamField) and (value := getattr(page, its_field.name)):
            for model, number in references_in(value.stream_block, value.raw_data):
                if model is GlossaryTerm and (entry := glossary.of_number(number)):
                    found.setdefault(entry.key, entry)
    return list(found.values())


def _find(language: str) -> Glossary:
    """A term is public when its original is, as a document template is; so is then its translation, once approved."""
    rows = list(
        GlossaryTerm.objects.order_by("pk").values(
            "pk", "translation_key", "locale_id", "live", "term", "definition", "synonyms"
        )
    )
    here, default = locales.id_of(language), locales.id_of(settings.LANGUAGE_CODE)
    originals = {row["translation_key"] for row in rows if row["live"] and row["locale_id"] == default}
    live = [row for row in rows if row["live"] and row["translation_key"] in originals]
    public = {row["translation_key"]: row for row in live if row["locale_id"] == here}
    elsewhere: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for row in live:
        if row["locale_id"] != here:
            elsewhere[row["translation_key"]].append((locales.code_of(row["locale_id"]), row["term"]))
    related = _related(public)
    with override(language):
        front = slugify(pgettext("address", "glossary"))
    taken: set[str] = set()
    made = {
        key: Entry(
            key,
            anchor(f"{front} {row['term']}", taken),
            row["term"],
            row["definition"],
            _other_words(row["term"], row["synonyms"]),
            tuple(sorted(related[key], key=lambda one: sort_key(public[one]["term"]))),
            tuple(sorted(elsewhere[key])),
        )
        for key, row in public.items()
    }
    ordered = tuple(sorted(made.values(), key=lambda entry: sort_key(entry.term)))
    return Glossary(ordered, {row["pk"]: row["translation_key"] for row in rows}, made)


def _other_words(term: str, synonyms: str) -> tuple[str, ...]:
    """Without those that a term such as „radny, radna” says itself: they are there for the search."""
    said = {part.strip().casefold() for part in (term, *term.split(","))}
    return tuple(word for word in lines_of(synonyms) if word.casefold() not in said)


def _related(public: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """For each public term those that it names and those that name it; a term that names itself is passed over."""
    through = GlossaryTerm.see_also.through.objects.filter(from_glossaryterm__live=True)
    pairs = through.values_list("from_glossaryterm__translation_key", "to_glossaryterm__translation_key")
    shown, found = set(public), defaultdict(set)
    for one, other in pairs:
        if one != other and {one, other} <= shown:
            found[one].add(other)
            found[other].add(one)
    return found


# --- For the search and for translators


def _rows() -> Iterator[list[tuple[str, Any]]]:
    """Each public term in all its languages: (language code, row). As above, by its original."""
    by_key: dict[UUID, list[tuple[str, Any]]] = defaultdict(list)
    for term in GlossaryTerm.objects.filter(live=True).order_by("pk"):
        by_key[term.translation_key].append((locales.code_of(term.locale_id), term))
    yield from (group for group in by_key.values() if settings.LANGUAGE_CODE in dict(group))


def synonyms() -> tuple[Row, ...]:
    """For search.synonyms: a term, its other words and its translations find each other. No query on a warm site."""
    return remembered("glossary-synonyms", _find_synonyms)


def _find_synonyms() -> tuple[Row, ...]:
    found = (tuple((name, code) for code, term in group for name in term.names) for group in _rows())
    return tuple(Row(phrases) for phrases in found if len(phrases) > 1)


def agreed() -> tuple[Agreed, ...]:
    """For translation.glossary: what the names of a public term are to be called in each other language."""
    return remembered("glossary-agreed", _find_agreed)


def _find_agreed() -> tuple[Agreed, ...]:
    return tuple(
        Agreed(tuple(original.names), code, term.term, tuple(term.names[1:]))
        for group in map(dict, _rows())
        if (original := group.get(settings.LANGUAGE_CODE))
        for code, term in group.items()
        if term is not original
    )
