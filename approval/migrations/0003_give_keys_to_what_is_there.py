"""Groups, steps and the workflow were found by name: what has the names of then gets its key.

What an administrator renamed since `setup_site` ran last is known by its place: the one group without a role at a
step, the one workflow with the steps.

What each group holds now counts as given, so that `setup_site` leaves alone whatever an administrator takes from here
on, and gives once what is declared and missing, as it did at each run before.
"""

from django.db import migrations

ROLES = {
    "Autorki i autorzy": "author",
    "Redakcja językowa": "reviewer",
    "Koordynacja": "coordinator",
    "Tłumaczenia": "translator",
}
STEPS = {"Redakcja językowa i dostępność": "review", "Zatwierdzenie": "approval"}
WORKFLOW = "Publikacja"


def give_keys(apps, schema_editor):
    tasks = _give_keys_to_steps(apps)
    _give_keys_to_groups(apps, tasks)
    _give_key_to_workflow(apps, tasks)


def _give_keys_to_steps(apps):
    """The steps by their new keys. Names need not be unique: the one in use comes first, then the oldest."""
    found = {}
    for task in apps.get_model("approval", "FourEyesTask").objects.filter(name__in=STEPS).order_by("-active", "pk"):
        key = STEPS[task.name]
        if key not in found:
            task.key = key
            task.save(update_fields=["key"])
            found[key] = task
    return found


def _give_keys_to_groups(apps, tasks):
    RoleGroup = apps.get_model("approval", "RoleGroup")
    found = {ROLES[group.name]: group for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES)}
    for key, step in (("coordinator", "approval"), ("reviewer", "review")):
        if key not in found and step in tasks:
            others = tasks[step].groups.exclude(pk__in=[group.pk for group in found.values()])
            if len(others) == 1:
                found[key] = others[0]
    for role, group in found.items():
        held = [
            f"{app_label}.{codename}"
            for app_label, codename in group.permissions.values_list("content_type__app_label", "codename")
        ]
        held += [
            f"{codename} on page {page}"
            for codename, page in group.page_permissions.values_list("permission__codename", "page")
        ]
        on_root = group.collection_permissions.filter(collection__depth=1)
        held += [f"{codename} on all files" for codename in on_root.values_list("permission__codename", flat=True)]
        held += [
            f"step {key} (task {task.pk})" for key, task in tasks.items() if task.groups.filter(pk=group.pk).exists()
        ]
        RoleGroup.objects.create(key=role, group=group, given=sorted(set(held)))


def _give_key_to_workflow(apps, tasks):
    WorkflowKey = apps.get_model("approval", "WorkflowKey")
    Workflow, WorkflowTask = (apps.get_model("wagtailcore", name) for name in ("Workflow", "WorkflowTask"))
    workflow = Workflow.objects.filter(name=WORKFLOW).order_by("-active", "pk").first()
    if workflow is None and tasks:
        places = WorkflowTask.objects.filter(task__in=[task.pk for task in tasks.values()])
        holders = Workflow.objects.filter(active=True, pk__in=places.values("workflow"))
        workflow = holders[0] if len(holders) == 1 else None
    if workflow is not None:
        placed = set(WorkflowTask.objects.filter(workflow=workflow).values_list("task", flat=True))
        given = [key for key, task in tasks.items() if task.pk in placed]
        WorkflowKey.objects.create(key="publication", workflow=workflow, given=given)


class Migration(migrations.Migration):
    dependencies = [
        ("approval", "0002_add_keys_of_roles_steps_and_workflow"),
    ]

    operations = [
        # The way back drops the columns and tables, and names are what counted there.
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
