"""Listings of their own in the admin menu, and what begins a page of them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import register_permission_policy

from approval.permissions import GatedSnippetPolicy
from home.models import SiteSettings
from home.sections import Section
from newsroom import dashboard
from newsroom.viewsets import GatedSnippetViewSet

MENU_START = 110  # after "Pages"
STOCK_COLUMNS = {column.name: column for column in IndexView.base_columns}


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


def register_listing(
    index_model: Any, model: Any, columns: Sequence[Column], write: str | Promise, **options: Any
) -> None:
    """Put the list of one section's pages into the admin menu, and a button onto the dashboard.

    Called by the section's `wagtail_hooks`. `columns` stand between Wagtail's own; `write` is what the button says;
    `options` are those of a `PageListingViewSet`.
    """
    first, last = ("bulk_actions", "title"), ("latest_revision_created_at", "status")
    attributes = {
        "section": index_model.section,
        "model": model,
        "list_display": [
            *(STOCK_COLUMNS[name] for name in first),
            *columns,
            *(STOCK_COLUMNS[name] for name in last),
        ],
        **options,
    }
    # A class, as Wagtail looks the columns and filters up there and not on the instance.
    viewset_class = type(f"{model.__name__}ListingViewSet", (SectionListingViewSet,), attributes)
    viewset = viewset_class(index_model.section.key)
    hooks.register("register_admin_viewset", lambda: viewset)
    dashboard.register_first_step(index_model.section.order, first_step(index_model, model, write))


def first_step(index_model: Any, model: Any, words: str | Promise) -> dashboard.FirstStep:
    """A button that begins a page of `model` in the language of the person, for those who may write one."""

    def step(request: HttpRequest) -> dashboard.Beginning | None:
        indexes = index_model.objects.filter(live=True).select_related("locale")
        index = min(indexes, key=lambda page: page.locale.language_code != get_language(), default=None)
        if index is None or not index.permissions_for_user(request.user).can_add_subpage():
            return None
        names = (model._meta.app_label, model._meta.model_name, index.pk)
        address = reverse("wagtailadmin_pages:add", args=names)
        return dashboard.Beginning(words, address, (model, index.locale_id))

    return step


register_permission_policy(SiteSettings, GatedSnippetPolicy(SiteSettings))


class SiteSettingsViewSet(GatedSnippetViewSet):
    """One entry per language; new ones come with a new language, from `setup_site`."""

    model = SiteSettings
    icon = "cog"
    menu_label = _("Name, menu and footer")
    menu_order = 10
    add_to_settings_menu = True
    ordering = "locale__pk"  # the language of the originals was there first
    list_display = ["name", "locale", DateColumn("last_published_at", label=_("Published"))]
