"""Every address of the site, as the resolver knows it, and with something in the places of its parameters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from django.views import static

PARAMETER = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(\w+)>")
UNNAMED = re.compile(r"\((?!\?)(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Address:
    """`name`: with its namespaces; the pattern where there is none, or another one has it too. `view`: who answers."""

    name: str
    pattern: str
    view: Any


def addresses() -> list[Address]:
    """All of them, each once: of several with one pattern the first one answers."""
    first: dict[str, Address] = {}
    for one in _walk(get_resolver(), "", ()):
        there = first.setdefault(one.pattern, one)
        if there.name == there.pattern != one.name:  # ours in the place of a package's, which has a name
            first[one.pattern] = Address(one.name, one.pattern, there.view)
    named: dict[str, Address] = {}
    for one in first.values():
        name = one.pattern if one.name in named else one.name
        named[name] = Address(name, one.pattern, one.view)
    return list(named.values())


def _walk(resolver: Any, before: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for one in resolver.url_patterns:
        pattern = before + str(one.pattern).removeprefix("^")
        if isinstance(one, URLResolver):
            yield from _walk(one, pattern, (*spaces, one.namespace) if one.namespace else spaces)
        elif isinstance(one, URLPattern) and one.callback is not static.serve:  # there or not, as DEBUG was at first
            pattern = pattern.removesuffix("$").removesuffix(r"\Z")
            yield Address(":".join((*spaces, one.name)) if one.name else pattern, pattern, one.callback)


def filled(pattern: str, values: dict[str, Any]) -> str:
    """The address of `pattern`; a parameter that `values` doesn't name gets the value of "*"."""
    address = PARAMETER.sub(lambda hit: str(values.get(hit[1] or hit[2], values["*"])), pattern)
    address = UNNAMED.sub(str(values["*"]), address)
    return "/" + re.sub(r"\\Z|[\\^$?]", "", address)
