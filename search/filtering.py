"""The filters of a results page: what is chosen, and how many results each other choice leaves."""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from search import labels
from search.index import RELEVANCE, Query, get_index
from search.results import Choice, Filter

IS_VALUE = re.compile(r"[\w.-]{1,80}").fullmatch


def chosen(filters: Mapping[str, str]) -> dict[str, str]:
    """Taxonomy → value; what no taxonomy knows is left out."""
    found = {}
    for taxonomy in labels.taxonomies():
        value = str(filters.get(taxonomy.name, ""))
        known = taxonomy.values()
        if value and (value in known or (not known and IS_VALUE(value))):
            found[taxonomy.name] = value
    return found


def filters(words: str, query: Query, chosen: Mapping[str, str], order: str, counts: Mapping[str, int]) -> list[Filter]:
    """All taxonomies that leave a choice. `counts`: of the results as they are, by label.

    A filter in which something is chosen counts what there is without it.
    """
    found = []
    for taxonomy in labels.taxonomies():
        own = chosen.get(taxonomy.name, "")
        if own:
            others = replace(query, labels=query.labels - {f"{taxonomy.name}:{own}"})
            counted = get_index().find(others, 0, 0).labels
        else:
            counted = counts
        choices = list(_choices(taxonomy, own, counted, words, chosen, order))
        if len(choices) > 1 or own:
            label = str(taxonomy.label)
            found.append(Filter(taxonomy.name, label, choices, _address(words, chosen, order, taxonomy.name, "")))
    return found


def _choices(
    taxonomy: labels.Taxonomy, own: str, counts: Mapping[str, int], words: str, chosen: Mapping[str, str], order: str
) -> list[Choice]:
    prefix = f"{taxonomy.name}:"
    there = {label.removeprefix(prefix): count for label, count in counts.items() if label.startswith(prefix)}
    known = taxonomy.values()
    values = [value for value in known if value in there or value == own]
    if not known:
        values = sorted({*there, *([own] if own else [])}, reverse=True)  # years: the newest first
    return [
        Choice(
            value=value,
            label=str(known.get(value, value)),
            count=there.get(value, 0),
            is_chosen=value == own,
            query=_address(words, chosen, order, taxonomy.name, "" if value == own else value),
        )
        for value in values
    ]


def _address(words: str, chosen: Mapping[str, str], order: str, name: str, value: str) -> str:
    """What follows the question mark: as it is now, but for one filter."""
    parts = {"q": words, **chosen, name: value, "order": "" if order == RELEVANCE else order}
    return urlencode({key: part for key, part in parts.items() if part})
