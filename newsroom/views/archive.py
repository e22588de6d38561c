"""What was taken down, and the way back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Page

from approval import archive, exports
from approval.models import Act, LedgerEntry
from approval.permissions import TAKE_DOWN
from approval.type_names import type_name_about
from approval.views.subjects import SubjectView, address, edit_address
from translation import linked_actions as linked_with


class RestoreView(SubjectView):
    """Brings an archived page back as it was approved."""

    permission = TAKE_DOWN
    page_title = _("Restore from the archive")
    header_icon = "folder-inverse"
    template_name = "newsroom/restore.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "approved": archive.last_approved(self.object),
            "others": self.others(),
        }

    def others(self) -> list[Page]:
        return linked_with.archived_with(self.object) if isinstance(self.object, Page) else []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        others = self.others() if request.POST.get("translations") == linked_with.TOGETHER else []
        linked_with.restore([self.object, *others], request.user)
        for page in (self.object, *others):
            said = gettext("“%(title)s” is public again, as it was approved.")
            messages.success(request, said % {"title": self.title if page is self.object else page})
        return redirect(edit_address(self.object))


class RestoreColumn(Column):
    cell_template_name = "newsroom/columns/restore.html"

    def get_value(self, instance: Page) -> str:
        return address("newsroom:restore", instance)


class ArchiveView(exports.PlainExportMixin, ReportView):
    """Every page that was public and isn't: since when, who took it down, and why."""

    page_title = _("Archive")
    header_icon = "folder-inverse"
    model = Page
    index_url_name = "newsroom:archive"
    index_results_url_name = "newsroom:archive_results"
    default_ordering = "-taken_down_at"
    is_searchable = False
    columns = [
        TitleColumn("title", label=_("Title"), accessor="get_admin_display_title", get_url=edit_address),
        Column("type", label=_("Type"), accessor=type_name_about),
        Column("language", label=_("Language"), accessor="locale.get_display_name"),
        DateColumn("taken_down_at", label=_("Taken down"), sort_key="taken_down_at"),
        Column("taken_down_by", label=_("Who")),
        Column("taken_down_why", label=_("Reason")),
        RestoreColumn("restore", label=_("Action")),
    ]
    list_export = ["title", "taken_down_at", "taken_down_by", "taken_down_why"]
    export_headings = {
        "title": _("Title"),
        "taken_down_at": _("Taken down"),
        "taken_down_by": _("Who"),
        "taken_down_why": _("Reason"),
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
