"""Which page chose what, as an index of the database: for filters and for how many pages each choice has."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import models
from wagtail.models import Page

AT_A_TIME = 500  # pages in one query


class PageTerm(models.Model):
    """The saved row of `page` holds `key` in `taxonomy`: "this event is in Dębniki".

    The choice itself is a field of the page, and so part of its revisions and of what is approved. These rows only
    repeat what the page's own row says; they are written with it, and `manage.py rebuild_terms_index` puts them right.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    taxonomy = models.CharField(max_length=20)
    key = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["taxonomy", "key", "page"], name="one_row_a_term_of_a_page")]

    def __str__(self) -> str:
        return f"{self.taxonomy}: {self.key}"


def index_terms(pages: Sequence[Any]) -> int:
    """Make the rows of `pages` say what the pages say; returns how many rows were wrong."""
    wanted = {(page.pk, *term) for page in pages for term in page.get_terms()}
    rows = PageTerm.objects.filter(page__in=[page.pk for page in pages])
    there = {(row.page_id, row.taxonomy, row.key): row.pk for row in rows}
    gone = [pk for term, pk in there.items() if term not in wanted]
    new = [PageTerm(page_id=pk, taxonomy=taxonomy, key=key) for pk, taxonomy, key in wanted - there.keys()]
    if gone:
        PageTerm.objects.filter(pk__in=gone).delete()
    if new:
        PageTerm.objects.bulk_create(new, ignore_conflicts=True)
    return len(gone) + len(new)


def index_all_terms() -> int:
    """`index_terms` for every page of the site, after anything that went past Django's `save()`."""
    wrong = 0
    for model in apps.get_models():
        if getattr(model, "term_fields", None):
            keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(keys), AT_A_TIME):
                chunk = model.objects.filter(pk__in=keys[start : start + AT_A_TIME])
                chunk = chunk.only("pk", *model.term_fields.values(), *model.term_relations)
                wrong += index_terms(list(chunk.select_related(*model.term_relations or [None])))
    return wrong
