"""Texts that go live at one moment: all of them or none."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from approval.models.ledger import LedgerEntry


class ReleaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(published_at=None, withdrawn_at=None)

    def due(self):
        """Those that may go live by now; whether all their texts are ready is another matter."""
        return self.open().filter(Q(publish_at=None) | Q(publish_at__lte=timezone.now())).order_by("publish_at", "pk")


class Release(models.Model):
    """Any number of texts. `publish_at`: None means as soon as all of them are approved."""

    class Rule(models.TextChoices):
        WAIT = "wait", _("all of them wait for the last one")
        ALONE = "alone", _("the original goes live alone, its translation follows when it is approved")

    publish_at = models.DateTimeField(_("go live at"), null=True)
    rule = models.CharField(_("if one isn't ready then"), max_length=5, choices=Rule, default=Rule.WAIT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    open_items: list[Any]
    """Of one that is locked (`locks.locked_release`): its items that are still to go live."""

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("texts that go live together")
        verbose_name_plural = _("texts that go live together")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.published_at is None and self.withdrawn_at is None

    def is_completed_by(self, page: int) -> bool:
        """Whether all texts go live as soon as the one with this number is approved."""
        # Those as well that are kept to others (`approval/visibility.py`).
        others = ReleaseItem._base_manager.filter(release=self, is_open=True).exclude(page=page)
        if self.publish_at and self.rule == self.Rule.ALONE:  # only a translation waits, and only for its original
            others = others.filter(page__locale=Locale.get_default())
        else:
            others = others.filter(approval=None)
        return self.is_due and not others.exists()

    @property
    def is_due(self) -> bool:
        return self.publish_at is None or self.publish_at <= timezone.now()


class ReleaseItem(models.Model):
    """One text of a release: a page, or the translation of one into `locale` that nobody has begun.

    `approval`: the entry of the ledger by which the version that it names waits for the others.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, related_name="release_items")
    translation_of = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)
    approval = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, null=True, related_name="release_items")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(is_open=True), name="page_in_one_open_release"),
            models.UniqueConstraint(
                fields=["translation_of", "locale"],
                condition=Q(is_open=True),
                name="translation_in_one_open_release",
            ),
        ]

    def __str__(self) -> str:
        return str(self.page or f"{self.translation_of} ({self.locale})")


def open_release_number(page: Any) -> int | None:
    """The number of the open release of the page `page`, asked now; None for snippets and where there is none."""
    if not isinstance(page, Page):
        return None
    return ReleaseItem.objects.filter(page=page.pk, is_open=True).values_list("release", flat=True).first()


def moment_of(text: Any) -> datetime | None:
    """When a version goes live: together with others, or at a time of its own; None where that isn't set."""
    number = open_release_number(text)
    if number is None:
        return getattr(text, "go_live_at", None)
    return Release.objects.filter(pk=number).values_list("publish_at", flat=True).first()


def open_release(page: Any) -> Subquery:
    """The number of the open release of the page whose number is `page`, an expression; None where there is none."""
    return Subquery(ReleaseItem.objects.filter(page=page, is_open=True).values("release")[:1])


def open_release_of_row() -> Subquery:
    """The same of each row of a query of pages."""
    return open_release(OuterRef("pk"))
