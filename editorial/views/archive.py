"""Taking down, what was taken down, and the way back."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.pages.bulk_actions import UnpublishBulkAction
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import DefaultPageForm
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Page

from editorial import archive
from editorial.locks import locked
from editorial.models import Act, LedgerEntry
from editorial.permissions import TAKE_DOWN
from editorial.views.ledger import harmless, language, type_name
from editorial.views.subjects import SubjectView, address, edit_address


class TakeDownView(UnpublishView):
    """Wagtail's unpublishing, with room for a reason."""

    template_name = "editorial/take_down.html"
    page_title = _("Take down")
    success_message = _("Visitors no longer see “%(page_title)s”. It is in the archive.")

    def unpublish(self) -> HttpResponse | None:
        with transaction.atomic(), archive.saying(self.request.POST.get("reason", "")):
            # What was loaded a moment ago may be older than what somebody decided meanwhile.
            self.objects_to_unpublish = [
                locked(page) for page in sorted(self.objects_to_unpublish, key=lambda page: page.pk)
            ]
            return super().unpublish()


class TakeDownManyForm(DefaultPageForm):
    reason = forms.CharField(
        label=_("Reason (optional)"),
        help_text=_("It goes into the publication record and to the coordinators."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TakeDownManyView(UnpublishBulkAction):
    """The same for the pages that were ticked in a list: one reason for all of them."""

    display_name = _("Take down")
    aria_label = _("Take down selected pages")
    form_class = TakeDownManyForm
    template_name = "editorial/take_down_many.html"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        with archive.saying(form.cleaned_data["reason"]):
            return super().form_valid(form)

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        return super().execute_action([locked(page) for page in sorted(objects, key=lambda page: page.pk)], **kwargs)


class KeepView(DeleteView):
    """Deleting, except for what visitors have seen: that is explained and kept."""

    def dispatch(self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        page = Page.objects.filter(pk=page_id).first()
        if page is None or not _was_public(page):
            return super().dispatch(request, page_id, *args, **kwargs)
        permissions = page.permissions_for_user(request.user)
        if not permissions.can_edit():
            raise PermissionDenied
        said = gettext("“%(title)s” or a page below it was public, so it is kept with its history and never deleted.")
        if permissions.can_unpublish():
            said += " " + gettext("You can take it down here: then nobody but you and your team sees it.")
            target = reverse("wagtailadmin_pages:unpublish", args=(page_id,))
        else:
            target = reverse("wagtailadmin_pages:edit", args=(page_id,))
        messages.warning(request, said % {"title": page.get_admin_display_title()})
        return redirect(target)


def _was_public(page: Page) -> bool:
    return page.get_descendants(inclusive=True).filter(first_published_at__isnull=False).exists()


class RestoreView(SubjectView):
    """Brings an archived page back as it was approved."""

    permission = TAKE_DOWN
    page_title = _("Restore from the archive")
    header_icon = "folder-inverse"
    template_name = "editorial/restore.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "approved": archive.last_approved(self.object)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        archive.restore(self.object, request.user)
        messages.success(request, gettext("“%(title)s” is public again, as it was approved.") % {"title": self.title})
        return redirect(edit_address(self.object))


class RestoreColumn(Column):
    cell_template_name = "editorial/columns/restore.html"

    def get_value(self, instance: Page) -> str:
        return address("restore", instance)


class ArchiveView(ReportView):
    """Every page that was public and isn't: since when, who took it down, and why."""

    page_title = _("Archive")
    header_icon = "folder-inverse"
    model = Page
    index_url_name = "editorial:archive"
    index_results_url_name = "editorial:archive_results"
    default_ordering = "-taken_down_at"
    is_searchable = False
    columns = [
        TitleColumn("title", label=_("Title"), accessor="get_admin_display_title", get_url=edit_address),
        Column("type", label=_("Type"), accessor=type_name),
        Column("language", label=_("Language"), accessor=language),
        DateColumn("taken_down_at", label=_("Taken down"), sort_key="taken_down_at"),
        Column("taken_down_by", label=_("Who")),
        Column("taken_down_why", label=_("Reason")),
        RestoreColumn("restore", label=""),
    ]
    list_export = ["title", "taken_down_at", "taken_down_by", "taken_down_why"]
    export_headings = {
        "title": _("Title"),
        "taken_down_at": _("Taken down"),
        "taken_down_by": _("Who"),
        "taken_down_why": _("Reason"),
    }
    custom_field_preprocess = {
        name: {ReportView.FORMAT_CSV: harmless, ReportView.FORMAT_XLSX: harmless}
        for name in ("title", "taken_down_by", "taken_down_why")
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(TAKE_DOWN):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return "archive"

    def get_base_queryset(self) -> QuerySet:
        downs = LedgerEntry.objects.filter(
            act=Act.TAKEN_DOWN, content_type__app_label="wagtailcore", object_id=OuterRef("key")
        ).order_by("-pk")
        return (
            archive.archived_pages()
            .select_related("locale", "content_type")
            .annotate(key=Cast("pk", CharField()))
            .annotate(
                taken_down_at=Subquery(downs.values("at")[:1]),
                taken_down_by=Subquery(downs.values("user_name")[:1]),
                taken_down_why=Subquery(downs.values("reason")[:1]),
            )
            .order_by("-taken_down_at")
        )
