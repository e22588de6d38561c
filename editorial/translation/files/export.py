"""Pages as files for a translator: what is to be translated, and what the translation says already."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page

from editorial.translation import freshness, segments
from editorial.translation.files import po, xliff
from editorial.translation.files.sheet import Entry, Sheet, digest_of, plain
from editorial.translation.patchwork import Patchwork, Piece

Format = Literal["po", "xliff"]
FORMATS: dict[Format, tuple[Any, str, str]] = {
    "po": (po.write, "po", "text/x-gettext-translation; charset=utf-8"),
    "xliff": (xliff.write, "xlf", "application/x-xliff+xml"),
}
LONGEST_NAME = 100
NOT_CURRENT = (freshness.State.NONE, freshness.State.DRAFT, freshness.State.OUTDATED)


@dataclass(frozen=True)
class Download:
    name: str
    content: bytes
    content_type: str


# --- Which pages ------------------------------------------------------------------------------


def chosen(locale: Locale, page: int | None = None, section: int | None = None, state: str = "") -> list[Page]:
    """Originals to be given out: one page, a page with those below it, and of them what is in `state`.

    `state` is one of freshness.State, or "waiting" for everything that isn't translated or is out of date.
    """
    pages = freshness.originals()
    if page:
        pages = pages.filter(pk=page)
    if section:
        above = Page.objects.filter(pk=section).first()
        pages = pages.descendant_of(above, inclusive=True) if above else pages.none()
    pages = freshness.annotated(pages, locale)
    if state == "waiting":
        numbers: set[int] = set()
        for each in NOT_CURRENT:
            numbers.update(freshness.with_state(pages, each).values_list("pk", flat=True))
        pages = pages.filter(pk__in=numbers)
    elif state:
        pages = freshness.with_state(pages, freshness.State(state))
    return list(pages.order_by("path").specific())


# --- What stands in a file ------------------------------------------------------------------------


def sheet_of(original: Any, locale: Locale) -> Sheet:
    words = [segment for segment in segments.segments_of(original) if plain(segment.text).strip()]
    known = {piece.segment.path: piece for piece in pieces_of(original, translation_of(original, locale))}
    page = translation_of(original, locale)
    is_public = bool(page and page.live)
    return Sheet(
        key=str(original.translation_key),
        source_language=original.locale.language_code,
        target_language=locale.language_code,
        edition=edition_of(original),
        digest=source_digest(original),
        title=original.title,
        entries=[_entry(known[segment.path], is_public) for segment in words],
    )


def translation_of(original: Any, locale: Locale) -> Any:
    page = original.get_translation_or_none(locale)
    return page.specific if page is not None and not page.alias_of_id else None


def pieces_of(original: Any, page: Any) -> list[Piece]:
    """The pieces of `original`, with what the newest draft of its translation `page` says; `page` may be None."""
    if page is None:
        return [Piece(segment, "new", "") for segment in segments.segments_of(original)]
    return Patchwork(page.get_latest_revision_as_object(), original, page).pieces


def edition_of(original: Any) -> str:
    return original.edition.isoformat() if original.edition else ""


def source_digest(original: Any) -> str:
    return digest_of((segment.path, segment.text) for segment in segments.segments_of(original))


def _entry(piece: Piece, is_public: bool) -> Entry:
    segment = piece.segment
    # Before the first approval, what stands there as in the original is what nobody has come to yet.
    is_said = piece.status == "same" and (is_public or piece.said != segment.text)
    return Entry(
        segment.path,
        plain(segment.text),
        target=plain(piece.said) if is_said else "",
        notes=tuple(_notes(piece)),
        earlier_source=plain(piece.before) if piece.status == "changed" else "",
        earlier_target=plain(piece.offered),
    )


def _notes(piece: Piece) -> Iterable[str]:
    segment = piece.segment
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
    if piece.status == "changed":
        yield _("The original changed here. Above stands what the translation said before.")


# --- Packing ----------------------------------------------------------------------------------


def download(pages: list[Any], locale: Locale, format: Format) -> Download:
    """One file, or a ZIP of them."""
    write, ending, content_type = FORMATS[format]
    files = [(_name(page, locale, ending), write(sheet_of(page, locale)).encode()) for page in pages]
    if len(files) == 1:
        return Download(*files[0], content_type)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return Download(f"{locale.language_code}-{ending}.zip", packed.getvalue(), "application/zip")


def _name(page: Page, locale: Locale, ending: str) -> str:
    """From the address, so that files stand in the order of the site; the number keeps them apart."""
    way = page.url_path.strip("/").replace("/", "_")[-LONGEST_NAME:]
    return f"{way}-{page.pk}.{locale.language_code}.{ending}"
