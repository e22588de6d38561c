"""Titles in a sentence."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _


def quoted(titles: Iterable[Any]) -> str:
    """“One”, “Two”, with the quotation marks of the reader's language."""
    return ", ".join(_("“%(title)s”") % {"title": title} for title in titles)
