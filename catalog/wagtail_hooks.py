"""Registers what this app adds to the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column

from catalog import note_marks
from catalog.blocks.features import NOTE
from catalog.models import CatalogIndexPage, ChapterPage
from catalog.notes import NoteHandler
from catalog.views import ChapterListView
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


@hooks.register("register_rich_text_features")
def register_note_marks(features):
    features.register_link_type(NoteHandler)
    features.register_editor_plugin("draftail", NOTE, note_marks.feature())
    features.register_converter_rule("contentstate", NOTE, note_marks.RULE)
