"""A page as a file for a translator: what is to be translated, and what the translation says already."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from translation import segments
from translation.exchange.document import Document, PoEntry, digest_of, plain
from translation.segmented import SegmentedTranslation, TranslationUnit

LONGEST_NAME = 100


def document_of(original: Any, locale: Locale) -> Document:
    """What goes out of `original`, a public page, to be translated into `locale`."""
    page = translation_of(original, locale)
    return Document(
        key=str(original.translation_key),
        source_language=original.locale.language_code,
        target_language=locale.language_code,
        source_version=source_version_of(original),
        digest=source_digest(original),
        title=original.title,
        entries=[_entry(unit) for unit in units_of(original, page) if plain(unit.segment.text).strip()],
    )


def file_name(original: Any, locale: Locale) -> str:
    """From the address, so that files stand in the order of the site; the number keeps them apart."""
    way = original.url_path.strip("/").replace("/", "_")[-LONGEST_NAME:]
    return f"{way}-{original.pk}.{locale.language_code}.po"


def translation_of(original: Any, locale: Locale) -> Any:
    page = original.get_translation_or_none(locale)
    return page.specific if page is not None and not page.alias_of_id else None


def units_of(original: Any, page: Any) -> list[TranslationUnit]:
    """The segments of `original`, with what the newest draft of its translation `page` says; `page` may be None."""
    if page is None:
        return [TranslationUnit(segment, "new", "") for segment in segments.segments_of(original)]
    return SegmentedTranslation(page.get_latest_revision_as_object(), original, page).units


def source_version_of(original: Any) -> str:
    return original.source_version.isoformat() if original.source_version else ""


def source_digest(original: Any) -> str:
    return digest_of((segment.path, segment.text) for segment in segments.segments_of(original))


def _entry(unit: TranslationUnit) -> PoEntry:
    segment = unit.segment
    # What stands there as in the original, and was never approved so, is what nobody has come to yet.
    is_said = unit.status == "same" and (unit.is_approved or unit.said != segment.text)
    return PoEntry(
        segment.path,
        plain(segment.text),
        target=plain(unit.said) if is_said else "",
        notes=tuple(_notes(unit)),
        earlier_source=plain(unit.before) if unit.status == "changed" else "",
        earlier_target=plain(unit.offered),
    )


def _notes(unit: TranslationUnit) -> Iterable[str]:
    segment = unit.segment
    yield segment.label
    if segment.kind == "markup" and "<" in segment.text:
        yield _("Keep what stands between < and >: these are links and emphasis.")
    if segment.kind == "slug":
        yield _("The last part of the page's address: small letters without accents, digits and hyphens.")
    if segment.kind == "address":
        yield _("An address: change it only where the other language has one of its own.")
    if segment.limit:
        yield ngettext(
            "At most %(count)d character fits here.", "At most %(count)d characters fit here.", segment.limit
        ) % {"count": segment.limit}
    if unit.status == "changed":
        yield _("The original changed here. Above stands what the translation said before.")
