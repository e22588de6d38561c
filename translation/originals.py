"""Which text is the original of which, and which source version of it a translation says.

A source version is a moment: when the meaning of the original last changed. A translation carries the one that it
says; it is current while both are equal. A correction that changes no meaning keeps it, so no translation becomes out
of date by a comma. It is content: it goes through approval with the words.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from approval import corrections
from approval.digest import digest_of
from approval.models.ledger import LedgerEntry
from approval.models.release import open_release_of_row
from approval.permissions import is_in_first_language
from translation import facts


def original_of(instance: Any) -> Any:
    """The text in the site's first language that `instance` translates; None for originals, and what has none.

    As visitors read it; of one that isn't public yet, or goes live together with `instance`, the version that was sent.
    """
    if is_in_first_language(instance) or not instance.translation_key:
        return None
    rows = _in_first_language(_model(instance)._default_manager, instance)
    if not isinstance(instance, Page):
        return rows.first()
    row = rows.annotate(open_release=open_release_of_row()).first()
    if row is None or (row.live and row.open_release is None):
        return row
    return sent_version(row) or row


def sent_version(original: Page) -> Any:
    """The version of `original` that is under review, or approved and not public yet, as a page; None without one.

    Words of a mere draft are nobody's to translate.
    """
    state = original.current_workflow_state
    revision = None
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS and state.current_task_state is not None:
        revision = state.current_task_state.revision
    if revision is None:
        held = LedgerEntry.objects.for_instance(original).waiting_for_others().first()
        revision = (held and held.get_revision()) or original.scheduled_revision
    if revision is None:
        return None
    text = revision.as_object()
    text.is_sent = True
    return text


def is_readable(original: Any) -> bool:
    """Whether what `original_of` found is public or was sent: a taken-down text, or a mere draft, is neither."""
    return original.live or getattr(original, "is_sent", False)


def translations_of(instance: Any) -> Any:
    """Texts in other languages that say what `instance` says (queryset)."""
    found = _model(instance)._default_manager.filter(translation_key=instance.translation_key)
    return found.exclude(pk=instance.pk)


def row_of_original(page: Page) -> Page:
    """The original of `page` as the tree has it, or `page` itself where it is one, or has none."""
    return page if is_in_first_language(page) else _in_first_language(Page.objects, page).first() or page


def _in_first_language(rows: Any, instance: Any) -> Any:
    return rows.filter(translation_key=instance.translation_key, locale__language_code=settings.LANGUAGE_CODE)


def is_original(instance: Any) -> bool:
    return original_of(instance) is None


def source_version_of_draft(draft: Any, newest: Any = None) -> datetime | None:
    """The source version that a version of an original gets when it is saved; a translation keeps what it has.

    `newest`: the revision before it, or None.

    A draft with the words of the public text has its source version, and so has one whose author said that the meaning
    stays, unless a fact is another one, as a date. Any other has one of its own, which no published text had, and no
    translation that was begun early.
    """
    if not is_original(draft):
        return draft.source_version
    public = _public_row(draft)
    if public is not None:
        draft_source_version, draft.source_version = draft.source_version, public.source_version
        same = digest_of(draft) == digest_of(public)
        draft.source_version = draft_source_version
        keeps_meaning = draft.keeps_source_version or _is_small_correction(public, draft)
        if same or (keeps_meaning and not facts.matter(public, draft)):
            return public.source_version
    published = LedgerEntry.objects.for_instance(draft)
    for source_version in filter(None, (draft.source_version, newest and newest.as_object().source_version)):
        is_new = not published.filter(source_version=source_version).exists()
        if is_new and not _is_translated_otherwise(draft, newest, source_version):
            return source_version
    now = timezone.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)  # what JSON keeps of it


def _is_small_correction(public: Any, draft: Any) -> bool:
    """Whether somebody sends `draft` as one, and it is one but for its source version."""
    if not corrections.is_meant():
        return False
    kept, draft.source_version = draft.source_version, public.source_version
    is_small = not corrections.objection(public, draft)
    draft.source_version = kept
    return is_small


def _is_translated_otherwise(draft: Any, newest: Any, source_version: datetime) -> bool:
    """Whether a translation says `source_version`, and `draft` no longer says what the version before it did."""
    if newest is None or draft.keeps_source_version or not isinstance(draft, Page):
        return False
    written = translations_of(draft).values("latest_revision")
    if not Revision.objects.filter(pk__in=written, content__source_version=_kept(source_version)).exists():
        return False
    before = newest.as_object()
    before.source_version = draft.source_version
    return digest_of(before) != digest_of(draft)


def _kept(source_version: datetime) -> str:
    """As the content of a version keeps it."""
    return DjangoJSONEncoder().default(source_version.astimezone(UTC))


def published_as(original: Any, source_version: datetime | None) -> Any:
    """The newest public version of `original` in that source version, else the newest that was sent.

    None where it can't be had any more.
    """
    entries = LedgerEntry.objects.for_instance(original).publications().filter(source_version=source_version)
    for entry in entries.order_by("-pk"):
        revision = entry.get_revision()
        if revision is not None:
            return revision.as_object()
    if source_version is None:
        return None
    sent = original.revisions.filter(content__source_version=_kept(source_version), task_states__isnull=False)
    revision = sent.order_by("-pk").first()
    return revision and revision.as_object()


def public_since(original: Any) -> datetime | None:
    """When visitors could first read `original` in its source version; None where no entry of the ledger says it."""
    entries = LedgerEntry.objects.for_instance(original).publications()
    return entries.filter(source_version=original.source_version).order_by("pk").values_list("at", flat=True).first()


def translated_text(page: Any, draft: Any) -> Any:
    """What stands beside the translation: the original as visitors read it, or None.

    A text in review stays beside the words that it was made of. Whoever corrects it there would otherwise take up a
    change of the original that nobody has translated.
    """
    original = original_of(page)
    if original is None or not page.workflow_in_progress or draft.source_version == original.source_version:
        return original
    return published_as(original, draft.source_version) or original


def _public_row(draft: Any) -> Any:
    """What visitors read, or read last; None for what was never public."""
    row = _model(draft)._default_manager.filter(pk=draft.pk).first() if draft.pk else None
    return row if row is not None and (row.live or row.first_published_at) else None


def _model(instance: Any) -> Any:
    return instance.specific_class if isinstance(instance, Page) else type(instance)
