"""Listings of their own in the admin menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import register_permission_policy

from editorial.permissions import GatedSnippetPolicy
from editorial.viewsets import GatedSnippetViewSet
from home.models import SiteSettings
from home.sections import Section

MENU_START = 110  # after "Pages"


STOCK_COLUMNS = {column.name: column for column in IndexView.base_columns}


def columns(*own: Column | str) -> list[Column | str]:
    """Wagtail's columns for pages, with this section's `own` ones after the title."""
    first, last = ("bulk_actions", "title"), ("latest_revision_created_at", "status")
    return [
        *(STOCK_COLUMNS[name] for name in first),
        *own,
        *(STOCK_COLUMNS[name] for name in last),
    ]


class SectionListingViewSet(PageListingViewSet):
    """All pages of one section in a flat list, in the section's place in the admin menu."""

    add_to_admin_menu = True
    section: Section

    @property
    def menu_label(self):
        return self.section.title

    @property
    def menu_order(self):
        return MENU_START + self.section.order


register_permission_policy(SiteSettings, GatedSnippetPolicy(SiteSettings))


class SiteSettingsViewSet(GatedSnippetViewSet):
    """One entry per language; new ones come with a new language, from `setup_site`."""

    model = SiteSettings
    icon = "cog"
    menu_label = _("Name, menu and footer")
    menu_order = 10
    add_to_settings_menu = True
    list_display = ["name", "locale", DateColumn("last_published_at", label=_("Published"))]
