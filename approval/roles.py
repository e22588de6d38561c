"""Who may do what: the one declaration of roles, permissions and the workflow.

`setup_site` makes what is missing of it and changes nothing else. Names are in Polish, because staff read them in the
admin; they are only what a new group, step or workflow is called first. Code finds them by key: `models/keys.py` says
which group holds a role and which workflow publishes, and a step carries its own key.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import pgettext_lazy

EDIT_OWN = ("add_page",)
EDIT_ALL = ("add_page", "change_page", "lock_page", "unlock_page")
# Nobody holds "publish": what goes live has been through the workflow (approval/publish_guard.py).

ADD_FILES = ("add_image", "choose_image", "add_document", "choose_document")
CHANGE_FILES = (*ADD_FILES, "change_image", "change_document")


@dataclass(frozen=True)
class Role:
    """A group of staff.

    `key` never changes; `label` is for sentences about the role, `name` for its new group. `pages`: page permissions
    on every language's tree, or with `translates` on all but the one of the originals; `files`: permissions on the
    root collection; `others`: model permissions as "app.codename". `lost`: others that an older version gave, which
    `setup_site` takes away again.
    """

    key: str
    label: Any
    name: str
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    translates: bool = False
    lost: tuple[str, ...] = ()


ADMIN = "wagtailadmin.access_admin"
SETTINGS = ("home.view_sitesettings", "home.change_sitesettings")
VENUES = ("events.view_venue", "events.add_venue", "events.change_venue")
FACTS = ("home.view_fact", "home.add_fact", "home.change_fact")
TEMPLATES = ("catalog.view_documenttemplate", "catalog.add_documenttemplate", "catalog.change_documenttemplate")
GLOSSARY = ("catalog.view_glossaryterm", "catalog.add_glossaryterm", "catalog.change_glossaryterm")
SEARCH_REPORT = "home.view_searchedwords"
SEARCH_WORDS = tuple(
    f"home.{action}_{model}"
    for model in ("searchsynonym", "searchrecommendation")
    for action in ("view", "add", "change")
)

EDITIONS = ("catalog.view_edition", "catalog.change_edition")
FEEDBACK_REPORT = "catalog.view_chapterfeedback"
HANDLE_FEEDBACK = "catalog.change_chapterfeedback"

TRANSLATE = "wagtail_localize.submit_translation"
"""To change texts in every language but the one of the originals: pages by their trees, snippets by their policy."""

MAKE_PATTERNS = "newsroom.add_pagepattern"
KEEP_PATTERNS = (MAKE_PATTERNS, "newsroom.change_pagepattern", "newsroom.delete_pagepattern")

AUTHORS = Role(
    "author",
    pgettext_lazy("role", "Authors"),
    "Autorki i autorzy",
    EDIT_OWN,
    ADD_FILES,
    (ADMIN, *VENUES, *FACTS, *GLOSSARY, *TEMPLATES, MAKE_PATTERNS, SEARCH_REPORT, FEEDBACK_REPORT),
)
LANGUAGE_EDITORS = Role(
    "reviewer",
    pgettext_lazy("role", "Language editors"),
    "Redakcja językowa",
    EDIT_ALL,
    CHANGE_FILES,
    (
        ADMIN,
        *VENUES,
        *FACTS,
        *GLOSSARY,
        *TEMPLATES,
        *KEEP_PATTERNS,
        SEARCH_REPORT,
        *SEARCH_WORDS,
        FEEDBACK_REPORT,
        HANDLE_FEEDBACK,
        *EDITIONS,
    ),
)
COORDINATORS = Role(
    "coordinator",
    pgettext_lazy("role", "Coordinators"),
    "Koordynacja",
    EDIT_ALL,
    CHANGE_FILES,
    (
        ADMIN,
        *SETTINGS,
        *KEEP_PATTERNS,
        *VENUES,
        "events.delete_venue",
        *FACTS,
        "home.delete_fact",
        *GLOSSARY,
        *TEMPLATES,
        "catalog.delete_glossaryterm",
        "catalog.delete_documenttemplate",
        SEARCH_REPORT,
        *SEARCH_WORDS,
        *EDITIONS,
        "catalog.add_edition",
        "catalog.delete_edition",
        FEEDBACK_REPORT,
        HANDLE_FEEDBACK,
        "home.delete_searchsynonym",
        "home.delete_searchrecommendation",
        "approval.take_down",
        "approval.withdraw_approval",
        "approval.publish_in_emergency",
        "approval.view_ledgerentry",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
)
TRANSLATORS = Role(
    "translator",
    pgettext_lazy("role", "Translators"),
    "Tłumaczenia",
    EDIT_ALL,
    ADD_FILES,
    (
        ADMIN,
        TRANSLATE,
        "home.view_sitesettings",
        "events.view_venue",
        "home.view_fact",
        "catalog.view_glossaryterm",
        "catalog.view_documenttemplate",
        MAKE_PATTERNS,
        SEARCH_REPORT,
        FEEDBACK_REPORT,
    ),
    translates=True,
    lost=("home.change_sitesettings", "events.add_venue", "events.change_venue"),
)
ROLES = (AUTHORS, LANGUAGE_EDITORS, COORDINATORS, TRANSLATORS)


@dataclass(frozen=True)
class Step:
    """One task of the workflow, the roles that may do it, and what it is."""

    key: str
    name: str
    roles: tuple[Role, ...]
    kind: Literal["review", "approval", "correction"]


@dataclass(frozen=True)
class Path:
    """A workflow: its steps in order."""

    key: str
    name: str
    steps: tuple[Step, ...] = field(default_factory=tuple)


PUBLICATION = Path(
    "publication",
    "Publikacja",
    (
        Step("review", "Redakcja językowa i dostępność", (LANGUAGE_EDITORS, COORDINATORS), "review"),
        Step("approval", "Zatwierdzenie", (COORDINATORS,), "approval"),
    ),
)

CORRECTION = Step("correction", "Drobna poprawka", (LANGUAGE_EDITORS, COORDINATORS), "correction")
"""The only step of a small correction of a public text (`corrections.py`); it stands in no workflow."""

IN_ONE_STEP = Path(PUBLICATION.key, PUBLICATION.name, PUBLICATION.steps[-1:])
"""For a team of two (setting APPROVAL_IN_ONE_STEP): each of the two steps needs somebody else besides the author."""
