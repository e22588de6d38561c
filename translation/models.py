"""The source version: which meaning of an original a text says."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from approval.models import GatedMixin
from translation import originals


class SourceVersionMixin(GatedMixin):
    """Content that is translated: put in place of `GatedMixin`. The source version is part of what is approved."""

    source_version = models.DateTimeField(_("source version"), null=True, editable=False)
    keeps_source_version = False
    """Said of a draft by its author: what changed since the public text changes no meaning."""

    meaning_question: bool | None = None
    """What a form that asks for this has as its answer so far; None where it doesn't ask. See `translation.forms`."""

    machine_words_checked = False
    """Said of a draft by whoever sends it: what a machine wrote in it was checked, and is marked no longer."""

    facts_in_words: ClassVar[tuple[str, ...]] = ()
    """Fields of words that are facts, as a place: another one makes translations out of date in any case."""

    class Meta:
        abstract = True

    def prepare_translation(self) -> None:
        """Called for a draft that was copied from its original: what besides its words has to be of its language."""

    def translated_names(self, original: Any) -> list[tuple[str, str]]:
        """What `original` has besides its segments that is translated, with what this text says for it, or ""."""
        return []

    def prepare_revision(self, newest: Any) -> None:
        self.source_version = originals.source_version_of_draft(self, newest)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Autosave writes over no version from before a change of the original: `pending` compares with it."""
        overwrite = kwargs.get("overwrite_revision")
        if overwrite is not None and self._is_from_before_a_change(overwrite):
            kwargs["overwrite_revision"] = None
        revision = super().save_revision(*args, **kwargs)
        if self.machine_words_checked and not self.takes_only_remarks and isinstance(self, Page):
            MachineWords.objects.filter(page=self.pk).delete()
        return revision

    def _is_from_before_a_change(self, revision: Any) -> bool:
        original = originals.original_of(self)
        if original is None or original.source_version == self.source_version:
            return False
        since = originals.public_since(original)
        return since is not None and revision.created_at < since


class DismissedNotice(models.Model):
    """Somebody said of a notice beside a segment of the translation `page` that nothing is wrong there.

    It is no content and counts as no writing. `fingerprint`: `Notice.fingerprint_at`.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "fingerprint"], name="a_notice_is_put_away_once")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page_id}: {self.fingerprint}"


class MachineWords(models.Model):
    """What a machine wrote in one segment of the translation `page`, until a person has changed or checked it."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "path"], name="one_machine_translation_a_segment")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page_id}: {self.path}"
