"""Filtering by link and splitting into pages, the same for every listing."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from django.db.models import F, OrderBy, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict

PAGE_SIZE = 12
PAGE_PARAMETER = "page"
MARK_EVERY = 240  # rows; at most so many keys are read besides those of a page


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
            values = dict.fromkeys(value for value in query.getlist(facet.name) if value in facet.labels)
            facet.chosen = list(values)[:1] if facet.type == "select" else list(values)

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

    @property
    def key(self) -> str:
        """What tells the lists of a section apart, fit for the key of a cache."""
        return hashlib.blake2b(self.address().encode(), digest_size=16).hexdigest()

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


Remember = Callable[[str, Callable[[], Any]], Any]
"""`home.cache.remembered`, or something like it."""


class QueryPaginator(Paginator):
    """Reads the rows of one page, however long the list is and however far down the page.

    Keys alone are put in order, as sorting rows means carrying all their bodies. What is the same for each page of a
    list is remembered: its length, and the sort keys of every `MARK_EVERY`th row, from which reading begins.
    """

    object_list: QuerySet

    def __init__(self, items: QuerySet, per_page: int, remember: Remember | None) -> None:
        super().__init__(items, per_page)
        self.remember = remember

    @cached_property
    def count(self) -> int:
        return self.remember("count", self.object_list.count) if self.remember else self.object_list.count()

    def page(self, number: int | str) -> ResultsPage:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        mark, skipped = divmod(first, MARK_EVERY)
        marks = self.remember("marks", self._find_marks) if self.remember and mark and self._order else []
        if mark < len(marks):
            keys = self.object_list.filter(self._from(marks[mark]))
        else:  # near the top, or nothing is remembered, or the list has become shorter since it was counted
            keys, skipped = self.object_list, first
        keys = keys.values("pk")[skipped : skipped + self.per_page]
        return ResultsPage(self.object_list.filter(pk__in=keys), number, self)

    @cached_property
    def _order(self) -> list[tuple[str, bool]]:
        """A field and the key that put the list in order, and whether backwards; [] for an order of another kind."""
        order = self.object_list.query.order_by
        names = [name for name in order if isinstance(name, str)]
        if not len(names) == len(order) == 2 or names[1].removeprefix("-") != "pk":
            return []
        return [(name.removeprefix("-"), name.startswith("-")) for name in names]

    def _find_marks(self) -> list[tuple[Any, ...]]:
        order = [OrderBy(F(name), descending=backwards) for name, backwards in self._order]
        rows = self.object_list.annotate(number_in_list=Window(RowNumber(), order_by=order))
        rows = rows.annotate(number_after_mark=F("number_in_list") % MARK_EVERY)
        rows = rows.filter(number_after_mark=1).order_by("number_in_list")
        return list(rows.values_list(*(name for name, _backwards in self._order)))

    def _from(self, mark: tuple[Any, ...]) -> Q:
        """The row with these sort keys, and all that come after it."""
        (first, first_backwards), (second, second_backwards) = self._order
        later, last = "lt" if first_backwards else "gt", "lte" if second_backwards else "gte"
        after = Q(**{f"{first}__{later}": mark[0]}) | Q(**{f"{second}__{last}": mark[1]})
        return Q(**{f"{first}__{later}e": mark[0]}) & after  # a range for an index, and what is left of its first value


def paginate(items: Any, query: QueryDict, per_page: int = PAGE_SIZE, remember: Remember | None = None) -> ResultsPage:
    """The asked-for page of `items`, a queryset or a list; a nonsensical number gives the nearest page."""
    if isinstance(items, QuerySet):
        paginator: Paginator = QueryPaginator(items, per_page, remember)
    else:
        paginator = Paginator(items, per_page)
    return paginator.get_page(query.get(PAGE_PARAMETER))


class Addresses(Protocol):
    """What knows the addresses of a list."""

    def address(self, **changes: Any) -> str: ...


def page_links(results: ResultsPage, filters: Addresses) -> list[PageLink]:
    """Links to the pages of `results`, shortened with gaps."""
    links = []
    for number in results.paginator.get_elided_page_range(results.number, on_each_side=1):
        if isinstance(number, int):
            url = filters.address(page=number) if number > 1 else filters.address()
            links.append(PageLink(number, url, number == results.number))
        else:
            links.append(PageLink(None))
    return links
