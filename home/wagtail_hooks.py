"""Registers what the shared floor adds to Wagtail."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from home.rich_text import LANGUAGE_MARKS, SiteDocumentLinkHandler, SitePageLinkHandler, language_marks
from home.viewsets import SiteSettingsViewSet

register_snippet(SiteSettingsViewSet)


@hooks.register("register_rich_text_features", order=10)
def register_links(features):
    features.register_link_type(SitePageLinkHandler)
    features.register_link_type(SiteDocumentLinkHandler)


@hooks.register("register_rich_text_features")
def register_language_marks(features):
    feature, rule = language_marks()
    features.register_editor_plugin("draftail", LANGUAGE_MARKS, feature)
    features.register_converter_rule("contentstate", LANGUAGE_MARKS, rule)
