"""Questions that are asked of the pages of every section."""

from collections import defaultdict

from django.db.models import Count
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

from home.cache import remembered

from .terms import PageTerm


def restricted_paths() -> list[str]:
    """Where the parts of the tree begin that aren't open to everybody; mostly there are none."""
    return remembered(
        "restricted-paths",
        lambda: list(PageViewRestriction.objects.order_by("page__path").values_list("page__path", flat=True)),
    )


class SitePageQuerySet(PageQuerySet):
    def published(self):
        """Live, open to everybody, and no alias: what a visitor may be shown."""
        pages = self.live().filter(alias_of__isnull=True)
        for path in restricted_paths():
            pages = pages.exclude(path__startswith=path)
        return pages

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

    def count_by(self, *fields: str) -> list[dict[str, int]]:
        """For each of `fields`, how many of these pages have each of its values; one query."""
        found: list[dict[str, int]] = [defaultdict(int) for _field in fields]
        for *values, number in self.order_by().values_list(*fields).annotate(Count("pk")):
            for counts, value in zip(found, values, strict=True):
                if value is not None:
                    counts[str(value)] += number
        return [dict(counts) for counts in found]
