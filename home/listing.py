"""Filtering by link and splitting into pages, the same for every listing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict

PAGE_SIZE = 12
PAGE_PARAMETER = "page"


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool
    group: str = ""


@dataclass
class Facet:
    """One question of the filter form.

    `apply(items, value)` narrows a queryset; `counts` says how many items each value has in the
    whole listing. Values outside `labels` in an address are ignored: old links keep working.
    `groups` puts values under headings; `unlisted` values come by link only: the form offers them
    while they are chosen.
    """

    name: str
    label: Any
    labels: Mapping[str, Any]
    counts: Mapping[str, int]
    apply: Callable[[Any, str], Any]
    type: str = "select"
    groups: Mapping[str, str] = field(default_factory=dict)
    unlisted: Collection[str] = ()
    chosen: list[str] = field(default_factory=list)

    @property
    def options(self) -> list[Option]:
        return [
            Option(value, str(label), self.counts.get(value, 0), value in self.chosen, self.groups.get(value, ""))
            for value, label in self.labels.items()
            if value in self.chosen or (self.counts.get(value) and value not in self.unlisted)
        ]


@dataclass(frozen=True)
class Selected:
    """A filter that is on, and the link that takes it off."""

    label: str
    remove_url: str


class Filters:
    """The filter form of a listing, read from the address."""

    def __init__(
        self,
        facets: Iterable[Facet],
        query: QueryDict,
        fixed: Mapping[str, str] | None = None,
        fragment: str = "",
    ):
        """`fixed` parameters stay in every address, whatever is filtered; `fragment` is where the list begins."""
        self.fragment = f"#{fragment}" if fragment else ""
        self.fields = list(facets)
        self.fixed = dict(fixed or {})
        for facet in self.fields:
            values = [value for value in query.getlist(facet.name) if value in facet.labels]
            facet.chosen = list(dict.fromkeys(values))[:1] if facet.type == "select" else values

    def apply(self, items: Any) -> Any:
        for facet in self.fields:
            for value in facet.chosen:
                items = facet.apply(items, value)
        return items

    @cached_property
    def selected(self) -> list[Selected]:
        return [
            Selected(str(facet.labels[value]), self._address_without(facet.name, value))
            for facet in self.fields
            for value in facet.chosen
        ]

    @property
    def clear_url(self) -> str:
        return self._encode({})

    def address(self, **changes: str | int) -> str:
        """The address of this listing with `changes` to its parameters."""
        return self._encode({**self._parameters(), **{k: [str(v)] for k, v in changes.items()}})

    def _parameters(self) -> dict[str, list[str]]:
        return {facet.name: list(facet.chosen) for facet in self.fields if facet.chosen}

    def _address_without(self, name: str, value: str) -> str:
        parameters = self._parameters()
        parameters[name] = [kept for kept in parameters[name] if kept != value]
        return self._encode(parameters)

    def _encode(self, parameters: Mapping[str, list[str]]) -> str:
        query = QueryDict(mutable=True)
        for name, values in {**{k: [v] for k, v in self.fixed.items()}, **parameters}.items():
            query.setlist(name, values)
        return f"?{query.urlencode()}{self.fragment}"


@dataclass(frozen=True)
class PageLink:
    """A number in the pagination; without a number it stands for a gap."""

    number: int | None
    url: str = ""
    current: bool = False


class NarrowPaginator(Paginator):
    """Puts keys in order and fetches whole rows for one page only: sorting rows means carrying all their bodies."""

    def page(self, number: int | str) -> ResultsPage:
        results = super().page(number)
        keys = results.object_list
        if isinstance(self.object_list, QuerySet) and isinstance(keys, QuerySet):
            results.object_list = self.object_list.filter(pk__in=keys.values("pk"))
        return results


def paginate(items: Any, query: QueryDict, per_page: int = PAGE_SIZE) -> ResultsPage:
    """The asked-for page of `items`; a nonsensical number gives the nearest page."""
    return NarrowPaginator(items, per_page).get_page(query.get(PAGE_PARAMETER))


def page_links(results: ResultsPage, filters: Filters) -> list[PageLink]:
    """Links to the pages of `results`, shortened with gaps."""
    links = []
    for number in results.paginator.get_elided_page_range(results.number, on_each_side=1):
        if isinstance(number, int):
            url = filters.address(page=number) if number > 1 else filters.address()
            links.append(PageLink(number, url, number == results.number))
        else:
            links.append(PageLink(None))
    return links
