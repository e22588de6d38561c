"""Who may do what: the one declaration of groups, permissions and the workflow.

`setup_site` applies it, repairs what drifted, and keeps what people added. Group names are in
Polish, because staff read them in the admin.
"""

from dataclasses import dataclass, field
from typing import Literal

EDIT_OWN = ("add_page",)
EDIT_ALL = ("add_page", "change_page", "lock_page", "unlock_page")
# Nobody holds "publish": what goes live has been through the workflow (editorial/gate.py).

ADD_FILES = ("add_image", "choose_image", "add_document", "choose_document")
CHANGE_FILES = (*ADD_FILES, "change_image", "change_document")


@dataclass(frozen=True)
class Role:
    """A group of staff.

    `pages`: page permissions on every language's tree; `files`: permissions on the root
    collection; `others`: model permissions as "app.codename".
    """

    name: str
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    others: tuple[str, ...] = ("wagtailadmin.access_admin",)


SETTINGS = ("home.view_sitesettings", "home.change_sitesettings")

AUTHORS = Role("Autorki i autorzy", EDIT_OWN, ADD_FILES)
LANGUAGE_EDITORS = Role("Redakcja językowa", EDIT_ALL, CHANGE_FILES)
COORDINATORS = Role(
    "Koordynacja",
    EDIT_ALL,
    CHANGE_FILES,
    (
        "wagtailadmin.access_admin",
        *SETTINGS,
        "editorial.take_down",
        "editorial.withdraw_approval",
        "editorial.publish_in_emergency",
        "editorial.view_ledgerentry",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
)
TRANSLATORS = Role(
    "Tłumaczenia",
    EDIT_ALL,
    ADD_FILES,
    ("wagtailadmin.access_admin", "wagtail_localize.submit_translation", *SETTINGS),
)
ROLES = (AUTHORS, LANGUAGE_EDITORS, COORDINATORS, TRANSLATORS)


@dataclass(frozen=True)
class Step:
    """One task of the workflow, the groups that may do it, and what it is."""

    name: str
    roles: tuple[Role, ...]
    kind: Literal["review", "approval"]


@dataclass(frozen=True)
class Path:
    """A workflow: its steps in order."""

    name: str
    steps: tuple[Step, ...] = field(default_factory=tuple)


PUBLICATION = Path(
    "Publikacja",
    (
        Step("Redakcja językowa i dostępność", (LANGUAGE_EDITORS, COORDINATORS), "review"),
        Step("Zatwierdzenie", (COORDINATORS,), "approval"),
    ),
)

IN_ONE_STEP = Path(PUBLICATION.name, PUBLICATION.steps[-1:])
"""For a team of two (setting APPROVAL_IN_ONE_STEP): each of the two steps needs somebody else besides the author."""
