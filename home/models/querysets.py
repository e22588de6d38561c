"""Questions that are asked of the pages of every section."""

from collections import defaultdict

from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from .terms import PageTerm


class SitePageQuerySet(PageQuerySet):
    def published(self):
        """Live, open to everybody, and no alias: what a visitor may be shown.

        Wagtail's `public()` asks for all restrictions first; here the one query holds them.
        """
        asked_path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        restricted = PageViewRestriction.objects.annotate(asked_path=asked_path).filter(
            asked_path__startswith=F("page__path")
        )
        return self.live().filter(~Exists(restricted), alias_of__isnull=True)

    def in_locale_of(self, page: Page):
        return self.filter(locale_id=page.locale_id)

    def with_term(self, taxonomy: str, key: str):
        """Pages that chose `key` of `taxonomy`, or a place in it: one look into an index."""
        return self.filter(pk__in=PageTerm.objects.filter(taxonomy=taxonomy, key=key).values("page"))

    def count_terms(self) -> dict[str, dict[str, int]]:
        """How many of these pages chose each key, by taxonomy; one query."""
        terms = PageTerm.objects.filter(page__in=self.order_by().values("pk"))
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        for taxonomy, key, number in terms.values_list("taxonomy", "key").annotate(Count("pk")).order_by():
            counts[taxonomy][key] = number
        return counts

    def count_by(self, field: str) -> dict[str, int]:
        """How many of these pages have each value of `field`; one query."""
        counted = self.order_by().values_list(field).annotate(Count("pk"))
        return {str(value): number for value, number in counted if value is not None}
