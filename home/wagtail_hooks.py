"""Registers what the shared floor adds to Wagtail."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from home.rich_text import SitePageLinkHandler
from home.viewsets import SiteSettingsViewSet

register_snippet(SiteSettingsViewSet)


@hooks.register("register_rich_text_features", order=10)
def register_page_links(features):
    features.register_link_type(SitePageLinkHandler)
