"""One line of a dashboard."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from approval import dates, step_names

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


def at_step(step: Any) -> SafeString:
    """Where a text stands that waits at `step`."""
    facts = {"step": step_names.shown_name(step.task.name), "day": dates.day_of_work(step.started_at)}
    return sentence(_("At the step “%(step)s” since %(day)s."), **facts)


def sentence(words: str, **facts: Any) -> SafeString:
    """`words` with `facts` in their places (`%(day)s`): what is HTML stays so, what people typed is escaped."""
    return mark_safe(conditional_escape(words) % {name: conditional_escape(fact) for name, fact in facts.items()})
