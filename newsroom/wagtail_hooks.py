"""Registers what the newsroom adds to Wagtail; the things themselves live elsewhere."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem

from approval import staffing
from approval.menu_items import PermittedMenuItem
from approval.models import GatedMixin
from approval.permissions import TAKE_DOWN
from approval.titles import pages_named_to
from newsroom import (
    action_menu,
    admin_api,
    content_checks,
    dashboard,
    guide,
    outcome,
    tour,
    urls,
    workflow_menu,
)
from newsroom.views import under_way
from newsroom.views.send_many import SendManyView
from newsroom.viewsets import GatedPageViewSet, PatternViewSet
from notifications.panels import warning

hooks.register("construct_admin_api", admin_api.register_endpoints, order=10)  # after Wagtail's: the last one counts
hooks.register("construct_page_chooser_queryset", admin_api.with_states)
hooks.register("construct_page_chooser_queryset", lambda pages, request: pages_named_to(request.user, pages))


@hooks.register("register_admin_urls")
def register_addresses():
    return [path("editorial/", include(urls))]


@hooks.register("insert_global_admin_css")
def link_admin_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/admin.css"))


@hooks.register("register_admin_viewset")
def register_gated_pages():
    return GatedPageViewSet()


@hooks.register("register_admin_viewset")
def register_patterns():
    return PatternViewSet()


hooks.register("register_bulk_action", SendManyView, order=10)  # after Wagtail's own: the last one counts


@hooks.register("construct_main_menu")
def leave_version_out(request, items):
    """Wagtail's own item says its version, which helps nobody who writes; everything else of it stays."""
    for number, item in enumerate(items):
        if item.name == "settings":
            items[number] = SubmenuMenuItem(
                item.label, item.menu, name=item.name, icon_name=item.icon_name, order=item.order
            )


# --- Reports --------------------------------------------------------------------------------


@hooks.register("register_reports_menu_item")
def register_under_way():
    return MenuItem(_("Texts under way"), reverse("newsroom:under_way"), name="texts", icon_name="tasks", order=10)


@hooks.register("construct_reports_menu")
def hide_what_says_nothing(request, items):
    """Wagtail's own reports are for administrators: the texts under way say the same in the newsroom's words."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in under_way.STOCK_REPORTS]


@hooks.register("register_reports_menu_item")
def register_archive():
    return PermittedMenuItem(
        _("Archive"),
        reverse("newsroom:archive"),
        name="archive",
        icon_name="folder-inverse",
        order=110,
        permission=TAKE_DOWN,
    )


# --- Help -----------------------------------------------------------------------------------

hooks.register("construct_help_menu", guide.tidy_menu)


@hooks.register("register_help_menu_item")
def register_guide():
    return MenuItem(_("How do I…?"), reverse("newsroom:help"), name="guide", icon_name="help", order=100)


@hooks.register("register_help_menu_item")
def register_tour():
    address = reverse("wagtailadmin_home") + "?tour=1"
    return MenuItem(_("Show me around the first screen"), address, name="tour", icon_name="view", order=200)


# --- The menu under the editor ----------------------------------------------------------------


@hooks.register("register_page_action_menu_item")
def register_take_down():
    return action_menu.TakeDownMenuItem(order=20)


@hooks.register("register_snippet_action_menu_item")
def register_snippet_take_down(model):
    return action_menu.SnippetTakeDownMenuItem(order=20) if issubclass(model, GatedMixin) else None


@hooks.register("register_page_action_menu_item")
def register_publication_time():
    return action_menu.PublicationTimeMenuItem(order=25)


@hooks.register("register_page_action_menu_item")
def register_undo():
    return action_menu.UndoMenuItem(order=30)


@hooks.register("register_snippet_action_menu_item")
def register_snippet_undo(model):
    return action_menu.SnippetUndoMenuItem(order=30) if issubclass(model, GatedMixin) else None


@hooks.register("register_page_listing_more_buttons")
def offer_undo(page, user, next_url=None):
    return action_menu.undo_button(page, user)


@hooks.register("register_page_action_menu_item")
def register_save_pattern():
    return action_menu.SavePatternMenuItem(order=150)


@hooks.register("register_page_action_menu_item")
def register_restriction():
    return action_menu.RestrictionMenuItem(order=160)


@hooks.register("register_page_action_menu_item")
def register_emergency():
    return action_menu.EmergencyMenuItem(order=200)


@hooks.register("register_snippet_action_menu_item")
def register_snippet_publication_time(model):
    return action_menu.SnippetPublicationTimeMenuItem(order=25) if issubclass(model, GatedMixin) else None


@hooks.register("register_snippet_action_menu_item")
def register_snippet_emergency(model):
    return action_menu.SnippetEmergencyMenuItem(order=200) if issubclass(model, GatedMixin) else None


@hooks.register("construct_page_action_menu")
def tidy_page_menu(items, request, context):
    action_menu.tidy(items)


@hooks.register("construct_snippet_action_menu")
def tidy_snippet_menu(items, request, context):
    action_menu.tidy(items)


# --- Dashboard, decision, timeline -----------------------------------------------------------------

hooks.register("construct_homepage_panels", warning("newsroom/dashboard/staffing.html", 20, staffing.gaps))
hooks.register("construct_homepage_panels", dashboard.arrange)
hooks.register("construct_homepage_panels", tour.offer)
for saved in ("after_create_page", "after_create_snippet", "after_edit_snippet"):
    hooks.register(saved, outcome.tell_after_sending)
hooks.register("after_edit_page", outcome.tell_after_edit)
hooks.register("construct_page_action_menu", workflow_menu.steps)
hooks.register("construct_snippet_action_menu", workflow_menu.steps)

# --- Content checks ---------------------------------------------------------------------------------

hooks.register("construct_wagtail_userbar", content_checks.replace_checker)
hooks.register("insert_editor_js", content_checks.script)
