"""What this site leans on in other packages, and they promise nothing about. Read this first after an upgrade.

Each test says what to look at. When that is done, the new value goes into its table here.
"""

import importlib
import inspect
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from weakref import ReferenceType

import pytest
import wagtail
from django.conf import settings
from django.dispatch import Signal
from django.template import Engine, Template
from django.template.loader_tags import BlockNode, ExtendsNode
from django.urls import reverse
from wagtail import signals
from wagtail.admin import action_menu as page_menu
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import get_page_models
from wagtail.snippets import action_menu as snippet_menu
from wagtail.snippets.models import get_snippet_models

from approval.models import GatedMixin
from newsroom.viewsets import GatedPageViewSet, GatedSnippetViewSet

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def found(address: str) -> Any:
    """The thing that an address "package.module:Class.name" stands for."""
    module, path = address.split(":")
    thing: Any = importlib.import_module(module)
    for name in path.split("."):
        thing = getattr(thing, name)
    return thing


# --- Templates --------------------------------------------------------------------------------

COPIES = {
    "wagtailadmin/panels/publishing/schedule_publishing_panel.html": "6573d65f538d85d6",
    "wagtailadmin/shared/header.html": "37d78005e6612711",
    "wagtailadmin/shared/headers/_actions.html": "facea723b6b91762",
    "wagtailadmin/shared/page_status_tag.html": "9d4a2f8bd5792d3a",
    "wagtailadmin/shared/pagination_nav.html": "4d6da73d6fef03c3",
}
"""Templates of Wagtail's that stand here as changed copies: nothing in them can be replaced alone."""


def source(template: Template) -> str:
    return str(template.source)


def stock(name: str) -> Template:
    """The template that ours of the same name hides."""
    engine = Engine.get_default()
    ours = engine.get_template(name)
    return engine.find_template(name, skip=[ours.origin])[0]


def named() -> list[str]:
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


def extends(template: Template) -> ExtendsNode | None:
    return next((node for node in template.nodelist if isinstance(node, ExtendsNode)), None)


@pytest.mark.parametrize("name", COPIES)
def test_a_copied_template_is_still_the_one_that_was_copied(name):
    now = fingerprint(source(stock(name)))
    assert now == COPIES[name], (
        f"Wagtail {wagtail.__version__} has another {name}. Compare it with templates/{name}, take over what is new, "
        f"and see whether the copy is still needed (its first lines say what for). Then: {now}"
    )


def test_every_copy_is_known():
    hiding = {
        name for name in named() if name.startswith("wagtail") and not extends(Engine.get_default().get_template(name))
    }
    assert hiding == set(COPIES)


def blocks_above(node: ExtendsNode, history: list[Any]) -> set[str]:
    """Names of the blocks in everything that a template extends."""
    name = node.parent_name.resolve({})
    parent, origin = Engine.get_default().find_template(name, skip=history)
    names = {block.name for block in parent.nodelist.get_nodes_by_type(BlockNode)}
    above = extends(parent)
    return names | blocks_above(above, [*history, origin]) if above else names


def test_no_template_fills_a_block_that_is_gone():
    """Django says nothing then: the words would just be missing."""
    gone = {}
    for name in named():
        template = Engine.get_default().get_template(name)
        node = extends(template)
        if node is not None:
            filled = {block.name for block in node.nodelist if isinstance(block, BlockNode)}
            gone[name] = filled - blocks_above(node, [template.origin])
    assert not {name: missing for name, missing in gone.items() if missing}


WAGTAIL_ORG = {
    # template: how often
    "shared/side_panels/checks.html": 1,  # templates/wagtailadmin/shared/side_panels/checks.html leaves it out
}


def test_no_new_template_of_wagtail_leads_to_its_site():
    folder = Path(wagtail.__file__).parent / "admin" / "templates" / "wagtailadmin"
    found = {
        path.relative_to(folder).as_posix(): path.read_text().count("wagtail.org") for path in folder.rglob("*.html")
    }
    assert {name: count for name, count in found.items() if count} == WAGTAIL_ORG


# --- Names --------------------------------------------------------------------------------------

SIGNATURES = {
    # address: (signature, who leans on it)
    "wagtail.models:Page._slug_is_available": ("(slug, parent_page, page=None)", "translation.checks"),
    "wagtail.models:ReferenceIndex._extract_references_from_object": ("(object)", "approval.file_protection"),
    "wagtail.models:AbstractGroupApprovalTask._user_in_groups": ("(self, user)", "approval.models.tasks"),
    "wagtail.admin.views.pages.create:CreateView.get_side_panels": ("(self)", "newsroom.side_panels"),
    "wagtail.admin.views.pages.edit:EditView.get_side_panels": ("(self)", "newsroom.side_panels"),
    "wagtail.snippets.views.snippets:CreateView.get_side_panels": ("(self)", "newsroom.side_panels"),
    "wagtail.snippets.views.snippets:EditView.get_side_panels": ("(self)", "newsroom.side_panels"),
    "wagtail.locales.utils:get_locale_usage": ("(locale)", "translation.signals"),
    "wagtail_localize.strings:extract_strings": ("(html)", "translation.markup"),
    "wagtail_localize.strings:restore_strings": ("(template, strings)", "translation.markup"),
    "wagtail_localize.models:String._get_data_hash": ("(data)", "translation.memory"),
    "wagtail_localize.models:TranslationContext._get_path_id": ("(path)", "translation.memory"),
    "taggit.managers:_TaggableManager": (
        "(through, model, instance, prefetch_cache_name, ordering=None)",
        "approval.diff.content_lines",
    ),
}
"""Names that other packages keep for themselves, or don't document."""


@pytest.mark.parametrize("address", SIGNATURES)
def test_a_private_name_takes_what_it_took(address):
    expected, user = SIGNATURES[address]
    assert str(inspect.signature(found(address))) == expected, f"{address} has changed: look at {user}."


SOURCES = {
    # address: (fingerprint, what to look at)
    "wagtail.admin.views.pages.edit:EditView.send_commenting_notifications": (
        "c4067cd1affa8c96",
        "Who is told of comments: notifications.comments.tell_of_changes chooses the same people",
    ),
    "wagtail.admin.views.pages.edit:EditView.get_commenting_changes": (
        "94b7e4bcece456d5",
        "What was said: notifications.comments reads these lists",
    ),
    "wagtail.admin.views.pages.edit:EditView.dispatch": (
        "dec0aa9ca040c674",
        "Rights are asked before get() and post(): newsroom.views.edit relies on it",
    ),
    "wagtail.models:Page.permissions_for_user": (
        "33ddb263cc7f0c33",
        "A plain page asks the method of its own type: approval.models.gated relies on it",
    ),
    "wagtail.models:Page.route_for_request": (
        "5530d229b2de42ba",
        "The way to a page is kept on the request: home.routing finds it first",
    ),
    "wagtail.models:Site.find_for_request": (
        "4edb710b9fd353a0",
        "The site is kept on the request: home.routing finds it first",
    ),
    "wagtail.utils.apps:get_app_modules": (
        "ca57ccf2282e6279",
        "Hooks are looked for in AppConfig.module: translation.localize_app relies on it",
    ),
    "wagtail.admin.forms.account:NotificationPreferencesForm": (
        "3361a33e56aed582",
        "Choices of mails: notifications.account takes those about the workflow away",
    ),
    "wagtail.admin.rich_text.converters.contentstate:ContentstateConverter.from_database_format": (
        "c472ec0d4b51c3ea",
        "One parser for all threads: home.rich_text.OneAtATimeConverter goes when each call makes its own",
    ),
    "wagtail.admin.widgets:AdminDateInput": (
        "6af2e5486fef0fb7",
        "The calendar's options: home.widgets adds one to get_config, and goes when Wagtail lets a project do it",
    ),
    "treebeard.mp_tree:MP_AddChildHandler": (
        "a755255076d4df2c",
        "A new page's place depends on all pages beside it: approval.visibility lets Page.add_child see them",
    ),
    "wagtail.models.pages:BasePageManager.get_queryset": (
        "a22e0e70be89d2f1",
        "Where all queries of pages begin: approval.visibility stands before it",
    ),
    "wagtail.admin.widgets:AdminDateTimeInput": ("f0ef5067e1b2a0c3", "As AdminDateInput"),
    "wagtail.admin.views.generic.base:BaseListingView.search_queryset": (
        "6a7eef64f299b706",
        "Lists without an index: search.admin.lists stands before it",
    ),
    "wagtail.users.views.bulk_actions.user_bulk_action:UserBulkAction.get_all_objects_in_listing_query": (
        "dbe3bb45b3f012a0",
        "All accounts that a search finds: search.admin.lists stands before it",
    ),
    "modelsearch.backends.database.sqlite.sqlite:SQLiteSearchQueryCompiler.search": (
        "4b214294f3627b59",
        "How the admin searches on SQLite: search.admin.sqlite changes its parts",
    ),
    "modelsearch.backends.database.postgres.postgres:PostgresSearchQueryCompiler.search": (
        "8a732f3f3c613105",
        "How the admin searches on PostgreSQL: search.admin.postgresql changes its parts",
    ),
    "modelsearch.backends.database.sqlite.sqlite:ObjectIndexer": (
        "23ba659712147881",
        "What is asked of an object that is indexed: search.admin.objects.AnalysedObject answers it",
    ),
    "modelsearch.backends.database.postgres.postgres:ObjectIndexer": ("ce1c3dd642886eec", "As that of SQLite"),
}
"""Code whose work we do instead, or whose order we rely on."""


@pytest.mark.parametrize("address", SOURCES)
def test_code_that_we_stand_in_for_is_as_it_was(address):
    expected, what = SOURCES[address]
    now = fingerprint(inspect.getsource(found(address)))
    assert now == expected, f"{address} has changed. {what}. Then: {now}"


# --- Mails and signals ----------------------------------------------------------------------------

RECEIVERS = {
    "page_slug_changed": ["wagtail.contrib.redirects.signal_handlers.autocreate_redirects_on_slug_change"],
    "pre_validate_delete": ["wagtail.models.pages.reassign_root_page_locale_on_delete"],
    "post_page_move": ["wagtail.contrib.redirects.signal_handlers.autocreate_redirects_on_page_move"],
}
"""What installed packages do of themselves when Wagtail tells of something. No mails: notifications sends those."""


def receivers(signal: Signal) -> Iterator[str]:
    for _key, receiver, *_rest in signal.receivers:
        called = receiver() if isinstance(receiver, ReferenceType) else receiver
        kind: Any = called if inspect.isfunction(called) or inspect.ismethod(called) else type(called)
        if kind.__module__.startswith("wagtail"):
            yield f"{kind.__module__}.{kind.__qualname__}"


def test_wagtail_itself_tells_nobody_of_the_workflow():
    all_signals = {name: thing for name, thing in vars(signals).items() if isinstance(thing, Signal)}
    assert len(all_signals) >= 15, "the signals were found"
    connected = {name: listed for name, signal in all_signals.items() if (listed := sorted(receivers(signal)))}
    assert connected == RECEIVERS, (
        "Wagtail does something more, or less, by itself. A mail is disconnected in notifications.admin_app; "
        "anything else: think, and put it here."
    )


# --- The admin --------------------------------------------------------------------------------------


def test_every_page_type_and_gated_snippet_is_edited_in_our_views():
    reverse("wagtailadmin_home")  # viewsets are registered with the addresses of the admin
    others = [
        model
        for model in get_page_models()
        if not isinstance(page_viewset_registry.get_by_type(model), GatedPageViewSet)
    ]
    gated = [model for model in get_snippet_models() if issubclass(model, GatedMixin)]
    others += [model for model in gated if not isinstance(model.snippet_viewset, GatedSnippetViewSet)]
    assert not others, "They would be saved without newsroom.views.edit being asked."
    assert gated


def test_the_api_of_the_admin_has_the_actions_that_were_thought_about():
    assert set(PagesAdminAPIViewSet.actions) == {
        "convert_alias",
        "copy",
        "copy_for_translation",
        "create_alias",
        "delete",
        "move",
        "publish",
        "revert_to_page_revision",
        "unpublish",
    }, "Try the new one with every role, and take it away in newsroom.admin_api if it is a way round."


MENUS = {
    page_menu: {
        "action-cancel-workflow",
        "action-page-locked",
        "action-publish",
        "action-restart-workflow",
        "action-save-draft",
        "action-submit",
        "action-unpublish",
    },
    snippet_menu: {
        "action-cancel-workflow",
        "action-locked",
        "action-publish",
        "action-restart-workflow",
        "action-save",
        "action-submit",
        "action-unpublish",
    },
}


@pytest.mark.parametrize("menu", MENUS, ids=lambda menu: menu.__name__)
def test_the_menu_under_the_editor_has_the_items_that_were_thought_about(menu):
    names = {
        item.name
        for item in vars(menu).values()
        if inspect.isclass(item) and issubclass(item, menu.ActionMenuItem) and item.__module__ == menu.__name__
    }
    assert names - {"", None} == MENUS[menu], (
        "newsroom.action_menu takes items out by their names, newsroom.workflow_menu words others: see to the new one."
    )
