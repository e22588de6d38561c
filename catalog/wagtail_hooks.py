"""Registers what this app adds to the admin."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from approval.menu_items import PermittedMenuItem
from approval.roles import FEEDBACK_REPORT
from catalog import care, changes_list, log_actions, note_marks
from catalog.blocks.features import NOTE
from catalog.editions import viewsets as edition_viewsets
from catalog.feedback_report import FeedbackView, handle, handle_shown, remove_words
from catalog.models import CatalogIndexPage, ChapterPage
from catalog.notes import NoteHandler
from catalog.term_marks import TERM, TermHandler, feature
from catalog.views import ChapterListView, ChapterPositionView
from catalog.viewsets import CatalogueGroup
from home.viewsets import register_listing

register_listing(
    CatalogIndexPage,
    ChapterPage,
    [
        Column("part_label", label=_("Part"), sort_key="part"),
        care.CareColumn("care", label=_("To be read again"), sort_key="care__review_by"),
    ],
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


@hooks.register("register_admin_urls")
def register_addresses():
    return [
        path("chapters/position/<int:page_to_move_id>/", ChapterPositionView.as_view(), name="chapter_position"),
        path("chapters/care/<int:number>/", care.CareView.as_view(), name="chapter_care"),
        path("chapters/feedback/", FeedbackView.as_view(), name="chapter_feedback_report"),
        path("chapters/feedback/<int:number>/", handle, name="chapter_feedback_handle"),
        path("chapters/feedback/shown/", handle_shown, name="chapter_feedback_handle_shown"),
        path("chapters/feedback/<int:number>/words/", remove_words, name="chapter_feedback_remove_words"),
        path("chapters/changes/", changes_list.ChangesView.as_view(), name="chapter_changes"),
        path("chapters/changes/<int:number>/", changes_list.HideView.as_view(), name="chapter_change_hide"),
        path("editions/<int:pk>/progress/", edition_viewsets.progress, name="catalog_edition_progress"),
        path("editions/<int:pk>/again/", edition_viewsets.again, name="catalog_edition_again"),
        path("editions/<int:pk>/file/<str:kind>/", edition_viewsets.draft_file, name="catalog_edition_draft"),
    ]


@hooks.register("register_reports_menu_item")
def register_feedback():
    return PermittedMenuItem(
        _("Do the chapters help?"),
        reverse("chapter_feedback_report"),
        name="chapter-feedback",
        icon_name="comment",
        order=25,
        permission=FEEDBACK_REPORT,
    )


@hooks.register("register_page_header_buttons")
def register_care(page, user, view_name, next_url=None):
    """In the editor of a chapter and its row of a list."""
    if isinstance(page, ChapterPage) and page.permissions_for_user(user).can_edit():
        url = reverse("chapter_care", args=[page.pk])
        yield Button(_("Care of the chapter"), url, icon_name="calendar-check", priority=95)


hooks.register("construct_homepage_panels", care.offer)
hooks.register("register_log_actions", log_actions.register)
hooks.register("register_log_actions", changes_list.register)
