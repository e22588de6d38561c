"""Words that a book says of itself, in its language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override


def words_of(book: dict[str, Any]) -> dict[str, Any]:
    with override(book["language"]):
        return {
            "edition": _("Edition %(number)s") % {"number": book["number"]},
            "emblem": _("Flag of the European Union"),
            "about": _("About this edition"),
            "cite": _("Cite this"),
            "missing": _("Not in this edition, because not translated yet"),
            "contents": _("Contents"),
            "facts": [
                ["date", _("When")],
                ["who", _("Who")],
                ["time", _("How long")],
                ["purpose", _("What for")],
            ],
        }


def citation(book: dict[str, Any]) -> str:
    """The reference to copy: who, what, which edition, when, where."""
    with override(book["language"]):
        return _("%(author)s, “%(title)s”, edition %(number)s, %(date)s.") % {
            "author": book["author"],
            "title": book["title"],
            "number": book["number"],
            "date": book["date_words"],
        }
