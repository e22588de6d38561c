"""Which group holds a role and which workflow publishes. Administrators rename groups and workflows; keys stay."""

from django.contrib.auth.models import Group
from django.db import models
from wagtail.models import Workflow


class KeyModel(models.Model):
    """`given`: what `setup_site` has given once, so that it can tell what a new version brings, which it gives, from
    what an administrator took, which it leaves.
    """

    key = models.CharField(max_length=30, unique=True)
    given = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class RoleGroup(KeyModel):
    """The group that holds the role `key` of `roles.py`; `given` names rights. `group.role` leads back from the group.

    The row goes with its group.
    """

    group = models.OneToOneField(Group, models.CASCADE, related_name="role")


class WorkflowKey(KeyModel):
    """The workflow that has the key `key` of `roles.py`; `given` names the keys of its steps."""

    workflow = models.OneToOneField(Workflow, models.CASCADE, related_name="workflow_key")
