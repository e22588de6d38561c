"""Several chapters on one page: every id stays unique, and links from one to another lead within it. Pure functions."""

import re
from collections.abc import Mapping

TAG = re.compile(r"""<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>""")
NAMED = re.compile(
    r'(?P<begin>\s(?:id|for|headers|list|popovertarget|aria-(?:labelledby|describedby|details|controls|owns))=")'
    r'(?P<names>[^"]*)"'
)
LINK = re.compile(r'(?P<begin>\shref=")(?P<address>[^"]*)"')
GROUP = re.compile(r'(?P<begin>\sname=")(?P<name>[^"]*)"')
GROUPED = {"input", "details"}
"""Elements whose name joins them: two chapters must not share one group."""
OF_ALL = 'role="doc-glossref"'
"""A term is marked once on the whole page, and explained at its end: its link is no chapter's own."""
LOWEST = 6


def anchor_of(slug: str) -> str:
    return f"chapter-{slug}"


def as_part(markup: str, slug: str, slugs: Mapping[str, str]) -> str:
    """The rendered body of the chapter `slug` as a part of the whole handbook: headings a level lower.

    `slugs`: the address of each chapter → its slug.
    """
    anchor = anchor_of(slug)

    def rewritten(found: re.Match[str]) -> str:
        name, attributes = found["name"], found["attributes"]
        if re.fullmatch(r"[hH][1-6]", name):
            name = f"h{min(int(name[1]) + 1, LOWEST)}"
        if attributes and OF_ALL not in attributes:
            attributes = NAMED.sub(lambda one: f'{one["begin"]}{_prefixed(one["names"], anchor)}"', attributes)
            attributes = LINK.sub(lambda one: f'{one["begin"]}{_target(one["address"], anchor, slugs)}"', attributes)
            if name.lower() in GROUPED:
                attributes = GROUP.sub(lambda one: f'{one["begin"]}{anchor}--{one["name"]}"', attributes)
        return f"<{found['end']}{name}{attributes}>"

    return TAG.sub(rewritten, markup)


def _prefixed(names: str, anchor: str) -> str:
    return " ".join(f"{anchor}--{name}" for name in names.split())


def _target(address: str, anchor: str, slugs: Mapping[str, str]) -> str:
    page, _hash, place = address.partition("#")
    if not page:
        return f"#{anchor}--{place}" if place else address
    if page not in slugs:
        return address
    there = anchor_of(slugs[page])
    return f"#{there}--{place}" if place else f"#{there}"
