"""Registers what this app adds to the admin."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet

from catalog import note_marks
from catalog.blocks.features import NOTE
from catalog.editions import viewsets as edition_viewsets
from catalog.models import CatalogIndexPage, ChapterPage
from catalog.notes import NoteHandler
from catalog.term_marks import TERM, TermHandler, feature
from catalog.views import ChapterListView
from catalog.viewsets import CatalogueGroup
from home.viewsets import register_listing

register_listing(
    CatalogIndexPage,
    ChapterPage,
    [Column("part_label", label=_("Part"), sort_key="part")],
    write=_("Write a chapter"),
    index_view_class=ChapterListView,
    icon="list-ol",
    list_filter=["part", "locale"],
    ordering="path",
)
register_snippet(CatalogueGroup)


@hooks.register("register_rich_text_features")
def register_terms(features):
    button, rule = feature()
    features.register_link_type(TermHandler)
    features.register_editor_plugin("draftail", TERM, button)
    features.register_converter_rule("contentstate", TERM, rule)


@hooks.register("register_admin_urls")
def edition_addresses() -> list:
    return [
        path("editions/<int:pk>/progress/", edition_viewsets.progress, name="catalog_edition_progress"),
        path("editions/<int:pk>/again/", edition_viewsets.again, name="catalog_edition_again"),
        path("editions/<int:pk>/file/<str:kind>/", edition_viewsets.draft_file, name="catalog_edition_draft"),
    ]


@hooks.register("register_rich_text_features")
def register_note_marks(features):
    features.register_link_type(NoteHandler)
    features.register_editor_plugin("draftail", NOTE, note_marks.feature())
    features.register_converter_rule("contentstate", NOTE, note_marks.RULE)
