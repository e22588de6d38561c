"""What the filters of the results are called, and their values, in words.

A label of a document is "name:value" (`Document.labels`). Whoever puts such labels into documents registers the words
for them here; a value without words is shown as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Taxonomy:
    """One filter. `values`: value → words in the reader's language, in the order of the choices.

    `headings`: value → what it stands under, where there are many.
    """

    name: str
    label: Text
    values: Callable[[], Mapping[str, Text]]
    headings: Mapping[str, Text] = field(default_factory=dict)


_registered: dict[str, Taxonomy] = {}


def register(taxonomy: Taxonomy) -> None:
    """Called once for each filter, when the apps are ready, in the order of the filters."""
    _registered[taxonomy.name] = taxonomy


def taxonomies() -> list[Taxonomy]:
    return list(_registered.values())
