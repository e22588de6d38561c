"""What tasks are made of, whichever site they are done in."""

from dataclasses import dataclass, field
from typing import Any

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
MENU = "#wagtail-sidebar"
NEWEST_STATE = "select status from wagtailcore_workflowstate order by id desc"

STATE = """select status from wagtailcore_workflowstate where object_id =
    (select cast(id as text) from wagtailcore_page where draft_title like '{}%') order by id desc"""

WORDS = {
    "news": "Write a news item with a picture and send it",
    "review": "Review: a comment at a place in the text, then pass it on",
    "decide": "Decide on a phone",
    "mend": "Mend what was returned, and send it again",
    "translate": "Translate a page and send it",
    "pair": "Have a Polish text and its translation go live at one moment",
    "update": "Update a translation whose original has changed",
    "restore": "Bring an older version of a public page back",
    "undo": "Put back what was public before: a mistake is on the page",
    "typo": "Mend a typo on a public page, and send it",
    "agree": "Approve a typo that was mended, until visitors read it right",
    "time": "Let a text that is to be approved go live on the next working morning",
    "house": "See every text that is under way, and who has those that were returned",
    "reorder": "Change the order of chapters",
    "event": "Add an event with a picture and all that is known about access, and send it",
    "pattern": "Begin a training like those before, and send it",
    "settings": "Change the telephone number in the footer",
}
"""What a person is told, by the name of the task."""


def state_of(title: str) -> str:
    """A query: how the newest workflow of the page stands whose title begins so."""
    return STATE.format(title)


@dataclass(frozen=True)
class Click:
    """Press what is called `name`. `via`: pressed first where that isn't on the screen. `inside`: a CSS selector.

    `maybe`: only some versions ask for it. `row`: what stands beside it in its row or list item.
    """

    name: str
    roles: tuple[str, ...] = ("button", "link", "menuitem", "checkbox", "radio", "tab", "option")
    via: str = ""
    via_inside: str = "body"
    inside: str = "body"
    row: str = ""
    maybe: bool = False
    leaves: bool = False
    """It leads to another page: wait for that."""


@dataclass(frozen=True)
class Type:
    """Words into the field with this label (a pattern)."""

    label: str
    words: str
    maybe: bool = False


@dataclass(frozen=True)
class Choose:
    """An option of a drop-down list."""

    label: str
    option: str


@dataclass(frozen=True)
class Body:
    """A paragraph into the body: into the editor that is there, else into a block that is inserted."""

    words: str


@dataclass(frozen=True)
class Picture:
    """The first picture of the library, with a description."""

    button: str
    label: str
    words: str


@dataclass(frozen=True)
class TranslateAll:
    """Words into every field of the editor of segments, with the signs of links that the original has."""


@dataclass(frozen=True)
class Drag:
    """The handle of the first row of a list below the second row."""

    handle: str


Step = Click | Type | Choose | Body | Picture | TranslateAll | Drag


@dataclass(frozen=True)
class Task:
    """`name`: one of WORDS. `proof`: a query whose first row begins with `expected` once the task is done."""

    name: str
    person: str
    steps: tuple[Any, ...]
    proof: str
    expected: Any
    screen: dict[str, int] = field(default_factory=lambda: DESK)
    before: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    """What others did first: person and steps, which aren't counted."""
    other_way: tuple[Any, ...] = ()
    """Steps for a version in which `steps` don't lead there."""
