"""Make what is missing of the declared roles and workflow. What is there stays as people made it, and is told.

Two things are not left alone: nobody keeps the right to publish, and the review step follows APPROVAL_IN_ONE_STEP.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

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

from approval.models import FourEyesTask, RoleGroup, WorkflowKey
from approval.permissions import is_in_first_language, publish_permissions
from approval.roles import CORRECTION, IN_ONE_STEP, PUBLICATION, ROLES, Path, Role, Step

# Wagtail's own migrations create these; our roles take their place when a site is set up first.
STOCK_GROUPS = ("Moderators", "Editors")
STOCK_WORKFLOW = "Moderators approval"


def apply(roots: Iterable[Page], snippets: Iterable[type[models.Model]]) -> Iterator[str]:
    """Give every role a group with its rights on `roots`, and the workflow to them and to `snippets`.

    Yields a sentence for each thing that it made or changed, and for each that is otherwise than declared.
    """
    roots = list(roots)
    path = IN_ONE_STEP if settings.APPROVAL_IN_ONE_STEP else PUBLICATION
    if not RoleGroup.objects.exists():
        _retire_stock()
    yield from _take_publish_away()
    new_tasks = [_make_task(step) for step in path.steps if not FourEyesTask.objects.filter(key=step.key).exists()]
    if not FourEyesTask.objects.filter(key=CORRECTION.key).exists():
        _make_task(CORRECTION)
    for role in ROLES:
        yield from _apply_role(role, path, roots)
    yield from _apply_workflow(path, new_tasks)
    yield from _attach_workflow(WorkflowKey.objects.get(key=path.key).workflow, roots, snippets)


def _retire_stock() -> None:
    Group.objects.filter(name__in=STOCK_GROUPS, user__isnull=True).delete()
    Workflow.objects.filter(name=STOCK_WORKFLOW, active=True).update(active=False)
    WorkflowPage.objects.filter(workflow__name=STOCK_WORKFLOW).delete()


def _take_publish_away() -> Iterator[str]:
    """Nobody publishes by permission, whoever gave it to them."""
    on_pages = GroupPagePermission.objects.filter(permission__codename="publish_page")
    on_models = Group.permissions.through.objects.filter(permission__in=publish_permissions())
    holders = {*on_pages.values_list("group__name", flat=True), *on_models.values_list("group__name", flat=True)}
    on_pages.delete()
    on_models.delete()
    for name in sorted(holders):
        yield f"Group “{name}”: the right to publish was taken away, since nobody has it here."


# --- Roles ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Right:
    """What a group can hold: a row of `model` with the values `where`. `name` is how RoleGroup.given remembers it."""

    name: str
    model: Any
    where: dict[str, Any]


def _apply_role(role: Role, path: Path, roots: list[Page]) -> Iterator[str]:
    """The role's group, and the rights that it was never given before."""
    holder = RoleGroup.objects.select_related("group").filter(key=role.key).first()
    if holder is None:
        group = Group.objects.create(name=_free_name(role.name))
        holder = RoleGroup.objects.create(key=role.key, group=group)
        yield f"Role {role.key}: no group had it, so the group “{group.name}” was made. Nobody is in it yet."
    elif holder.group.name != role.name:
        yield f"Role {role.key}: its group is called “{holder.group.name}”, and stays as it is."
    yield from _take_back_lost(role, holder, roots)
    taken = []
    for right in rights(role, path, roots):
        there = right.model.objects.filter(group=holder.group, **right.where).exists()
        if right.name in holder.given:
            taken += [] if there else [right.name]
            continue
        if not there:
            right.model.objects.create(group=holder.group, **right.where)
        holder.given.append(right.name)
    holder.save()
    if taken:
        yield f"Role {role.key}: taken from the group “{holder.group.name}”, and left so: {', '.join(taken)}."


def _take_back_lost(role: Role, holder: RoleGroup, roots: list[Page]) -> Iterator[str]:
    """What this command once gave to `role` and no longer does; what people gave to its group stays."""
    lost = [*_of_models(role.lost)]
    if role.translates:
        lost += _of_pages(role, [root for root in roots if is_in_first_language(root)])
    lost = [right for right in lost if right.name in holder.given]
    for right in lost:
        right.model.objects.filter(group=holder.group, **right.where).delete()
        holder.given.remove(right.name)
    if lost:
        names = ", ".join(right.name for right in lost)
        yield f"Role {role.key}: it no longer holds, so the group “{holder.group.name}” lost: {names}."


def _free_name(name: str) -> str:
    """`name`, or with a number: a group that happens to be called so is not given the rights of a role."""
    used = set(Group.objects.values_list("name", flat=True))
    return next(free for free in (name, *(f"{name} {n}" for n in range(2, len(used) + 3))) if free not in used)


def rights(role: Role, path: Path, roots: Iterable[Page]) -> Iterator[Right]:
    """All that `role` is declared to hold: model permissions, on the trees below `roots`, on files, its steps."""
    yield from _of_models(role.others)
    yield from _of_pages(role, (root for root in roots if not (role.translates and is_in_first_language(root))))
    collection = Collection.get_first_root_node()
    for name in role.files:
        app_label = "wagtailimages" if name.endswith("image") else "wagtaildocs"
        where = {"collection": collection, "permission": permission(f"{app_label}.{name}")}
        yield Right(f"{name} on all files", GroupCollectionPermission, where)
    for step in (*path.steps, CORRECTION):
        if role in step.roles:
            task = FourEyesTask.objects.get(key=step.key)
            yield Right(f"step {step.key} (task {task.pk})", FourEyesTask.groups.through, {"foureyestask": task})


def _of_models(names: Iterable[str]) -> Iterator[Right]:
    for name in names:
        yield Right(name, Group.permissions.through, {"permission": permission(name)})


def _of_pages(role: Role, roots: Iterable[Page]) -> Iterator[Right]:
    for root in roots:
        for name in role.pages:
            where = {"page": root, "permission": permission(f"wagtailcore.{name}")}
            yield Right(f"{name} on page {root.pk}", GroupPagePermission, where)


def permission(name: str) -> Permission:
    """The permission named "app.codename"; a name that doesn't exist is an error."""
    app_label, codename = name.split(".")
    try:
        return Permission.objects.get(content_type__app_label=app_label, codename=codename)
    except Permission.DoesNotExist as error:
        raise LookupError(f"There is no permission {name}: see approval/roles.py.") from error


# --- Workflow -------------------------------------------------------------------------------


def _make_task(step: Step) -> FourEyesTask:
    return FourEyesTask.objects.create(key=step.key, name=step.name, step=step.kind)


def _apply_workflow(path: Path, new_tasks: list[FourEyesTask]) -> Iterator[str]:
    """The workflow, and the steps that were never put into it before; the review as the setting says."""
    known = WorkflowKey.objects.select_related("workflow").filter(key=path.key).first()
    if known is None:
        workflow = Workflow.objects.create(name=path.name, active=True)
        known = WorkflowKey.objects.create(key=path.key, workflow=workflow)
        yield f"Workflow {path.key}: there was none, so “{workflow.name}” was made."
    workflow = known.workflow
    if workflow.name != path.name:
        yield f"Workflow {path.key}: it is called “{workflow.name}”, and stays as it is."
    if not workflow.active:
        yield f"Workflow “{workflow.name}”: it is disabled, so nobody can send a text. Enable it in the admin."
    for step in PUBLICATION.steps:
        if step in path.steps and (step.key not in known.given or step.key in {task.key for task in new_tasks}):
            _put_in(workflow, step)
            known.given = sorted({*known.given, step.key})
        elif step not in path.steps and step.key in known.given:
            WorkflowTask.objects.filter(workflow=workflow, task__in=FourEyesTask.objects.filter(key=step.key)).delete()
            known.given.remove(step.key)
            yield f"Workflow “{workflow.name}”: the step {step.key} was taken out, as APPROVAL_IN_ONE_STEP says."
    known.save()
    yield from _differences(workflow, path)


def _put_in(workflow: Workflow, step: Step) -> None:
    """Put `step` before all others if it is declared as the first one, else behind them."""
    task = FourEyesTask.objects.get(key=step.key)
    places = workflow.workflow_tasks.exclude(task=task).aggregate(
        first=models.Min("sort_order"), last=models.Max("sort_order")
    )
    if places["first"] is None:
        place = 0
    else:
        place = places["first"] - 1 if step == PUBLICATION.steps[0] else places["last"] + 1
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": place})


def _differences(workflow: Workflow, path: Path) -> Iterator[str]:
    """What is otherwise than declared about the steps of `workflow`."""
    tasks = [task.specific for task in workflow.tasks]
    if [getattr(task, "key", None) for task in tasks] != [step.key for step in path.steps]:
        names = ", ".join(f"“{task.name}”" for task in tasks) or "none"
        yield f"Workflow “{workflow.name}”: its steps are not the declared ones, and stay as they are: {names}."
    kinds = {step.key: step.kind for step in path.steps}
    for task in FourEyesTask.objects.filter(key__in=kinds):
        if not task.active:
            yield f"Step “{task.name}”: it is disabled, and stays so. Enable it in the admin."
        if task.step != kinds[task.key]:
            yield f"Step “{task.name}”: it is no {kinds[task.key]} any more, and stays as it is."


def _attach_workflow(
    workflow: Workflow, roots: Iterable[Page], snippets: Iterable[type[models.Model]]
) -> Iterator[str]:
    """Give `workflow` to whatever has none."""
    for root in roots:
        _row, made = WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
        if made:
            yield f"Workflow “{workflow.name}”: given to all pages below “{root.title}”."
    for model in snippets:
        content_type = ContentType.objects.get_for_model(model)
        _row, made = WorkflowContentType.objects.get_or_create(
            content_type=content_type, defaults={"workflow": workflow}
        )
        if made:
            yield f"Workflow “{workflow.name}”: given to {model._meta.label}."
