"""The editions in the admin: their list, the form for a new one, how far it is, its files while it is a draft."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import register_permission_policy

from catalog.editions import beginning, files
from catalog.editions.forms import NewEditionForm
from catalog.models import Edition, EditionBuild
from home.search_viewsets import SearchWordsPolicy
from newsroom.viewsets import GatedSnippetViewSet

POLICY = SearchWordsPolicy(Edition, can_be_taken_down=True)
register_permission_policy(Edition, POLICY)


class NewEditionView(WagtailAdminTemplateMixin, FormView):
    """Not Wagtail's form: what is typed becomes an edition at once, and never by autosave."""

    page_title = gettext_lazy("New edition")
    header_icon = "doc-full"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not POLICY.user_has_permission(request.user, "add"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[NewEditionForm]:
        return NewEditionForm  # the viewset hands over one of the model, and a template

    def get_template_names(self) -> list[str]:
        return ["catalog/admin/new_edition.html"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse(Edition.snippet_viewset.get_url_name("list")), "label": _("Editions")}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.page_title}]

    def form_valid(self, form: NewEditionForm) -> HttpResponse:
        facts = {name: form.cleaned_data[name] for name in ("number", "language", "date", "notes")}
        try:
            edition = beginning.begin(self.request.user, **facts)
        except IntegrityError:  # somebody made it at the same moment
            form.add_error("number", _("There is an edition with this number in this language."))
            return self.form_invalid(form)
        messages.success(self.request, _("The approved text is frozen, and the files are being made."))
        return redirect(Edition.snippet_viewset.get_url_name("edit"), edition.pk)


class EditionViewSet(GatedSnippetViewSet):
    model = Edition
    add_view_class = NewEditionView
    icon = "doc-full"
    menu_label = gettext_lazy("Editions")
    copy_view_enabled = False
    list_display = [
        "__str__",
        DateColumn("date", label=gettext_lazy("Day")),
        Column("build", label=gettext_lazy("Files"), accessor=lambda row: row.build.get_state_display()),
        LiveStatusTagColumn(label=gettext_lazy("Status")),
        DateColumn("last_published_at", label=gettext_lazy("Published")),
    ]
    list_filter = ["language"]
    search_fields = ["number", "notes"]
    search_backend_name = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return Edition.objects.select_related("build").order_by("-date", "-pk")


# --- Beside it


def _edition(request: HttpRequest, pk: int, *actions: str) -> Edition:
    if not POLICY.user_has_any_permission(request.user, actions):
        raise PermissionDenied
    return get_object_or_404(Edition.objects.select_related("build"), pk=pk)


@require_GET
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """How far the files are, as a piece of the page."""
    edition = _edition(request, pk, "view", "change")
    newest = edition.get_latest_revision_as_object()
    context = {"build": edition.build, "files": files.rows(newest, draft=True)}
    html = render_to_string("catalog/admin/edition_progress.html", context, request)
    return JsonResponse({"html": html, "goes_on": edition.build.is_under_way})


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The files once more, after a job that failed or was ended."""
    edition = _edition(request, pk, "add")
    build: EditionBuild = edition.build
    if edition.is_fixed or edition.workflow_in_progress:
        messages.error(request, _("It has been sent or published, so its files stay."))
    elif build.is_under_way:
        messages.warning(request, _("Its files are being made just now."))
    else:
        beginning.repeat(build, request.user)
        messages.success(request, _("The files are being made again, of the same frozen text."))
    return redirect(Edition.snippet_viewset.get_url_name("edit"), pk)


@require_GET
def draft_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """A file of the newest version, for whoever reviews it."""
    edition = _edition(request, pk, "view", "change").get_latest_revision_as_object()
    if kind not in edition.files:
        raise Http404
    return files.response(request, edition, kind, f"{edition.language}-{edition.number}.{kind}", is_public=False)
