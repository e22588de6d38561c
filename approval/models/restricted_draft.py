"""Drafts that are kept to named people."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class RestrictedDraftQuerySet(models.QuerySet):
    def of(self, page: Any):
        return self.filter(translation_key=page.translation_key)

    def naming(self, user: Any):
        return self.filter(people=user.pk)

    def hidden_from(self, user: Any):
        """All that `user` isn't named in; of somebody who hasn't logged in all of them."""
        return self.exclude(pk__in=RestrictedDraft.objects.naming(user).values("pk")) if user.pk else self.all()


class RestrictedDraft(models.Model):
    """A text, in all its languages, that nobody but `people` may know of, whatever their role.

    Where it is hidden is one list (`approval/visibility.py`); publication deletes the row (`restriction.py`).
    """

    translation_key = models.UUIDField(unique=True)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("people"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = RestrictedDraftQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("draft that is kept to people")
        verbose_name_plural = _("drafts that are kept to people")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class RestrictedThing(models.Model):
    """A picture, document or topic that was made for such a draft, and is hidden with it until others show it."""

    draft = models.ForeignKey(RestrictedDraft, on_delete=models.CASCADE, related_name="things")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("thing in a draft that is kept to people")
        verbose_name_plural = _("things in drafts that are kept to people")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["draft", "content_type", "object_id"], name="restricted_thing_once")
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"


@dataclass
class KeptTo:
    """What is asked of a text beside something else: `draft` is the row by which it is kept to people, or None."""

    draft: int | None = None

    @cached_property
    def named(self) -> set[int] | None:
        """The numbers of those who alone may know of it; None where it is kept to nobody."""
        if self.draft is None:
            return None
        return set(RestrictedDraft.objects.filter(pk=self.draft).values_list("people", flat=True))


def restricted_draft_of(name: str) -> models.Subquery:
    """The row by which the page whose number stands in the field `name` of a query is kept to people, or None."""
    number = Cast(models.OuterRef(models.OuterRef(name)), models.BigIntegerField())
    key = Page._base_manager.filter(pk=number).values("translation_key")
    return models.Subquery(RestrictedDraft.objects.filter(translation_key__in=key).values("pk")[:1])
