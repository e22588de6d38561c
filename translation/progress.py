"""How much of a translation somebody has touched: one function counts for every place that shows it.

A draft begins as a copy of its original. So a part is done when it says something else than the original, or when
visitors read it so already: a name that was approved in both languages.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils.translation import ngettext
from wagtail.models import Page, Revision

from translation import segments
from translation.freshness import Pair, Standing, State
from translation.segments import Segment

MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Progress:
    """`total`: parts that have words; `done`: those of them that are translated."""

    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.done == self.total

    def __str__(self) -> str:
        return ngettext(
            "in progress: %(done)d of %(total)d part", "in progress: %(done)d of %(total)d parts", self.total
        ) % {"done": self.done, "total": self.total}


def is_part(segment: Segment) -> bool:
    """Whether a segment has words to translate: no address, no number."""
    return segment.kind in ("text", "markup") and any(map(str.isalpha, MAIL_ADDRESS.sub("", segment.text)))


def is_same(segment: Segment, said: str) -> bool:
    """Whether words stand in both languages alike: a name, or what nobody has come to yet."""
    return said == segment.text and is_part(segment)


def left(draft: list[Segment], original: list[Segment], public: list[Segment]) -> list[Segment]:
    """Segments of `draft` that say what `original` says; not those that `public`, the approved words, says too."""
    wanted = {segment.path: segment.text for segment in original}
    approved = {(segment.path, segment.text) for segment in public}
    same = (segment for segment in draft if is_same(segment, wanted.get(segment.path, "")))
    return [segment for segment in same if (segment.path, segment.text) not in approved]


def untranslated(draft: Any, original: Any) -> list[Segment]:
    """`left`, of a version of a translation and its original."""
    public = type(draft)._default_manager.filter(pk=draft.pk, live=True).first() if draft.pk else None
    return left(*(segments.segments_of(text) if text else [] for text in (draft, original, public)))


def of(draft: Any, original: Any) -> Progress:
    parts = sum(map(is_part, segments.segments_of(draft)))
    return Progress(parts - len(untranslated(draft, original)), parts)


def counted(found: Iterable[Pair | Standing]) -> dict[int, Progress]:
    """How far each translation is that is being written and waits for nobody yet, by the number of its original.

    Two queries for what nobody has asked about since it was saved: a version is read once, however often it is shown.
    """
    resting = (one for one in found if not (one.under_way or one.waits))
    written = [one for one in resting if one.state == State.DRAFT or one.draft]
    numbers = {_number(one.original): _number(one.translation) for one in written}
    if not numbers:
        return {}
    pages = Page.objects.in_bulk({*numbers, *numbers.values()})
    both = {original: (pages[number], pages[original]) for original, number in numbers.items()}
    keys = {original: _key(*pair) for original, pair in both.items()}
    known = cache.get_many(keys.values())
    unknown = {original: pair for original, pair in both.items() if keys[original] not in known}
    if unknown:
        new = {keys[original]: figures for original, figures in _counted(unknown).items()}
        cache.set_many(new)
        known |= new
    return {original: Progress(*known[key]) for original, key in keys.items() if key in known}


def _number(page: Any) -> Any:
    return page.pk if isinstance(page, Page) else page


def _key(translation: Page, original: Page) -> str:
    """Says which words were counted: autosave writes on in a version, and its hour changes with it."""
    saved = translation.latest_revision_created_at
    numbers = translation.latest_revision_id, saved and saved.timestamp(), translation.live_revision_id
    return ":".join(map(str, ("translation-progress", *numbers, original.live_revision_id)))


def _counted(pairs: dict[int, tuple[Page, Page]]) -> dict[int, tuple[int, int]]:
    """Done and total of each translation, by its original's number; without those whose versions are gone."""
    versions = {
        number: (page.latest_revision_id, original.live_revision_id, page.live_revision_id if page.live else None)
        for number, (page, original) in pairs.items()
    }
    wanted = {version for group in versions.values() for version in group if version}
    contents = dict(Revision.objects.filter(pk__in=wanted).values_list("pk", "content"))
    found = {}
    for number, (page, _original) in pairs.items():
        draft, original, public = (contents.get(version) for version in versions[number])
        if draft and original and page.specific_class:
            text = page.specific_class()
            units = [segments.segments_in(text, content) if content else [] for content in (draft, original, public)]
            total = sum(map(is_part, units[0]))
            found[number] = total - len(left(*units)), total
    return found
