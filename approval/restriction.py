"""Keeping a draft to named people: beginning it, ending it, and an administrator's way in.

Where such a draft is hidden from the others is in `visibility.py`. Publication ends it, for all languages and for good:
what visitors read is no secret. Only pages that were never public can be kept: of a public one the title is known, and
its new version stands under it in every list. Site settings and places are parts of what is public already.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from approval import emergency, restricted_things
from approval.locks import locked
from approval.models import GatedMixin, LedgerEntry, RestrictedDraft
from approval.models.ledger import PUBLISHING_ACTS
from approval.policy import NotYoursError
from approval.refusals import RefusedError
from approval.text_cleaning import clean_words
from approval.visibility import seeing_everything

overridden = Signal()
"""Sent with `page`, `user`, `people` (who was named before) and `reason`, in the transaction that lets `user` in."""


def restricted(page: Any) -> RestrictedDraft | None:
    """The row by which `page` is kept to people, for whoever sees the page."""
    is_candidate = isinstance(page, Page) and page.pk and not page.first_published_at
    return RestrictedDraft.objects.of(page).first() if is_candidate else None


def operators_name(text: Any, title: str) -> str:
    """What commands call `text`: by its `title`, or by its number alone where it is kept to people."""
    return f"({text.pk}, kept to named people)" if restricted(text) else f"“{title}”"


def objection(page: Any) -> str:
    """Why `page` can't be kept to people; "" if it can."""
    if not isinstance(page, Page) or not isinstance(page, GatedMixin):
        return _("Only pages can be kept to named people.")
    if Page.objects.filter(translation_key=page.translation_key, first_published_at__isnull=False).exists():
        return _("This text was public, in one language at least, so it can't be kept to named people any more.")
    family = Page.objects.filter(translation_key=page.translation_key)
    if any(one.numchild for one in family):
        return _("Other pages stand below this one. Move them elsewhere first.")
    return ""


@transaction.atomic
def restrict(page: Any, people: Iterable[Any], user: Any) -> RestrictedDraft:
    """Keep `page`, in all its languages, to `people`; whoever says so is one of them. Raises RefusedError."""
    people = list(people)
    if user not in people:
        raise RefusedError(_("You have to be one of the people yourself."))
    locked(page)  # nobody publishes it meanwhile
    if why_not := objection(page):
        raise RefusedError(why_not)
    draft, _made = RestrictedDraft.objects.get_or_create(
        translation_key=page.translation_key, defaults={"made_by": user}
    )
    if not _made and not draft.people.filter(pk=user.pk).exists():
        raise NotYoursError(_("This text is kept to others."))
    draft.people.set(people)
    for one in Page.objects.filter(translation_key=page.translation_key).specific():
        restricted_things.note(one.get_latest_revision_as_object(), draft)
    log(instance=page, action="approval.restricted", user=user, data={"people": [str(person) for person in people]})
    return draft


@transaction.atomic
def end(page: Any, user: Any) -> None:
    """`page` is a draft like any other again."""
    if RestrictedDraft.objects.of(page).naming(user).delete()[0]:
        log(instance=page, action="approval.unrestricted", user=user)


@transaction.atomic
def override(person: Any, user: Any, reason: str) -> int:
    """Let the administrator `user` into all that is kept to `person`; returns how many texts that are.

    `person`: None means what nobody with an active account can see any more. Asked by a person, as whoever isn't named
    knows of no text that could be named. The try is logged even where there is nothing. Raises RefusedError.
    """
    reason = clean_words(reason)
    if not user.is_superuser:
        raise NotYoursError(_("Only administrators can open what is kept to others."))
    if missing := emergency.objection_to_reason(reason):
        raise RefusedError(missing)
    drafts = RestrictedDraft.objects.hidden_from(user)
    drafts = drafts.exclude(people__is_active=True) if person is None else drafts.naming(person)
    with seeing_everything():
        drafts = list(drafts.select_for_update().prefetch_related("people"))
        for draft in drafts:
            named = list(draft.people.all())
            draft.people.add(user)
            for page in Page.objects.filter(translation_key=draft.translation_key).specific():
                log(instance=page, action="approval.overridden", user=user, data={"reason": reason})
                overridden.send(sender=Page, page=page, user=user, people=named, reason=reason)
        log(instance=person or user, action="approval.overridden", user=user, data={"reason": reason})
    return len(drafts)


# --- What ends it, and what takes it on ----------------------------------------------------------


def end_with_publication(entry: LedgerEntry) -> None:
    """Before anybody is told of the publication: from now on all may know.

    A decision has asked already whether the text is kept to people, and says so in `restricted_draft`.
    """
    if entry.act not in PUBLISHING_ACTS:
        return
    page = entry.instance
    if isinstance(page, Page) and getattr(page, "restricted_draft", True) is not None:
        RestrictedDraft.objects.of(page).delete()


def take_on(instance: Any, created: bool, raw: bool = False, **_signal: Any) -> None:
    """A copy of a text that is kept to people is kept to the same people, and so is whatever begins below it."""
    if not created or raw or not isinstance(instance, GatedMixin) or not isinstance(instance, Page):
        return
    parent, source = instance.get_parent(), instance.copied_from
    keys = {one.translation_key for one in (parent, source) if one is not None} - {instance.translation_key}
    for draft in RestrictedDraft.objects.filter(translation_key__in=keys):
        own, _made = RestrictedDraft.objects.get_or_create(translation_key=instance.translation_key)
        own.people.add(*draft.people.all())


def forget(instance: Any, **_signal: Any) -> None:
    """Before a page is deleted that is kept to people: the log, which outlives it, keeps no title of it."""
    if not isinstance(instance, Page) or not (draft := restricted(instance)):
        return
    words = str(_("(a text that was kept to named people)"))
    PageLogEntry.objects.filter(page=instance.pk).update(label=words, data={})
    others = Page._base_manager.filter(translation_key=instance.translation_key).exclude(pk=instance.pk)
    if not others.exists():
        draft.delete()
