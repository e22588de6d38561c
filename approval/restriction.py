"""Keeping a draft to named people: beginning it, ending it, and an administrator's way in.

Where such a draft is hidden from the others is in `visibility.py`. Publication ends it, for all languages and for good:
what visitors read is no secret. Only pages that were never public can be kept: of a public one the title is known, and
its new version stands under it in every list. Site settings and places are parts of what is public already.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

from approval import emergency, restricted_things
from approval.locks import locked
from approval.models import GatedMixin, LedgerEntry, RestrictedDraft
from approval.models.claims import Claim
from approval.models.ledger import PUBLISHING_ACTS
from approval.policy import NotYoursError
from approval.reader import seeing_everything
from approval.refusals import RefusedError
from approval.text_cleaning import clean_words

overridden = Signal()
"""Sent with `page`, `user`, `people` (who was named before) and `reason`, in the transaction that lets `user` in."""


removed = Signal()
"""Sent with `page`, `user`, and `people` who are named no longer, in the transaction in which `user` took them out."""


def restricted(page: Any) -> RestrictedDraft | None:
    """The row by which `page` is kept to people, for whoever sees the page."""
    is_candidate = isinstance(page, Page) and page.pk and not page.first_published_at
    return RestrictedDraft.objects.of(page).first() if is_candidate else None


def _family(page: Any) -> Any:
    """The page in all its languages."""
    return Page.objects.filter(translation_key=page.translation_key)


def operators_name(text: Any, title: str) -> str:
    """What commands call `text`: by its `title`, or by its number alone where it is kept to people."""
    return f"({text.pk}, kept to named people)" if restricted(text) else f"“{title}”"


def objection(page: Any) -> str:
    """Why `page` can't be kept to people; "" if it can."""
    if not isinstance(page, Page) or not isinstance(page, GatedMixin):
        return _("Only pages can be kept to named people.")
    family = _family(page)
    if any(one.first_published_at for one in family):
        return _("This text was public, in one language at least, so it can't be kept to named people any more.")
    if any(one.numchild for one in family):
        return _("Other pages stand below this one. Move them elsewhere first.")
    return ""


def left_out(page: Any, people: Iterable[Any]) -> list[Any]:
    """Who would lose their own text if `page` were kept to `people`: its owners and writers, of all its languages.

    Of a text that is kept already those who are named: whoever wasn't knows nothing of it.
    """
    family = _family(page)
    content_type = ContentType.objects.get_for_model(Page)
    versions = Revision.objects.filter(
        base_content_type=content_type, object_id__in=[str(pk) for pk in family.values_list("pk", flat=True)]
    )
    theirs = Q(pk__in=family.values("owner")) | Q(pk__in=versions.values("user"))
    found = get_user_model()._default_manager.filter(theirs, is_active=True)
    if draft := RestrictedDraft.objects.of(page).first():
        found = found.filter(pk__in=draft.people.values("pk"))
    return list(found.exclude(pk__in=[person.pk for person in people]).order_by("last_name", "first_name", "username"))


def words_of_left_out(people: Iterable[Any]) -> str:
    words = _("This is a text of %(people)s too: nobody takes it away from them.")
    return words % {"people": ", ".join(person.name for person in people)}


@transaction.atomic
def restrict(page: Any, people: Iterable[Any], user: Any) -> RestrictedDraft:
    """Keep `page`, in all its languages, to `people`; whoever says so is one of them. Raises RefusedError."""
    people = list(people)
    if user not in people:
        raise RefusedError(_("You have to be one of the people yourself."))
    locked(page)  # nobody publishes it meanwhile
    draft = RestrictedDraft.objects.of(page).first()
    if losers := left_out(page, people):
        raise RefusedError(words_of_left_out(losers))
    if draft is None:
        if why_not := objection(page):
            raise RefusedError(why_not)
        draft = RestrictedDraft.objects.create(translation_key=page.translation_key, made_by=user)
    elif not draft.people.filter(pk=user.pk).exists():
        raise NotYoursError(_("This text is kept to others."))
    before = set(draft.people.all())
    draft.people.set(people)
    family = _family(page)
    _hand_down(family, before, set(people))
    for one in family.specific():
        restricted_things.note(one.get_latest_revision_as_object(), draft)
    _free_from_others(family, people)
    log(instance=page, action="approval.restricted", user=user, data={"people": [str(person) for person in people]})
    if gone := before - set(people):
        removed.send(sender=Page, page=page, user=user, people=gone)
    return draft


def _hand_down(family: Iterable[Page], before: set[Any], now: set[Any]) -> None:
    """Whoever no longer knows of a section knows of nothing below it; whoever is new gets to know what all knew."""
    with seeing_everything():
        below = {one.translation_key for page in family for one in page.get_descendants()}
        for draft in RestrictedDraft.objects.filter(translation_key__in=below):
            named = set(draft.people.all())
            draft.people.set(now if named == before else named & now)


def _free_from_others(family: Any, people: list[Any]) -> None:
    """Nobody else holds the text or a step of it: they couldn't give it back."""
    numbers = [str(page.pk) for page in family]
    claims = Claim.objects.filter(task_state__workflow_state__object_id__in=numbers)
    claims.filter(task_state__workflow_state__base_content_type=ContentType.objects.get_for_model(Page)).exclude(
        user__in=people
    ).delete()
    held = family.filter(locked=True).exclude(locked_by__in=people)
    held.update(locked=False, locked_by=None, locked_at=None)


@transaction.atomic
def end(page: Any, user: Any) -> None:
    """`page` is a draft like any other again."""
    if RestrictedDraft.objects.of(page).naming(user).delete()[0]:
        _forget_sources(page)
        log(instance=page, action="approval.unrestricted", user=user)


def _forget_sources(page: Page) -> None:
    """What a text was copied from, or stood below, may be kept to people still: its log names neither from now on."""
    for one in _family(page):
        entries = PageLogEntry.objects.filter(page=one.pk)
        if entries.filter(action="wagtail.copy").exists():
            entries.filter(action__in=("wagtail.copy", "wagtail.create")).update(label=str(one), data={})
        entries.filter(action__in=("wagtail.move", "wagtail.reorder")).update(data={})


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
    is_candidate = isinstance(page, Page) and getattr(page, "restricted_draft", True) is not None
    if is_candidate and RestrictedDraft.objects.of(page).delete()[0]:
        _forget_sources(page)
        log(instance=page, action="approval.unrestricted", user=entry.user)


def take_on(instance: Any, created: bool, raw: bool = False, **_signal: Any) -> None:
    """A copy of a text that is kept to people is kept to the same people, and so is whatever begins below it.

    What is both is kept to those who know of both. Raises RefusedError where nobody does.
    """
    if not created or raw or not isinstance(instance, GatedMixin) or not isinstance(instance, Page):
        return
    parent, source = instance.get_parent(), instance.copied_from
    keys = {one.translation_key for one in (parent, source) if one is not None} - {instance.translation_key}
    drafts = RestrictedDraft.objects.filter(translation_key__in=keys)
    named = [set(draft.people.all()) for draft in drafts]
    if not named:
        return
    own, is_new = RestrictedDraft.objects.get_or_create(translation_key=instance.translation_key)
    people = set.intersection(*named, *([] if is_new else [set(own.people.all())]))
    if not people:
        raise RefusedError(_("Nobody knows of both texts, so this can't stand here."))
    own.people.set(people)


def forget(instance: Any, **_signal: Any) -> None:
    """Before a page is deleted that is kept to people: the log, which outlives it, keeps no title of it."""
    if not isinstance(instance, Page) or not (draft := restricted(instance)):
        return
    words = str(_("(a text that was kept to named people)"))
    PageLogEntry.objects.filter(page=instance.pk).update(label=words, data={})
    others = Page._base_manager.filter(translation_key=instance.translation_key).exclude(pk=instance.pk)
    if not others.exists():
        draft.delete()
