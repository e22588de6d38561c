"""Somebody leaves: in one step nothing of the site is open to them, and nothing waits for them."""

import uuid
from collections.abc import Iterator
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession
from wagtail.log_actions import log
from wagtail.models import APIToken, TaskState, WorkflowState

from accounts import second_factor
from accounts.people import may_manage
from approval import handover, people, policy, step_names
from approval.handover import Given
from approval.models import RestrictedDraft
from approval.refusals import RefusedError
from approval.staffing import FEWEST
from approval.titles import shown_title
from notifications import outbox
from notifications.links import absolute
from notifications.models import OutgoingMail


def objection(person: Any, by: Any) -> str:
    """Why `by` can't close the account of `person`; "" if nothing speaks against it."""
    if person.pk == by.pk:
        return _("Nobody closes their own account: another administrator does it.")
    if not may_manage(by, person):
        return _("Only an administrator closes the account of an administrator.")
    return ""


def warnings(person: Any) -> list[str]:
    """What will be missing without `person`."""
    return [*_roles_without(person), *_steps_without(person)]


def _roles_without(person: Any) -> Iterator[str]:
    others = Count("user", filter=Q(user__is_active=True) & ~Q(user=person.pk))
    for group in Group.objects.filter(user=person.pk, role__isnull=False).order_by("name"):
        left = Group.objects.filter(pk=group.pk).aggregate(left=others)["left"]
        if left == 0:
            yield _("Nobody else is in the group “%(group)s”: its part of the work stops.") % {"group": group.name}
        elif left < FEWEST:
            words = _("Only one person is left in the group “%(group)s”, and nobody decides about their own text.")
            yield words % {"group": group.name}


def _steps_without(person: Any) -> Iterator[str]:
    """Texts that nobody else could decide about."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__current_task_state=F("pk"),
    ).select_related("workflow_state", "task")
    facts = policy.facts_of(states)
    for pk, deciders in people.deciders_of(facts).items():
        if [user.pk for user in deciders] == [person.pk]:
            state = next(state for state in states if state.pk == pk)
            said = {"title": shown_title(policy.subject(state)), "step": step_names.shown_name(state.task.name)}
            yield _("Nobody else in its group can take the step “%(step)s” of “%(title)s”.") % said


@transaction.atomic
def leave(person: Any, by: Any, heirs: dict[int, Any] | None = None, next_one: Any = None) -> Given:
    """Closes the account of `person`. What they have goes to `heirs` and `next_one` (`handover.hand_over`) or is free.

    What they wrote, remarked and decided stays with their name, and they keep their roles in case they come again.
    Raises RefusedError where `by` may not, or has left meanwhile.
    """
    _ask_again(person, by)
    given = handover.hand_over(person, heirs or {}, next_one, by)
    person.is_active = False
    person.set_unusable_password()
    person.save()
    second_factor.end_sessions(person)
    for model in (UserSession, APIToken, EditingSession):
        model._default_manager.filter(user=person).delete()
    OutgoingMail.objects.waiting().filter(user=person).update(state=OutgoingMail.State.DROPPED)
    log(person, "accounts.left", user=by)
    _tell_named(person, by)
    _tell(person, [*(heirs or {}).values(), *([next_one] if given.steps else [])], by)
    return given


def _ask_again(person: Any, by: Any) -> None:
    """One after the other, so that two administrators who close each other's accounts leave one open."""
    concerned = Q(is_superuser=True) | Q(pk__in=[person.pk, by.pk])
    accounts = get_user_model()._default_manager.select_for_update().filter(concerned).order_by("pk")
    now = {account.pk: account for account in accounts}
    if not now[by.pk].is_active:
        raise RefusedError(_("Your account was closed meanwhile."))
    if why_not := objection(now[person.pk], now[by.pk]):
        raise RefusedError(why_not)


def _tell_named(person: Any, by: Any) -> None:
    """Those to whom texts are kept together with `person`: only they can say who goes on with them."""
    drafts = RestrictedDraft.objects.filter(pk__in=RestrictedDraft.objects.naming(person).values("pk"))
    others = get_user_model()._default_manager.filter(pk__in=drafts.values("people")).exclude(pk=person.pk)
    facts = {"title": person.name, "who": by.name, "url": absolute(reverse("wagtailadmin_home"))}
    outbox.write(f"named-left:{person.pk}:{uuid.uuid4().hex}", "named-left", others, facts)


def _tell(person: Any, heirs: list[Any], by: Any) -> None:
    facts = {"title": person.name, "who": by.name, "url": absolute(reverse("wagtailadmin_home"))}
    outbox.write(f"left:{person.pk}:{uuid.uuid4().hex}", "handed-over", heirs, facts)


def colleagues(person: Any) -> Any:
    """Who could go on with what `person` has."""
    return (
        get_user_model()
        ._default_manager.filter(is_active=True)
        .exclude(pk=person.pk)
        .order_by("last_name", "first_name", "username")
    )
