"""Who looks after which chapter, and what of it is overdue: the form, the dashboard, the list."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import page_permission_policy

from approval.row_keys import is_key
from catalog.models import ChapterCare, ChapterPage
from newsroom.dashboard import DashboardPanel
from newsroom.rows import MOST, DashboardRow

NEXT_REVIEW = timedelta(days=180)
OVERDUE = [("overdue", gettext_lazy("Overdue"))]


class CareForm(forms.ModelForm):
    class Meta:
        model = ChapterCare
        fields = ("keeper", "review_by")
        widgets = {"review_by": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["keeper"]
        people.queryset = get_user_model()._default_manager.filter(is_active=True).order_by("last_name", "first_name")


class CareView(WagtailAdminTemplateMixin, FormView):
    """Who looks after a chapter, and until when somebody has to read it again. Takes effect at once."""

    page_title = gettext_lazy("Care of the chapter")
    header_icon = "calendar-check"
    template_name = "catalog/care.html"
    form_class = CareForm

    @cached_property
    def chapter(self) -> ChapterPage:
        number = self.kwargs["number"]
        return get_object_or_404(ChapterPage, pk=number if is_key(number) else 0)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.chapter.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.chapter.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        chapters = {"url": reverse("catalog:index"), "label": _("Guidance Catalogue")}
        return [*super().get_breadcrumbs_items(), chapters, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        care = ChapterCare.objects.filter(page=self.chapter).first()
        return {**super().get_form_kwargs(), "instance": care or ChapterCare(page=self.chapter)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "chapter": self.chapter, "media": context["form"].media, "next_day": self.next_day}

    @property
    def next_day(self) -> Any:
        return timezone.localdate() + NEXT_REVIEW

    def form_valid(self, form: CareForm) -> HttpResponse:
        said = form.cleaned_data
        review_by = self.next_day if "has_read" in self.request.POST else said["review_by"]
        # Whatever the form began with: somebody else may have made the row meanwhile, and it has to be one.
        ChapterCare.objects.update_or_create(
            page=self.chapter, defaults={"keeper": said["keeper"], "review_by": review_by}
        )
        messages.success(self.request, _("Noted: “%(title)s”.") % {"title": self.chapter.get_admin_display_title()})
        return redirect("catalog:index")


# --- Where it is seen


class CareColumn(Column):
    """Of chapters with what `ChapterListView` adds to each of them."""

    cell_template_name = "catalog/columns/care.html"

    def get_value(self, instance: Any) -> Any:
        return instance.review_by

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        is_overdue = instance.live and instance.review_by is not None and instance.review_by < timezone.localdate()
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "chapter": instance, "is_overdue": is_overdue}


class ChapterFilterSet(PageFilterSet):
    care = django_filters.ChoiceFilter(label=gettext_lazy("To be read again"), choices=OVERDUE, method="keep_overdue")

    def keep_overdue(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(pk__in=ChapterCare.objects.overdue().values("page"))


def offer(request: HttpRequest, panels: list[Any]) -> None:
    """Hook `construct_homepage_panels`: chapters that are overdue, for who looks after them or may change them."""
    overdue = ChapterCare.objects.overdue().select_related("page__locale", "keeper").order_by("review_by", "pk")
    overdue = list(overdue.defer("page__body"))
    if not overdue:
        return
    may_change = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    theirs = set(may_change.filter(pk__in=[care.page_id for care in overdue]).values_list("pk", flat=True))
    # A join passes the manager that leaves out what is kept from whoever reads (`approval/visibility.py`).
    known = set(ChapterPage.objects.filter(pk__in=[care.page_id for care in overdue]).values_list("pk", flat=True))
    mine = {care.page_id for care in overdue if care.keeper_id == request.user.pk} & known
    rows = [_row(care) for care in overdue if care.page_id in theirs | mine]
    if rows:
        more_url = f"{reverse('catalog:index')}?care=overdue"
        panels.append(
            DashboardPanel("review", _("To be read again"), rows[:MOST], 115, count=len(rows), more_url=more_url)
        )


def _row(care: ChapterCare) -> DashboardRow:
    day = date_format(care.review_by, "j E Y") if care.review_by else ""
    return DashboardRow(
        title=care.page.get_admin_display_title(),
        url=reverse("wagtailadmin_pages:edit", args=[care.page_id]),
        kind=str(care.page._meta.verbose_name),
        language=str(care.page.locale),
        alarm=_("To be read again by %(day)s") % {"day": day},
        notes=[_("Looked after by %(name)s") % {"name": care.keeper.get_full_name()}] if care.keeper else [],
    )
