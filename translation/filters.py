"""Which lines of the report on translations are shown."""

from typing import Any

import django_filters
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page

from approval.type_names import type_name_of
from translation import freshness
from translation.freshness import State

SECTION_DEPTH = 3
"""Sections stand under the home page, which stands under the root."""


def _page_types(_request: Any) -> QuerySet:
    found = freshness.originals().order_by().values("content_type")
    return ContentType.objects.filter(pk__in=found).order_by("app_label", "model")


def _sections(_request: Any) -> QuerySet:
    return freshness.originals().filter(depth=SECTION_DEPTH).order_by("path")


def _languages() -> list[tuple[str, Any]]:
    return [(code, name) for code, name in settings.WAGTAIL_CONTENT_LANGUAGES if code != settings.LANGUAGE_CODE]


class TypeFilter(django_filters.ModelChoiceFilter):
    """Types by the names that staff know."""

    class field_class(django_filters.ModelChoiceFilter.field_class):
        def label_from_instance(self, obj: ContentType) -> str:
            return type_name_of(obj.pk)


class TranslationsFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=State.choices, method="keep")
    language = django_filters.ChoiceFilter(label=_("Language"), choices=_languages, method="keep")
    title = django_filters.CharFilter(label=_("Title"), lookup_expr="icontains")
    section = django_filters.ModelChoiceFilter(label=_("Section"), queryset=_sections, method="filter_section")
    content_type = TypeFilter(label=_("Type"), queryset=_page_types)

    class Meta:
        model = Page
        fields = ["state", "language", "title", "section", "content_type"]

    def keep(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """Asked of each language by the view: a page is in another state in each."""
        return queryset

    def filter_section(self, queryset: QuerySet, name: str, section: Page) -> QuerySet:
        return queryset.filter(path__startswith=section.path)
