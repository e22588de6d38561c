"""Every address of the admin, as the resolver knows it, with numbers in the places of its parameters."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver


def patterns(resolver: Any = None, before: str = "") -> Iterator[str]:
    """The whole pattern of each address below /admin/."""
    for one in (resolver or get_resolver()).url_patterns:
        whole = before + str(one.pattern).removeprefix("^")
        if not "admin/".startswith(whole[:6]) and not whole.startswith("admin/"):
            continue
        if isinstance(one, URLResolver):
            yield from patterns(one, whole)
        elif isinstance(one, URLPattern):
            yield whole.removesuffix("$").removesuffix(r"\Z")


PARAMETER = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(\w+)>")


def filled(pattern: str, values: dict[str, Any]) -> str:
    """The address of `pattern`; a parameter that `values` doesn't name gets the value of "*"."""
    address = PARAMETER.sub(lambda hit: str(values.get(hit[1] or hit[2], values["*"])), pattern)
    address = re.sub(r"\(\\d\+\)|\(\[\^/\]\+\)|\(\.\*\)|\(\.\+\)", str(values["*"]), address)
    return "/" + address.replace("\\", "").replace("^", "").replace("$", "").replace("?", "")
