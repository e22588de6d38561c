"""The house keeps its plan: directions of imports, sizes, names of files, what every page type and block declares."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template
from wagtail import blocks
from wagtail.models import get_page_models

from home.blocks.body import BodyBlock
from home.blocks.listing import HomeBlock
from home.models import BasePage, ListingPage
from home.sections import registry

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "home",
    "newsroom",
    "accounts",
    "operations",
    "notifications",
    "translation",
    "approval",
    "search",
    "news",
    "catalog",
    "coalition",
    "events",
    "site_config",
    "scripts",
)
CONTENT = ("news", "catalog", "coalition", "events")
MOST_LINES = 250
# Longer, each for its reason. Whoever shortens one takes its name away; nothing else may be longer.
LONG = {
    "approval/models/gated.py",  # one thought: what saving and publishing mean, and what they ask
    "coalition/facade.py",  # one drawing: its parts share their measures
    "news/models.py",
    "site_config/settings.py",  # one list of what the site is made of
}
# Files of the same role have the same name in every app.
ROLES = {
    "__init__", "apps", "blocks", "demo", "feeds", "forms", "measuring", "models", "panels", "permissions",
    "signals", "sitemaps", "tasks", "urls", "views", "viewsets", "wagtail_hooks",
}  # fmt: skip
# What an app has besides: one subject a file.
SUBJECTS = {
    "news": set(),
    "catalog": {
        "care",
        "changes",
        "changes_list",
        "feedback",
        "feedback_limits",
        "feedback_report",
        "log_actions",
        "note_marks",
        "notes",
        "term_marks",
        "whole",
    },
    "coalition": {"districts", "facade", "street"},
    "events": {"accessibility", "calendars", "times"},
}
PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


def modules() -> list[Path]:
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return [path.relative_to(ROOT) for path in found if "migrations" not in path.parts]


def named(page_type: type) -> str:
    return page_type.__name__


def test_imports_point_down_never_sideways():
    command = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)  # noqa: S603
    assert result.returncode == 0, result.stdout


def test_no_module_is_too_long_to_read():
    lengths = {path.as_posix(): len((ROOT / path).read_text().splitlines()) for path in modules()}
    assert {path for path, length in lengths.items() if length > MOST_LINES} <= LONG


@pytest.mark.parametrize("app", CONTENT)
def test_files_are_named_by_their_role(app):
    assert {path.stem for path in (ROOT / app).glob("*.py")} <= ROLES | SUBJECTS[app]


@pytest.mark.parametrize("app", CONTENT)
def test_home_names_no_content_app(app):
    users = [str(path) for path in modules() if path.parts[0] == "home" and f'"{app}.' in (ROOT / path).read_text()]
    assert users == []


def test_every_app_is_at_home_in_the_house():
    own = {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    assert own <= set(ROOMS)


NAMED_BY_PEOPLE = r"(?:Group|Task|FourEyesTask|Workflow)"
BY_NAME = re.compile(
    rf"\b{NAMED_BY_PEOPLE}\.objects\.(?:filter|exclude|get|get_or_create|update_or_create)\([^()]*\bname(?:__\w+)?="
    r"|\b(?:groups?|tasks?|workflows?)__name(?:__\w+)?="
)


def test_nothing_finds_a_group_a_step_or_the_workflow_by_a_name_that_people_change():
    """They have keys (approval/models/keys.py). Wagtail's own, before a site is set up, have only names."""
    paths = [*modules(), *(path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py"))]
    found = [
        f"{path}: {hit[0]}"
        for path in paths
        for hit in BY_NAME.finditer((ROOT / path).read_text())
        if "STOCK_" not in (ROOT / path).read_text()[hit.start() : hit.end() + 20]
    ]
    assert found == []


# --- Page types -----------------------------------------------------------------------------


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=named)
def test_every_page_type_says_what_it_is_for(page_type):
    assert str(page_type.page_description).endswith(".")


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=named)
def test_every_page_type_has_its_template(page_type):
    get_template(page_type.template)


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=named)
def test_every_page_type_has_its_place(page_type):
    assert "parent_page_types" in dir(page_type) and page_type.parent_page_types
    assert "wagtailcore.Page" not in page_type.parent_page_types or named(page_type) == "HomePage"


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=named)
def test_every_page_type_finds_itself_in_search_by_title_and_lead(page_type):
    fields = {field.field_name for field in page_type.search_fields}
    assert {"title", "lead"} <= fields


@pytest.mark.parametrize("section", registry.values(), ids=named)
def test_every_section_has_a_teaser_for_the_home_page(section):
    assert issubclass(section, ListingPage)
    get_template(section.teaser_template)


# --- Blocks ---------------------------------------------------------------------------------

PICKED = [*BodyBlock().child_blocks.items(), *HomeBlock().child_blocks.items()]
every_block = pytest.mark.parametrize(("name", "block"), PICKED, ids=[f"{n}" for n, _block in PICKED])


@every_block
def test_every_block_says_what_it_is_for(name, block):
    assert str(block.get_description()).endswith((".", "”")), name


@every_block
def test_every_block_has_a_name_and_an_icon(name, block):
    assert str(block.label) and block.meta.icon != blocks.Block._meta_class.icon, name


@every_block
def test_every_block_has_its_template(name, block):
    get_template(block.meta.template)


# Pictures and files come from the library, which a preview cannot know.
FROM_THE_LIBRARY = {"image", "gallery", "documents"}


@pytest.mark.parametrize(("name", "block"), BodyBlock().child_blocks.items(), ids=list(BodyBlock().child_blocks))
def test_every_block_of_a_body_has_a_preview(name, block):
    has_value = hasattr(block.meta, "preview_value") or getattr(block.meta, "preview_template", None)
    assert has_value or name in FROM_THE_LIBRARY
