"""One line of a dashboard."""

from dataclasses import dataclass, field

MOST = 8
"""Rows of panels that only inform."""


@dataclass
class DashboardRow:
    """One text on the dashboard. `verb` is what its button says; `notes` are short sentences.

    `posts`: the button does something at once instead of leading somewhere.
    """

    title: str
    url: str
    verb: str = ""
    kind: str = ""
    language: str = ""
    notes: list[str] = field(default_factory=list)
    alarm: str = ""
    posts: bool = False
