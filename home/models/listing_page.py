"""What every section has: a front page that lists what is below it."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import cached_property

from home import sections, seo
from home.cache import remembered
from home.listing import Facet, Filters, page_links, paginate
from home.page_cache import next_moment
from home.sections import Section

from .base import BasePage


class ListingPage(BasePage):
    """The front page of a section: it lists, filters and pages what is below it."""

    section: ClassVar[Section]
    teaser_template: ClassVar[str]
    hero_template: ClassVar[str] = ""
    page_size: ClassVar[int] = 12
    list_id: ClassVar[str] = ""  # where the list begins, on a page with much above it

    is_translated_by_segments = True
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    search_weight = 0.5

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "section" in cls.__dict__:
            sections.registry[cls.section.key] = cls

    def get_queryset(self):
        """Every published item of this section in this language, in its order."""
        raise NotImplementedError

    def get_items(self, limit: int | None = None):
        """The first `limit` items: what the home page shows of this section."""
        return self.get_queryset()[:limit]

    @property
    def feeds(self) -> list[dict[str, str]]:
        """Name and address of each feed of this section, as plain values."""
        return []

    @cached_property
    def counts(self) -> dict[str, dict[str, Any]]:
        """See `count_values`; counted once in a content generation."""
        return remembered(f"counts:{self.pk}", self.count_values)

    def count_values(self) -> dict[str, dict[str, Any]]:
        """What the questions of the filter form offer, as plain values: mostly how many items each value has."""
        return {}

    def get_facets(self) -> list[Facet]:
        """The questions of the filter form."""
        return []

    def get_parameters(self, request: HttpRequest) -> dict[str, str]:
        """Parameters that choose between lists of this section and outlast every filter."""
        return {}

    def get_results(self, request: HttpRequest):
        """The queryset that this address lists, before its filters."""
        return self.get_queryset()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        fixed = self.get_parameters(request)
        filters = Filters(self.get_facets(), request.GET, fixed, self.list_id)
        # A robot that asks for all combinations would drive everything else out of the cache.
        key = f"{self.pk}:{filters.key}" if len(filters.selected) < 2 else None
        results = paginate(
            filters.apply(self.get_results(request)),
            request.GET,
            self.page_size,
            key and (lambda name, find: remembered(f"{name}:{next_moment()}:{key}", find)),
        )
        context["list_key"] = key if results.number == 1 else None
        context["filters"] = filters
        context["results"] = results
        context["page_links"] = page_links(results, filters)
        # A filtered list is no page of its own for search engines; page 2 of the list is.
        query = {**fixed, **({"page": results.number} if results.number > 1 else {})}
        context["head"] = seo.Head(
            self,
            request,
            noindex=bool(filters.selected),
            query=f"?{urlencode(query)}" if query else "",
            topic=", ".join(chosen.label for chosen in filters.selected),
        )
        return context
