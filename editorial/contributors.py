"""Who had a hand in what waits for approval: they can't approve it.

Counted: everyone who saved a revision since the text that visitors see was approved (a later save
by a colleague makes nobody innocent), whoever submitted it, the owner of a page that was never
published, whoever wrote what was copied or brought back from the past, and the translators of its
segments.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_noop
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, WorkflowState

from editorial.models.ledger import LedgerEntry

WROTE = gettext_noop("edited the text")
SUBMITTED = gettext_noop("submitted it")
OWNS = gettext_noop("created the page")
COPIED = gettext_noop("wrote the text that was copied")
REVERTED = gettext_noop("wrote the version that was brought back")
TRANSLATED = gettext_noop("translated a part")

WRITING = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.rename", "wagtail.copy")

Hands = dict[int, set[str]]
"""User id → what they did."""


def contributors(instance: Any, until: datetime | None = None) -> Hands:
    """Everyone with a hand in the unpublished text of `instance`, up to the moment `until`."""
    hands: Hands = defaultdict(set)
    since = LedgerEntry.objects.last_approved_content_time(instance)
    _add_revisions(hands, instance, since, until, WROTE)
    _add_log(hands, instance, since, until)
    _add_submitters(hands, instance, since, until)
    _add_translators(hands, instance, since, until)
    owner = getattr(instance, "owner_id", None)
    if owner and since is None:
        hands[owner].add(OWNS)
    return dict(hands)


def _add_revisions(hands: Hands, instance: Any, since: datetime | None, until: datetime | None, how: str) -> None:
    revisions = instance.revisions.exclude(user=None)
    if since:
        revisions = revisions.filter(created_at__gt=since)
    if until:
        revisions = revisions.filter(created_at__lte=until)
    _add(hands, revisions.values_list("user_id", flat=True), how)


def _add_log(hands: Hands, instance: Any, since: datetime | None, until: datetime | None) -> None:
    """The log outlives purged and overwritten revisions, and knows of copies and reverts."""
    entries = log_registry.get_logs_for_instance(instance).filter(action__in=WRITING)
    if since:
        entries = entries.filter(timestamp__gt=since)
    if until:
        entries = entries.filter(timestamp__lte=until)
    for entry in entries.exclude(user=None):
        hands[entry.user_id].add(WROTE)
        data = entry.data or {}
        if entry.action == "wagtail.revert" and "revision" in data:
            _add_version(hands, instance, data["revision"]["id"])
        if entry.action == "wagtail.copy":
            _add_source(hands, instance, entry)


def _add_version(hands: Hands, instance: Any, revision_id: int) -> None:
    """Whoever worked on an old version that was brought back."""
    revision = instance.revisions.filter(pk=revision_id).first()
    if revision is None:
        return
    since = LedgerEntry.objects.last_approved_content_time(instance, before=revision.created_at)
    _add_revisions(hands, instance, since, revision.created_at, REVERTED)


def _add_source(hands: Hands, instance: Any, entry: Any) -> None:
    """Whoever worked on the unpublished text that a copy started from."""
    copied = Page.objects.filter(pk=(entry.data.get("copied_from") or 0)).first()
    if copied is not None and copied.pk != instance.pk:
        source = copied.specific
        since = LedgerEntry.objects.last_approved_content_time(source)
        _add_revisions(hands, source, since, entry.timestamp, COPIED)


def _add_submitters(hands: Hands, instance: Any, since: datetime | None, until: datetime | None) -> None:
    states = WorkflowState.objects.for_instance(instance).exclude(requested_by=None)
    active = Q(status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES))
    if since:
        states = states.filter(active | Q(created_at__gt=since))
    if until:
        states = states.filter(created_at__lte=until)
    _add(hands, states.values_list("requested_by_id", flat=True), SUBMITTED)


def _add_translators(hands: Hands, instance: Any, since: datetime | None, until: datetime | None) -> None:
    """Translators of segments leave no revisions: wagtail-localize keeps their strings itself."""
    if not hasattr(instance, "translation_key"):
        return
    strings = apps.get_model("wagtail_localize", "StringTranslation").objects.filter(
        context__object_id=instance.translation_key, locale=instance.locale
    )
    if since:
        strings = strings.filter(updated_at__gt=since)
    if until:
        strings = strings.filter(updated_at__lte=until)
    users = strings.exclude(last_translated_by=None).values_list("last_translated_by", flat=True)
    _add(hands, users, TRANSLATED)


def _add(hands: Hands, users: Iterable[int], how: str) -> None:
    for user in users:
        hands[user].add(how)
