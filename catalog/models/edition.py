"""An edition of the handbook: the approved text of one language, made into files that never change again."""

import re
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from approval.models import GatedMixin
from approval.take_down import take_down
from catalog.panels import EditionFilesPanel
from home.forms import DraftForm

NUMBER = re.compile(r"[1-9]\d{0,2}\.\d{1,3}(\.\d{1,3})?", re.ASCII)
"""1.2 or 1.2.3: the dot tells its address from that of a page."""
FORMATS = ("pdf", "epub")


def check_number(value: str) -> None:
    if not NUMBER.fullmatch(value):
        raise ValidationError(_("Write a number such as 1.2: figures with a dot between them."))


class EditionQuerySet(models.QuerySet):
    def public_in(self, language: str) -> list["Edition"]:
        """What readers of `language` find, the newest number first."""
        found: list[Edition] = list(self.filter(live=True, language=language))
        return sorted(found, key=lambda row: row.order, reverse=True)


class Edition(GatedMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """Number, language and day are said once, when it is made (`catalog.editions.making`); notes until it is public.

    What it holds is frozen beside it (`EditionSource`), and how far the making is (`EditionBuild`).
    """

    FIXED = ("number", "language", "date", "licence", "source_sha256")

    number = models.CharField(gettext_lazy("number"), max_length=11, validators=[check_number])
    language = models.CharField(gettext_lazy("language"), max_length=10)
    date = models.DateField(gettext_lazy("day"), default=timezone.localdate)
    notes = models.TextField(
        gettext_lazy("what is new"),
        max_length=2000,
        blank=True,
        help_text=gettext_lazy("For readers, on the page of the edition. A few sentences."),
    )
    licence = models.CharField(gettext_lazy("licence"), max_length=300, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    files = models.JSONField(gettext_lazy("files"), default=dict, blank=True)
    """Format → `{"name", "size", "sha256"}`, of both or of none: part of what is approved."""

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="edition")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="edition",
        for_concrete_model=False,
    )

    objects = EditionQuerySet.as_manager()

    read_first = ("number", "language", "date", "notes")
    unread_fields = ("source_sha256",)
    facts_in_words = FIXED

    panels = [EditionFilesPanel(heading=gettext_lazy("Files")), FieldPanel("notes")]
    base_form_class = DraftForm

    class Meta:
        verbose_name = gettext_lazy("edition of the handbook")
        verbose_name_plural = gettext_lazy("editions of the handbook")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "number"],
                name="edition_number_once_in_a_language",
                violation_error_message=gettext_lazy("There is an edition with this number in this language."),
            )
        ]

    def __str__(self) -> str:
        language = get_language_info(self.language)["name_translated"]
        return _("Edition %(number)s (%(language)s)") % {"number": self.number, "language": language}

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """What readers have had never changes, not even by a command: only whether it is public."""
        if self.pk and not self._state.adding:
            before = type(self).objects.filter(pk=self.pk).first()
            names = self.FIXED if before and not before.is_fixed else (*self.FIXED, "files")
            if before and any(getattr(before, name) != getattr(self, name) for name in names):
                raise ValidationError(_("The files of a public edition stay. Make another edition."))
        return super().save(*args, **kwargs)

    @property
    def revisions(self):
        return self._revisions

    @property
    def order(self) -> tuple[int, ...]:
        """1.10 comes after 1.9."""
        return tuple(int(part) for part in self.number.split("."))

    @property
    def has_files(self) -> bool:
        return set(self.files) == set(FORMATS)

    @property
    def is_fixed(self) -> bool:
        """Whether visitors have had its files: then they stay as they are, whoever asks."""
        return bool(self.live or self.first_published_at)

    def file_name(self, kind: str, slug: str) -> str:
        return f"{slug}-{self.number}.{kind}"

    def clean(self) -> None:
        super().clean()
        if self.expire_at:
            raise ValidationError(_("An edition has no last day: others cite its address."))
        if not self.has_files and not getattr(self, "is_deferred_validation", False):
            raise ValidationError(_("Its files are not there yet. An edition is sent when both are made."))
        before = type(self).objects.filter(pk=self.pk).first()
        if before is not None and any(getattr(before, name) != getattr(self, name) for name in self.FIXED):
            raise ValidationError(_("Number, language, day and text of an edition stay. Make another edition."))
        if before is not None and before.is_fixed and before.files != self.files:
            raise ValidationError(_("The files of a public edition stay. Make another edition."))

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        take_down(self, *args, **kwargs)
