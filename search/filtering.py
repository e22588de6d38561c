"""The filters of a results page: what is chosen, and how many results each other choice leaves."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from search import labels
from search.index import RELEVANCE, Query, get_index
from search.results import Choice, Filter

IS_VALUE = re.compile(r"[\w.-]{1,80}").fullmatch
LANGUAGE = "language"
IN_LANGUAGE = {"pl": _("In Polish"), "en": _("In English"), "uk": _("In Ukrainian")}


def chosen(filters: Mapping[str, str]) -> dict[str, str]:
    """Taxonomy → value; what no taxonomy knows is left out."""
    found = {}
    for taxonomy in labels.taxonomies():
        value = str(filters.get(taxonomy.name, ""))
        known = taxonomy.values()
        if value and (value in known or (not known and IS_VALUE(value))):
            found[taxonomy.name] = value
    return found


def language_in(filters: Mapping[str, str], reading: str) -> str:
    """The language whose pages are looked for: that of the reader, unless another one is chosen."""
    asked = str(filters.get(LANGUAGE, ""))
    return asked if asked in dict(settings.LANGUAGES) else reading


@dataclass(frozen=True)
class Filtering:
    """Of the results of `query` for `words`. `chosen`: taxonomy → value; `reading`: the reader's language."""

    words: str
    query: Query
    chosen: Mapping[str, str]
    reading: str

    def filters(self, counts: Mapping[str, int], elsewhere: Mapping[str, int]) -> list[Filter]:
        """All that leave a choice. `counts`: of the results as they are, by label; `elsewhere`: by other language.

        A filter in which something is chosen counts what there is without it.
        """
        found = [*self._by_label(counts), Filter(LANGUAGE, str(_("Language")), list(self._languages(elsewhere)))]
        return [one for one in found if one.choices]

    def _by_label(self, counts: Mapping[str, int]) -> Iterator[Filter]:
        for taxonomy in labels.taxonomies():
            own = self.chosen.get(taxonomy.name, "")
            counted = counts
            if own:
                others = replace(self.query, labels=self.query.labels - {f"{taxonomy.name}:{own}"})
                counted = get_index().find(others, 0, 0).labels
            choices = list(self._choices(taxonomy, own, counted))
            if len(choices) > 1 or own:
                yield Filter(taxonomy.name, str(taxonomy.label), choices)

    def _choices(self, taxonomy: labels.Taxonomy, own: str, counts: Mapping[str, int]) -> Iterator[Choice]:
        prefix = f"{taxonomy.name}:"
        there = {label.removeprefix(prefix): count for label, count in counts.items() if label.startswith(prefix)}
        known = taxonomy.values()
        values = [value for value in known if value in there or value == own]
        if not known:
            values = sorted({*there, *([own] if own else [])}, reverse=True)  # years: the newest first
        for value in values:
            yield Choice(
                value=value,
                label=str(known.get(value, value)),
                count=there.get(value, 0),
                is_chosen=value == own,
                query=self._address(taxonomy.name, "" if value == own else value),
                heading=str(taxonomy.headings.get(value, "")),
            )

    def _languages(self, counts: Mapping[str, int]) -> Iterator[Choice]:
        """Those that somebody may look into instead: the reader's own is where the way back from another leads."""
        for code, _name in settings.LANGUAGES:
            is_chosen = code == self.query.language
            if code != self.reading and (is_chosen or counts.get(code)):
                label = str(IN_LANGUAGE.get(code) or get_language_info(code)["name_translated"])
                address = self._address(LANGUAGE, "" if is_chosen else code)
                yield Choice(code, label, counts.get(code, 0), is_chosen, address)

    def _address(self, name: str, value: str) -> str:
        """What follows the question mark: as it is now, but for one filter."""
        language = self.query.language if self.query.language != self.reading else ""
        order = "" if self.query.order == RELEVANCE else self.query.order
        parts = {"q": self.words, **self.chosen, LANGUAGE: language, name: value, "order": order}
        return urlencode({key: part for key, part in parts.items() if part})
