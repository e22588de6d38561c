"""The ledger: an append-only record of every decision that changed what visitors see."""

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from approval.models.acts import INDEPENDENT_ACTS, PRIVACY_ACTS, PUBLISHING_ACTS, SETTLING_ACTS, WAITING_ACTS, Act


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **values: Any) -> int:
        raise TypeError("The ledger is append-only.")

    def delete(self):
        raise TypeError("The ledger is append-only.")


class AppendOnly(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The ledger is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any):
        raise TypeError("The ledger is append-only.")


class LedgerQuerySet(AppendOnlyQuerySet):
    def for_instance(self, instance: Any):
        return self.filter(content_type=_base_type(instance), object_id=str(instance.pk))

    def independent(self):
        """Publications that somebody independent stands for, at once or afterwards."""
        return self.filter(models.Q(act__in=INDEPENDENT_ACTS) | models.Q(act=Act.EMERGENCY, answers__act=Act.CONFIRMED))

    def publications(self):
        return self.filter(act__in=PUBLISHING_ACTS)

    def unconfirmed(self):
        """Emergency publications that nobody independent has confirmed or replaced yet."""
        later = LedgerEntry.objects.filter(
            content_type=models.OuterRef("content_type"),
            object_id=models.OuterRef("object_id"),
            act__in=SETTLING_ACTS,
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(act=Act.EMERGENCY).filter(~models.Exists(later))

    def asking_to_open(self):
        """Questions whether a private page may be open that nobody has answered, and that still fit it."""
        later = LedgerEntry.objects.filter(
            content_type=models.OuterRef("content_type"),
            object_id=models.OuterRef("object_id"),
            act__in=PRIVACY_ACTS,
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(act=Act.ASKED).filter(~models.Exists(later))

    def last_on_its_time(self, instance: Any) -> "LedgerEntry | None":
        """The newest entry that says whether, and as which version, `instance` waits."""
        return self.for_instance(instance).filter(act__in=WAITING_ACTS).order_by("-pk").first()

    def approval_of_time(self, instance: Any, revision: Revision) -> "LedgerEntry | None":
        """The entry by which `revision` of `instance` waits for its time, whatever it says by now."""
        entry = self.last_on_its_time(instance)
        said = entry and (entry.act, entry.revision_number, entry.due)
        return entry if said == (Act.SCHEDULED, revision.pk, revision.approved_go_live_at) else None

    def waiting_for_others(self):
        """Approvals of versions that go live together with others, and haven't yet."""
        return self.filter(act=Act.HELD, release_items__is_open=True)

    def last_approved_content_time(self, instance: Any, before: datetime | None = None) -> datetime | None:
        """When the newest independently approved content was written; None where there is none."""
        entries = self.for_instance(instance).independent()
        if before:
            entries = entries.filter(content_time__lt=before)
        return entries.order_by("-pk").values_list("content_time", flat=True).first()

    def naming(self, user: Any):
        """Entries of what `user` did, wrote or approved."""
        named = LedgerPerson.objects.filter(user=user)
        return self.filter(models.Q(user=user) | models.Q(pk__in=named.values("entry")))


LONGEST_REASON = 2000


class LedgerEntry(AppendOnly):
    """One act. Titles and names stand in it as they were, whatever became of the text and the people since."""

    act = models.CharField(_("what happened"), max_length=12, choices=Act)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=255)
    content_object = GenericForeignKey("content_type", "object_id", for_concrete_model=False)
    content_object.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail asks for it
    title = models.CharField(_("title"), max_length=255)
    revision_number = models.BigIntegerField(_("version"), null=True)
    content_time = models.DateTimeField(_("version saved"), null=True)
    digest = models.CharField(_("digest of the content"), max_length=64, blank=True)
    source_version = models.DateTimeField(_("source version"), null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    user_name = models.CharField(_("who"), max_length=255, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    due = models.DateTimeField(_("for when"), null=True)
    release_number = models.BigIntegerField(_("number of what went live together"), null=True)
    answered = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("entry of the publication record")
        verbose_name_plural = _("publication record")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["content_type", "object_id", "act"]),
            # For the newest entry of each of many texts; without it a database walks through all entries for each.
            models.Index(fields=["content_type", "object_id", "-id"], name="ledger_newest_of_text"),
        ]
        permissions = [
            ("publish_in_emergency", "Can publish in an emergency, with a reason"),
            ("take_down", "Can take down what is public"),
            ("withdraw_approval", "Can withdraw an approval before its time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.title}"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes the entry and whom it names; whoever hears of it (`decided`) finds both."""
        self.user_name = self.user_name or (self.user.name if self.user else "")
        super().save(*args, **kwargs)
        LedgerPerson.objects.bulk_create(person.named_by(self) for person in self.named)

    @cached_property
    def named(self) -> list["LedgerPerson"]:
        """Everyone whom it names; to be set before it is saved."""
        return list(self.people.all()) if self.pk else []

    @property
    def contributors(self) -> list["LedgerPerson"]:
        """Who wrote what it is about."""
        return [person for person in self.named if person.part == LedgerPerson.Part.CONTRIBUTOR]

    @property
    def approvals(self) -> list["LedgerPerson"]:
        """Who took which step on it, in their order."""
        return [person for person in self.named if person.part == LedgerPerson.Part.APPROVER]

    def get_revision(self) -> Revision | None:
        """The version that it is about; None once it is gone."""
        return Revision.objects.filter(pk=self.revision_number).first() if self.revision_number else None

    @property
    def is_at_once(self) -> bool:
        """Whether somebody let what is approved and waits go live now, instead of at its time."""
        return bool(self.act == Act.SCHEDULED and self.answered_id and self.due and self.due <= self.at)

    @property
    def rule(self) -> str:
        """Of texts that go live together: what happens if one isn't ready, where that is what was changed; else ""."""
        return self.reason if self.act == Act.MOVED else ""

    @cached_property
    def instance(self) -> Any:
        """The page or snippet as its own type; None once it is gone."""
        found = self.content_object
        return getattr(found, "specific", found)


class LedgerPerson(AppendOnly):
    """Somebody whom an entry names, as they were called then.

    `user` keeps the number of an account that was deleted since, so that two who are gone stay two people.
    """

    class Part(models.TextChoices):
        CONTRIBUTOR = "contributor", _("who wrote it")
        APPROVER = "approver", _("who approved it")

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="people")
    part = models.CharField(_("part in it"), max_length=11, choices=Part)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    name = models.CharField(_("who"), max_length=310, blank=True)
    contribution_kinds = models.JSONField(_("kinds of contribution"), default=list)
    step = models.CharField(_("name of the step"), max_length=255, blank=True)
    step_key = models.CharField(_("key of the step"), max_length=20, blank=True)
    at = models.DateTimeField(_("when"), null=True)
    comment = models.TextField(_("comment"), blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("person in the publication record")
        verbose_name_plural = _("people in the publication record")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} ({self.get_part_display()})"

    def named_by(self, entry: LedgerEntry) -> "LedgerPerson":
        """The same, for `entry`: an approval counts again where its text comes back."""
        person = copy(self)
        person.pk, person.entry = None, entry
        return person


def ids_of(people: Iterable[LedgerPerson]) -> set[int]:
    """The numbers of their accounts, of those that were deleted since as well."""
    return {person.user_id for person in people if person.user_id}


def _base_type(instance: Any) -> ContentType:
    return instance.get_base_content_type()
