"""Where a fact stands, and how it will read there: for whoever decides about a change of it.

Public texts come from Wagtail's index of references, which follows each publication. Drafts are in no index: those that
were changed last are looked through.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, Page, ReferenceIndex

from approval import references, visitor
from approval.diff.comparison import DifferencePart, words
from approval.views.subjects import edit_address
from home import facts, locales
from home.blocks.facts import FactChooserBlock
from home.fact_markup import EMBED, with_words
from home.text import shorten

MOST = 100
"""Places that are shown; of more the number is told."""
MOST_DRAFTS = 300
"""Drafts that are looked through, those that were changed last."""
MOST_LETTERS = 240
"""Before the fact, and after it."""
END_OF_PARAGRAPH = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br\s*/?>|<hr\s*/?>")

Content = dict[str, Any]

Keys = dict[int, list[str]]
"""Of texts, by the number of their content type."""


@dataclass(frozen=True)
class FactPlace:
    """One text with the fact. `sentences`: each as it will read, what changes in it marked."""

    title: str
    url: str
    language: str
    is_draft: bool
    sentences: list[tuple[DifferencePart, ...]]


@dataclass
class FactPlaces:
    """`more`: how many others there are."""

    rows: list[FactPlace] = field(default_factory=list)
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.rows) + self.more


def places_of(fact: Any) -> FactPlaces:
    """All places of `fact`, a version of it that may not be public, in the order of the site; a few queries for all."""
    public = _public_texts(fact)
    texts = [*((text, False) for text in public), *((page, True) for page in _drafts(fact, public))]
    found = FactPlaces(more=max(0, len(texts) - MOST))
    code_of = cache(locales.code_of)
    now = facts.public()
    then = {**now, fact.pk: fact.shown_versions()}
    for text, is_draft in texts[:MOST]:
        language = code_of(text.locale_id) if hasattr(text, "locale_id") else ""
        content = text.latest_revision.content if is_draft else _content_of(text)
        model = text.specific_class if isinstance(text, Page) else type(text)
        with override(language or None):
            sentences = [_compared(line, now, then) for line in _lines(model, content, fact.pk)]
        title = text.draft_title if is_draft else str(text)
        found.rows.append(FactPlace(title, _address(text, is_draft), language, is_draft, sentences))
    return found


def count_places(rows: list[Any]) -> dict[int, int]:
    """How many public texts show each of these facts."""
    if not rows:
        return {}
    places = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(rows[0]), to_object_id__in=[str(row.pk) for row in rows]
    )
    found = set(places.values_list("base_content_type", "object_id", "to_object_id"))
    texts: Keys = {}
    for type_id, pk, _fact in found:
        texts.setdefault(type_id, []).append(pk)
    public = {
        (type_id, str(pk))
        for type_id, pks in texts.items()
        if (model := _model(type_id)) is not None
        for pk in _shown(model._default_manager.filter(pk__in=pks)).values_list("pk", flat=True)
    }
    return dict(Counter(int(fact) for type_id, pk, fact in found if (type_id, pk) in public))


def _public_texts(fact: Any) -> list[Any]:
    keys: Keys = {}
    rows = ReferenceIndex.get_references_to(fact).values_list("base_content_type", "object_id").distinct()
    for type_id, pk in rows:
        keys.setdefault(type_id, []).append(pk)
    found: list[Any] = []
    for type_id, pks in keys.items():
        model = _model(type_id)
        if model is None:
            continue
        texts = _shown(model._default_manager.filter(pk__in=pks))
        found += texts.order_by("path").specific() if issubclass(model, Page) else texts.order_by("pk")
    return found


def _model(type_id: int) -> Any:
    """None for a kind of text that is gone from the code."""
    return ContentType.objects.get_for_id(type_id).model_class()


def _shown(texts: Any) -> Any:
    """What visitors are shown of `texts`; what knows no drafts is public as it stands."""
    return texts.filter(live=True) if issubclass(texts.model, DraftStateMixin) else texts


def _drafts(fact: Any, public: list[Any]) -> Iterator[Page]:
    """Pages whose newest version shows it, and which don't show it to visitors."""
    shown = [text.pk for text in public if isinstance(text, Page)]
    drafts = Page.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False).exclude(pk__in=shown)
    for page in drafts.select_related("latest_revision").order_by("-latest_revision_created_at")[:MOST_DRAFTS]:
        if page.specific_class and references.points_to(page.specific_class, page.latest_revision.content, fact):
            yield page


def _content_of(text: Any) -> Content:
    """As a version would keep it, of the fields that can hold a fact."""
    found = {}
    for one in text._meta.fields:
        if isinstance(one, StreamField):
            found[one.name] = list(getattr(text, one.name).raw_data)
        elif isinstance(one, RichTextField):
            found[one.name] = getattr(text, one.name)
    return found


def _address(text: Any, is_draft: bool) -> str:
    address = text.get_url() if isinstance(text, Page) and not is_draft else ""
    return address or edit_address(text)


# --- What stands there


def _lines(model: type[models.Model], content: Content, pk: int) -> Iterator[str]:
    """The paragraphs and cards with the fact `pk`, as they are stored."""
    for one in model._meta.fields:
        value = content.get(one.name)
        if value and isinstance(one, RichTextField):
            yield from _paragraphs(value, pk)
        elif value and isinstance(one, StreamField):
            yield from _in_stream(one.stream_block, json.loads(value) if isinstance(value, str) else value, pk)


def _in_stream(block: Any, raw: Any, pk: int) -> Iterable[str]:
    found: list[str] = []

    def look(leaf: visitor.Leaf) -> Any:
        if isinstance(leaf.block, FactChooserBlock) and str(leaf.value) == str(pk):
            found.append(_card(pk))
        elif isinstance(leaf.block, blocks.RichTextBlock):
            found.extend(_paragraphs(leaf.value, pk))
        return leaf.value

    visitor.visited(block, raw, "", look)
    return found


CARD = "\ue000"
"""Begins what stands for a card: a sign for private use, which no text holds."""


def _card(pk: int) -> str:
    return f"{CARD}{pk}"


def _paragraphs(markup: str, pk: int) -> Iterator[str]:
    here = f'id="{pk}"'
    for part in END_OF_PARAGRAPH.split(markup or ""):
        if any(here in match[1] for match in EMBED.finditer(part)):
            yield part


def _compared(line: str, now: facts.Facts, then: facts.Facts) -> tuple[DifferencePart, ...]:
    return tuple(words(_said(line, now), _said(line, then)))


def _said(line: str, known: facts.Facts) -> str:
    with facts.told(known):
        if line.startswith(CARD):
            return facts.shown(line[1:]).line
        return " ".join(unescape(strip_tags(with_words(_cut(line)))).split())


def _cut(markup: str) -> str:
    """Of a long paragraph what stands around its first fact."""
    match = EMBED.search(markup)
    if match is None:
        return markup
    before, after = strip_tags(markup[: match.start()]), markup[match.end() :]
    if len(before) > MOST_LETTERS:
        before = "… " + before[-MOST_LETTERS:].split(" ", 1)[-1]
    if EMBED.search(after) is None:
        after = shorten(strip_tags(after), MOST_LETTERS) if len(after) > MOST_LETTERS else after
    return f"{before}{match[0]}{after}"
