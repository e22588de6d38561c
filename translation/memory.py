"""The translation memory: what was approved before for the same words of an original, or for nearly the same.

It is kept in wagtail-localize's tables, and filled by approvals alone (`signals.py`): a translation that went live, or
an original whose translation still says the same. In one place of a page a later approval of the same words replaces
the earlier one; in other places both stay, and the newest is offered first. What is taken down stays: its words were
approved. `manage.py fill_translation_memory --from-nothing` forgets what is not public now.

Rows are written in bulk, which sends no signal: everybody else who saves to these tables is refused (`signals.py`).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from contextvars import ContextVar
from html import unescape
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation, TranslatableObject, TranslationContext
from wagtail_localize.strings import StringValue

from approval.context_variables import holding
from approval.models import LedgerEntry
from translation import checks, originals, segments
from translation.models import SourceVersionMixin
from translation.segmented import link_keys
from translation.segments import Segment

APPROVED = "approval"
"""`tool_name` of the rows that count: a table of an older version may hold words that nobody has approved."""
TAG = re.compile(r"<[^>]*>")


_read: ContextVar[set[Any] | None] = ContextVar("read", default=None)


def reading_once() -> AbstractContextManager[None]:
    """For a command that approves originals and translations in one transaction: as the last act each is read once."""
    return holding(_read, set())


def take_in(text: Any) -> int:
    """Remember what `text` says, or what the translations say that are still current beside it; how many segments."""
    if text is None or not text.live or not isinstance(text, SourceVersionMixin):
        return 0
    found = [text]
    if text.locale_id == Locale.get_default().pk:
        found = originals.translations_of(text).filter(live=True, source_version=text.source_version)
    return sum(_take_in_translation(translation) for translation in found if _is_unread(translation))


def _is_unread(translation: Any) -> bool:
    read = _read.get()
    if read is None:
        return True
    key = translation._meta.label, translation.pk
    is_unread = key not in read
    read.add(key)
    return is_unread


def fill(say: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Remember every live translation; returns how many segments are new or changed. `say` hears how far it is."""
    models = [model for model in apps.get_models() if issubclass(model, SourceVersionMixin)]
    default = Locale.get_default().pk
    live = {model: model._default_manager.filter(live=True).exclude(locale=default) for model in models}
    total = sum(found.count() for found in live.values())
    done = taken = 0
    for found in live.values():
        for text in found.order_by("last_published_at", "pk").iterator():
            taken += _take_in_translation(text)
            done += 1
            say(done, total)
    return taken


def is_empty() -> bool:
    return not StringTranslation.objects.filter(tool_name=APPROVED).exists()


def forget() -> None:
    """Empties the memory."""
    StringTranslation.objects.filter(tool_name=APPROVED).delete()
    String.objects.filter(translations=None).delete()


def _take_in_translation(translation: Any) -> int:
    original = _approved_original(translation)
    if original is None or _is_unconfirmed(translation):
        return 0
    return _remember(translation, original.locale, list(pairs(original, translation)))


def _approved_original(translation: Any) -> Any:
    """The original in the source version that `translation` says; None where nobody independent stands for that.

    Not `originals.original_of`, which may find a version that was only sent.
    """
    rows = type(translation)._default_manager.filter(translation_key=translation.translation_key)
    row = rows.filter(locale=Locale.get_default()).first()
    if row is None or _is_unconfirmed(row):
        return None
    if row.live and row.source_version == translation.source_version:
        return row
    entries = LedgerEntry.objects.for_instance(row).independent().filter(source_version=translation.source_version)
    approved = entries.order_by("-pk").first()
    revision = approved and approved.get_revision()
    return revision and revision.as_object()


def _is_unconfirmed(text: Any) -> bool:
    return LedgerEntry.objects.for_instance(text).unconfirmed().exists()


def pairs(original: Any, translation: Any) -> Iterator[tuple[Segment, Segment]]:
    """Segments that say the same in both languages, of places that are built alike."""
    theirs, mine = (
        segments.by_place(unit for unit in segments.segments_of(text) if unit.kind in ("text", "markup"))
        for text in (original, translation)
    )
    keys = link_keys({link for units in (*theirs.values(), *mine.values()) for unit in units for link in unit.links})
    for place, units in theirs.items():
        said = mine.get(place, [])
        if [unit.path for unit in units] == [unit.path for unit in said]:
            yield from ((unit, its) for unit, its in zip(units, said, strict=True) if _belong_together(unit, its, keys))


def _belong_together(unit: Segment, said: Segment, keys: dict[str, str]) -> bool:
    """Whether `said` is a translation that fits in the place of `unit`: of words, with the same links and emphasis."""
    if unit.text == said.text or not any(sign.isalpha() for sign in plain(unit.text)):
        return False
    if unit.kind == "text" or unit.kind != said.kind:
        return unit.kind == said.kind
    wanted, given = ([keys.get(link, link) for link in each.links] for each in (unit, said))
    in_order = wanted == given or len(wanted) == 1  # two in another order would be mixed up
    return in_order and not checks.markup_problem(unit, said.text)


@transaction.atomic
def _remember(translation: Any, source: Locale, found: list[tuple[Segment, Segment]]) -> int:
    """Writes pairs down, for the page or snippet that `translation` is; how many are new or changed."""
    # One after the other, so that the newest hour says whether anything was learnt (`TranslationMemory.state`).
    Locale.objects.select_for_update(no_key=True).get(pk=translation.locale_id)
    key, kind = translation.translation_key, translation.get_translation_model()
    TranslatableObject.objects.bulk_create(
        [TranslatableObject(translation_key=key, content_type=ContentType.objects.get_for_model(kind))],
        ignore_conflicts=True,
    )
    strings = _numbers_of_strings(source, {fragment(unit) for unit, _said in found})
    contexts = _numbers_of_contexts(key, {unit.path for unit, _said in found})
    there = StringTranslation.objects.filter(locale=translation.locale, context__object_id=key)
    rows = {(row.translation_of_id, row.context_id): row for row in there}
    new: list[StringTranslation] = []
    changed: list[StringTranslation] = []
    for unit, said in found:
        place = strings[fragment(unit)], contexts[unit.path]
        row = rows.get(place)
        if row is not None and (row.data, row.tool_name) == (fragment(said), APPROVED):
            continue
        (changed if row else new).append(row or StringTranslation(translation_of_id=place[0], context_id=place[1]))
        row = (changed if row else new)[-1]
        row.locale_id, row.data, row.tool_name = translation.locale_id, fragment(said), APPROVED
        row.translation_type, row.has_error = StringTranslation.TRANSLATION_TYPE_MANUAL, False
        row.last_translated_by, row.updated_at = None, timezone.now()
    StringTranslation.objects.bulk_create(new, ignore_conflicts=True)
    fields = ["data", "tool_name", "translation_type", "has_error", "last_translated_by", "updated_at"]
    StringTranslation.objects.bulk_update(changed, fields)
    return len(new) + len(changed)


def _numbers_of_strings(locale: Locale, data: set[str]) -> dict[str, int]:
    rows = {String._get_data_hash(words): words for words in data}
    String.objects.bulk_create(
        [String(locale=locale, data_hash=key, data=words) for key, words in rows.items()], ignore_conflicts=True
    )
    found = String.objects.filter(locale=locale, data_hash__in=rows).values_list("data_hash", "pk")
    return {rows[key]: number for key, number in found}


def _numbers_of_contexts(key: Any, paths: set[str]) -> dict[str, int]:
    rows = {TranslationContext._get_path_id(path): path for path in paths}
    TranslationContext.objects.bulk_create(
        [TranslationContext(object_id=key, path_id=number, path=path) for number, path in rows.items()],
        ignore_conflicts=True,
    )
    found = TranslationContext.objects.filter(object_id=key, path_id__in=rows).values_list("path_id", "pk")
    return {rows[number]: pk for number, pk in found}


def fragment(unit: Segment) -> str:
    """The words of a segment as wagtail-localize keeps them: HTML with inline tags alone."""
    return unit.text if unit.kind == "markup" else StringValue.from_plaintext(unit.text).data


def plain(data: str) -> str:
    """The words of a fragment on one line, without its tags: by these segments are compared."""
    return " ".join(unescape(TAG.sub(lambda tag: " " if tag[0].startswith("<br") else "", data)).split())
