"""Apply the declared roles and workflow to the database: idempotent, repairs drift."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from editorial.models import FourEyesTask
from editorial.permissions import publish_permissions
from editorial.roles import IN_ONE_STEP, PUBLICATION, ROLES, Path, Role, Step

# Wagtail's own migrations create these; our roles take their place.
STOCK_GROUPS = ("Moderators", "Editors")
STOCK_WORKFLOW = "Moderators approval"


def apply(roots: Iterable[Page], snippets: Iterable[type[models.Model]]) -> None:
    """Give every role its permissions on `roots`, and the workflow to them and to `snippets`."""
    roots = list(roots)
    Group.objects.filter(name__in=STOCK_GROUPS, user__isnull=True).delete()
    take_publish_away()
    for role in ROLES:
        apply_role(role, roots)
    apply_workflow(IN_ONE_STEP if settings.APPROVAL_IN_ONE_STEP else PUBLICATION, roots, snippets)


def take_publish_away() -> None:
    """Nobody publishes by permission, whoever gave it to them."""
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    Group.permissions.through.objects.filter(permission__in=publish_permissions()).delete()


def apply_role(role: Role, roots: Iterable[Page]) -> Group:
    group, _created = Group.objects.get_or_create(name=role.name)
    for permission in permissions(role.others):
        group.permissions.add(permission)
    for root in roots:
        for permission in Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(Page), codename__in=role.pages
        ):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    for permission in Permission.objects.filter(codename__in=role.files):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


def permissions(names: Iterable[str]) -> list[Permission]:
    """The permissions named "app.codename"; a name that doesn't exist is an error."""
    found: list[Permission] = []
    for name in names:
        app_label, codename = name.split(".")
        matching = Permission.objects.filter(content_type__app_label=app_label, codename=codename)
        if not matching:
            raise LookupError(f"There is no permission {name}: see editorial/roles.py.")
        found += matching
    return found


def apply_workflow(path: Path, roots: Iterable[Page], snippets: Iterable[type[models.Model]]) -> Workflow:
    Workflow.objects.filter(name=STOCK_WORKFLOW, active=True).update(active=False)
    WorkflowPage.objects.filter(workflow__name=STOCK_WORKFLOW).delete()
    workflow, _created = Workflow.objects.get_or_create(name=path.name, defaults={"active": True})
    if not workflow.active:
        workflow.active = True
        workflow.save()
    for order, step in enumerate(path.steps):
        task = _task(step)
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    WorkflowTask.objects.filter(workflow=workflow).exclude(task__name__in=[step.name for step in path.steps]).delete()
    for root in roots:
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    for model in snippets:
        WorkflowContentType.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
        )
    return workflow


def _task(step: Step) -> FourEyesTask:
    task, _created = FourEyesTask.objects.get_or_create(name=step.name)
    if not task.active or task.step != step.kind:
        task.active, task.step = True, step.kind
        task.save()
    task.groups.set(Group.objects.filter(name__in=[role.name for role in step.roles]))
    return task
