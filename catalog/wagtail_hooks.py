"""Registers what this app adds to the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet

from catalog import note_marks
from catalog.blocks.features import NOTE
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
def register_marks(features):
    features.register_link_type(NoteHandler)
    features.register_editor_plugin("draftail", NOTE, note_marks.feature())
    features.register_converter_rule("contentstate", NOTE, note_marks.RULE)
    button, rule = feature()
    features.register_link_type(TermHandler)
    features.register_editor_plugin("draftail", TERM, button)
    features.register_converter_rule("contentstate", TERM, rule)
