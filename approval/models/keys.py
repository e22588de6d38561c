"""Which group holds a role and which workflow publishes. Administrators rename groups and workflows; keys stay."""

from django.contrib.auth.models import Group
from django.db import models
from wagtail.models import Workflow


class RoleGroup(models.Model):
    """The group that holds the role `key` of `roles.py`. `group.role` leads back from the group.

    `given` names every right that `setup_site` has given the group once, so that it can tell a right that a new
    version brings, which it gives, from one that an administrator took, which it leaves. The row goes with its group.
    """

    key = models.CharField(max_length=30, unique=True)
    group = models.OneToOneField(Group, models.CASCADE, related_name="role")
    given = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class WorkflowKey(models.Model):
    """The workflow that has the key `key` of `roles.py`. `given`: keys of the steps that `setup_site` put into it."""

    key = models.CharField(max_length=30, unique=True)
    workflow = models.OneToOneField(Workflow, models.CASCADE, related_name="workflow_key")
    given = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
