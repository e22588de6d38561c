"""What has changed in the handbook, in sentences for its readers."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from .chapter_page import LONGEST_SUMMARY, ChapterPage


class ChangeKind(models.TextChoices):
    NEW = "new", _("new chapter")
    CHANGE = "change", _("change")
    CORRECTION = "correction", _("correction of a mistake")


class ChapterChangeQuerySet(QuerySet):
    def public(self):
        """Of chapters that everybody can read: what isn't public, or is private, has no history for anybody."""
        return self.visible().filter(page__in=ChapterPage.objects.published().order_by().values("pk"))

    def visible(self):
        """Those that nobody has hidden since."""
        return self.filter(hidden_at__isnull=True)

    def below(self, index_page: Any):
        """Of the chapters of one handbook, so of one language."""
        return self.filter(page__path__startswith=index_page.path)

    def beside(self, page: Any):
        """Of the chapters of the handbook in which `page` stands."""
        return self.filter(page__path__startswith=page.path[: -page.steplen])

    def newest_first(self):
        return self.order_by("-at", "-pk")

    def with_chapters(self):
        return self.select_related("page").defer("page__body")


class ChapterChange(models.Model):
    """One change of substance, as it went live. Only the publication of a chapter writes it (catalog/changes.py).

    One that was wrong is hidden and stays so (catalog/changes_list.py): the row remains, as its day and its words are
    known by it, and what comes back with an older text brings no sentence back.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey("catalog.ChapterPage", on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(_("when"), db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ChangeKind)
    sentence = models.CharField(_("what changed"), max_length=LONGEST_SUMMARY, blank=True)
    revision_number = models.PositiveBigIntegerField(null=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, editable=False)

    objects = models.Manager.from_queryset(ChapterChangeQuerySet)()

    class Meta:
        default_permissions = ()
        verbose_name = _("change of a chapter")
        verbose_name_plural = _("changes of chapters")

    def __str__(self) -> str:
        return f"{self.page_id}, {self.at:%Y-%m-%d}: {self.sentence or self.kind}"

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()

    @property
    def is_named(self) -> bool:
        """Whether its kind is said: that a change is a change goes without saying."""
        return self.kind != ChangeKind.CHANGE
