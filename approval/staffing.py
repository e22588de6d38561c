"""What stops a newsroom: a role that too few people hold, a workflow that nobody can go through. In words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Workflow

from approval import people, step_names
from approval.models import FourEyesTask
from approval.roles import AUTHORS, COORDINATORS, IN_ONE_STEP, LANGUAGE_EDITORS, PUBLICATION, ROLES, TRANSLATORS

FEWEST = 2
"""Active people whom every role and step needs: nobody decides about their own text, and people fall ill."""

REASONS: dict[str, str | Promise] = {
    AUTHORS.key: gettext_lazy("They write texts. Where there are two, one can take over from the other."),
    LANGUAGE_EDITORS.key: gettext_lazy("They review language and accessibility, and nobody reviews their own text."),
    COORDINATORS.key: gettext_lazy(
        "They approve texts and get the mails about emergency publications, and nobody approves their own text."
    ),
    TRANSLATORS.key: gettext_lazy("They translate texts. Where there are two, one can take over from the other."),
}


@dataclass(frozen=True)
class Gap:
    """Something that is missing. `key`: of the role, step or workflow; `address`: where to mend it, or ""."""

    key: str
    words: str
    address: str = ""
    link: str = ""


def gaps() -> list[Gap]:
    """All of them, roles first, with a fixed number of queries.

    In a team of two only those who approve are asked for: they write and translate as well.
    """
    groups = Group.objects.filter(role__isnull=False).select_related("role")
    groups = groups.annotate(active=Count("user", filter=Q(user__is_active=True)))
    enough = {group.pk for group in groups if group.active >= FEWEST}
    named = {group.pk for group in groups} - enough
    return [*_gaps_of_roles({group.role.key: group for group in groups}), *_gaps_of_workflow(named)]


def _gaps_of_roles(groups: dict[str, Any]) -> Iterator[Gap]:
    needed = IN_ONE_STEP.steps[0].roles if settings.APPROVAL_IN_ONE_STEP else ROLES
    for role in needed:
        group = groups.get(role.key)
        if group is None:
            words = _(
                "No group has the role “%(role)s”. Whoever runs the server makes one with the command setup_site."
            )
            yield Gap(role.key, f"{words % {'role': role.label}} {REASONS[role.key]}")
        elif group.active < FEWEST:
            words = (
                _("Only one person in the group “%(group)s” has an active account; at least two are needed.")
                if group.active
                else _("Nobody in the group “%(group)s” has an active account; at least two people are needed.")
            )
            yield Gap(
                role.key,
                f"{words % {'group': group.name}} {REASONS[role.key]}",
                f"{reverse('wagtailusers_users:index')}?{urlencode({'group': group.pk})}",
                _("People in “%(group)s”") % {"group": group.name},
            )


def _gaps_of_workflow(named: set[int]) -> Iterator[Gap]:
    """What is wrong with the workflow and its steps; not the steps of groups that are `named` already."""
    workflow = Workflow.objects.filter(workflow_key__key=PUBLICATION.key).first()
    if workflow is None:
        return  # the site isn't set up yet
    address = reverse("wagtailadmin_workflows:edit", args=(workflow.pk,))
    if not workflow.active:
        words = _("The workflow “%(name)s” is disabled, so nobody can send a text for approval.")
        yield Gap(PUBLICATION.key, words % {"name": workflow.name}, address, _("Open the workflow"))
        return
    tasks = list(FourEyesTask.objects.filter(active=True, workflow_tasks__workflow=workflow))
    if not any(task.step == FourEyesTask.Step.APPROVAL for task in tasks):
        words = _("The workflow “%(name)s” has no step that approves, so nothing can be published.")
        yield Gap(PUBLICATION.key, words % {"name": workflow.name}, address, _("Open the workflow"))
    members = people.members_of(tasks)
    for task in tasks:
        if len(members[task.pk]) >= FEWEST or any(group.pk in named for group in task.groups.all()):
            continue
        words = (
            _("Only one person with an active account can decide at the step “%(step)s”.")
            if members[task.pk]
            else _("Nobody with an active account can decide at the step “%(step)s”.")
        )
        address = reverse("wagtailadmin_workflows:edit_task", args=(task.pk,))
        yield Gap(
            task.key or task.name, words % {"step": step_names.shown_name(task.name)}, address, _("Open the step")
        )
