"""The list of chapters in the admin, which is also where they are put in order; the files of document templates."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Concat
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import page_permission_policy

from approval.file_protection import visitor_may_open
from catalog.care import ChapterFilterSet
from catalog.models import CatalogIndexPage, ChapterPage, DocumentTemplate, TemplatesPage
from home import locales


class ChapterListView(IndexView):
    """Chapters of all languages. In their order: those of the Polish handbook, whose order gives all the numbers."""

    sort_order_field = "ord"
    """Not a field: Wagtail's lists of pages call the order of the tree so."""
    reorder_button = None
    base_filterset_class = ChapterFilterSet

    @cached_property
    def handbook(self) -> CatalogIndexPage | None:
        return CatalogIndexPage.objects.filter(locale_id=locales.id_of(settings.LANGUAGE_CODE)).first()

    def get_reorder_url(self) -> str | None:
        """Visitors meet the new order at once, so it asks for the same right as in the explorer."""
        if not self.handbook or not self.handbook.permissions_for_user(self.request.user).can_reorder_children():
            return None
        return reverse("chapter_position", args=[999999])  # the script puts the page in its place

    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons = super().header_buttons
        if self.get_reorder_url() and not self.show_ordering_column:
            url = f"{self.index_url}?ordering={self.sort_order_field}"
            buttons.append(HeaderButton(_("Change the order"), url=url, icon_name="order"))
        return buttons

    def get_base_queryset(self) -> Any:
        changeable = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        pages = (
            super()
            .get_base_queryset()
            .annotate(  # what else is selected, Wagtail's list drops
                may_change=Exists(changeable.filter(pk=OuterRef("pk"))),
                review_by=F("care__review_by"),
                keeper_name=Concat("care__keeper__first_name", Value(" "), "care__keeper__last_name"),
            )
        )
        return pages.child_of(self.handbook) if self.show_ordering_column and self.handbook else pages


class ChapterPositionView(SetPagePositionView):
    """Wagtail's counts all pages below the handbook, and its list has the chapters alone."""

    def post(self, request: HttpRequest, page_to_move_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        chapter = get_object_or_404(ChapterPage, pk=page_to_move_id)
        position = request.GET.get("position", "")
        chapters = list(ChapterPage.objects.sibling_of(chapter).in_order().values_list("pk", flat=True))
        if position.isdecimal() and len(position) < len("10000") and int(position) < len(chapters):
            siblings = list(chapter.get_siblings().order_by("path").values_list("pk", flat=True))
            asked = request.GET.copy()
            asked["position"] = str(siblings.index(chapters[int(position)]))
            request.GET = asked  # type: ignore[assignment]
        return super().post(request, page_to_move_id, *args, **kwargs)


@require_safe
def template_file(request: HttpRequest, key: str, extension: str) -> HttpResponseRedirect:
    """The file that is public today, at an address that stays.

    It leads on to the document's own address, which knows who may have it, its ETag and parts of it
    (home/downloads.py), and ends with a name that says what was saved.
    """
    shelf = DocumentTemplate.shelf(get_language()).values()
    file = next((template.file(extension) for template in shelf if template.key == key), None)
    # Where the handbook is closed, an address that many know opens nothing either.
    pages = TemplatesPage.objects.live().filter(locale_id=locales.id_of(get_language()))
    if file is None or not any(visitor_may_open(page, request) for page in pages):
        raise Http404
    return HttpResponseRedirect(file.document_url, headers={"Cache-Control": "no-cache"})
