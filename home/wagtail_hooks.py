"""Registers what the shared floor adds to Wagtail."""

from django.forms.utils import flatatt
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from approval.menu_items import PermittedMenuItem
from approval.roles import SEARCH_REPORT
from home import fact_rich_text
from home.fact_markup import FACT, FactHandler
from home.fact_viewsets import FactViewSet, due_panel, fact_choices
from home.rich_text import (
    LANGUAGE_MARKS,
    EditedPageLinkHandler,
    SiteDocumentLinkHandler,
    SitePageLinkHandler,
    kept_link,
    language_marks,
)
from home.search_report import SearchedView
from home.search_viewsets import SearchGroup
from home.search_why import WhyFoundView
from home.views import topic_suggestions
from home.viewsets import SiteSettingsViewSet

EDITOR_SCRIPTS = {
    "home/picture_words.js": {},
    "home/rich_text.js": {},
    "home/topics.js": {},
    "home/paste.js": {
        "data-make-tables": _("Make tables of them"),
        "data-tables-as-lines": _("The tables that you have pasted are lines of text here, as words follow them."),
    },
    "home/find_choices.js": {
        "data-found": _("Found: {count}"),
        "data-chosen": _("Chosen: {count}. Type to add another one."),
    },
    "home/table_buttons.js": {
        "data-group": _("Rows and columns"),
        "data-add-row": _("Add a row"),
        "data-remove-row": _("Remove the row"),
        "data-add-column": _("Add a column"),
        "data-remove-column": _("Remove the column"),
        "data-size": _("Rows: {rows}, columns: {columns}"),
    },
}
"""Scripts of the editor, with the words that they say."""

register_snippet(SiteSettingsViewSet)
register_snippet(SearchGroup)
register_snippet(FactViewSet)


@hooks.register("register_admin_urls")
def register_addresses():
    return [
        path("topics/<str:language>/", topic_suggestions, name="topic_suggestions"),
        path("facts/choices/", fact_choices, name="fact_choices"),
        path("searches/", SearchedView.as_view(), name="searched_words"),
        path("searches/results/", SearchedView.as_view(results_only=True), name="searched_words_results"),
        path("searches/why/", WhyFoundView.as_view(), name="why_found"),
    ]


@hooks.register("register_reports_menu_item")
def register_searched_words():
    return PermittedMenuItem(
        _("What people search for"),
        reverse("searched_words"),
        name="searches",
        icon_name="search",
        order=20,
        permission=SEARCH_REPORT,
    )


@hooks.register("register_page_header_buttons")
def register_why_found(page, user, view_name, next_url=None):
    """In the editor and the list below a page, for what visitors may find."""
    if page.live and page.depth > 2 and user.has_perm(SEARCH_REPORT):
        url = f"{reverse('why_found')}?page={page.pk}"
        yield Button(_("Why is a page found?"), url, icon_name="search", priority=90)


@hooks.register("insert_global_admin_js")
def add_upload_script():
    return format_html('<script type="module" src="{}"></script>', versioned_static("home/upload_size.js"))


@hooks.register("insert_editor_js")
def add_editor_scripts():
    scripts = ((versioned_static(name), flatatt(words)) for name, words in EDITOR_SCRIPTS.items())
    return format_html_join("\n", '<script type="module" src="{}"{}></script>', scripts)


@hooks.register("register_rich_text_features", order=10)
def register_links(features):
    features.register_link_type(SitePageLinkHandler)
    features.register_link_type(SiteDocumentLinkHandler)
    rule = features.converter_rules_by_converter["contentstate"]["link"]  # Wagtail's own
    rule["from_database_format"]['a[linktype="page"]'] = EditedPageLinkHandler("LINK")
    rule["to_database_format"]["entity_decorators"]["LINK"] = kept_link


@hooks.register("register_rich_text_features")
def register_language_marks(features):
    feature, rule = language_marks()
    features.register_editor_plugin("draftail", LANGUAGE_MARKS, feature)
    features.register_converter_rule("contentstate", LANGUAGE_MARKS, rule)


@hooks.register("register_rich_text_features")
def register_facts(features):
    features.register_embed_type(FactHandler)
    features.register_editor_plugin("draftail", FACT, fact_rich_text.feature())
    features.register_converter_rule("contentstate", FACT, fact_rich_text.RULE)


@hooks.register("construct_homepage_panels")
def add_due_facts(request, panels):
    if panel := due_panel(request):
        panels.append(panel)
