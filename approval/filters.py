"""The filters of the reports."""

from typing import Any

import django_filters
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import Page, TranslatableMixin

from approval.models import Act, GatedMixin, LedgerEntry
from approval.models.ledger import LedgerQuerySet
from approval.type_names import type_name


def gated_types() -> QuerySet:
    models = [model for model in apps.get_models() if issubclass(model, GatedMixin)]
    types = ContentType.objects.get_for_models(*models).values()
    return ContentType.objects.filter(pk__in=[one.pk for one in types]).order_by("app_label", "model")


def _type_choices() -> list[tuple[int, str]]:
    return [(one.pk, type_name(one.model_class())) for one in gated_types()]


class DayRangeField(django_filters.fields.DateRangeField):
    """Days that the database can tell in its own time zone: the first and the last ones of all time it can't."""

    def clean(self, value: Any) -> Any:
        days = super().clean(value)
        if days and any(end and not 1 < end.year < 9999 for end in (days.start, days.stop)):
            raise ValidationError(_("There was nothing on that day."))
        return days


class DayRangeFilter(django_filters.DateFromToRangeFilter):
    field_class = DayRangeField


class LedgerFilterSet(WagtailFilterSet):
    act = django_filters.MultipleChoiceFilter(label=_("What happened"), choices=Act.choices)
    title = django_filters.CharFilter(label=_("Title"), lookup_expr="icontains", max_length=255)
    person = django_filters.ModelChoiceFilter(
        label=_("Person"),
        help_text=_("Published, wrote or approved it"),
        queryset=lambda request: get_user_model().objects.order_by("last_name", "username"),
        method="filter_person",
    )
    type = django_filters.ChoiceFilter(label=_("Type"), choices=_type_choices, method="filter_type")
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.WAGTAIL_CONTENT_LANGUAGES, method="filter_language"
    )
    at = DayRangeFilter(label=_("Date"), widget=DateRangePickerWidget)

    class Meta:
        model = LedgerEntry
        fields = ["act", "title", "person", "type", "language", "at"]

    def filter_person(self, queryset: LedgerQuerySet, name: str, user: Any) -> LedgerQuerySet:
        return queryset.naming(user)

    def filter_type(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        chosen = ContentType.objects.get_for_id(int(value))
        model = chosen.model_class()
        if model and issubclass(model, Page):
            return self._about_pages(queryset, Page.objects.filter(content_type=chosen))
        return queryset.filter(content_type=chosen)

    def filter_language(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        found = self._about_pages(queryset, Page.objects.filter(locale__language_code=value))
        for one in gated_types():
            model = one.model_class()
            if not issubclass(model, Page) and issubclass(model, TranslatableMixin):
                keys = _keys(model.objects.filter(locale__language_code=value))
                found = found | queryset.filter(content_type=one, object_id__in=keys)
        return found

    def _about_pages(self, queryset: QuerySet, pages: QuerySet) -> QuerySet:
        return queryset.filter(content_type=ContentType.objects.get_for_model(Page), object_id__in=_keys(pages))


def _keys(instances: QuerySet) -> QuerySet:
    return instances.order_by().annotate(text_key=Cast("pk", CharField())).values("text_key")
