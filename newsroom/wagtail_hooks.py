"""Registers what the editorial room adds to Wagtail; the things themselves live elsewhere."""

from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from approval import file_protection, log_actions
from approval.models import GatedMixin
from approval.permissions import TAKE_DOWN
from approval.views.ledger import VIEW
from newsroom import action_menu, admin_api, dashboard, outcome, staffing_panel, urls, workflow_menu
from newsroom.viewsets import GatedPageViewSet
from notifications import panels as mail_panel
from notifications.account import MailChoicePanel
from translation import buttons as translation_buttons
from translation.views import exchange
from translation.views.removal import DeleteManyView, MoveManyView, TakeDownManyView


class PermittedMenuItem(MenuItem):
    """A menu item for people with one permission."""

    def __init__(self, *args, permission: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


hooks.register("register_log_actions", log_actions.register)
hooks.register("construct_admin_api", admin_api.register_endpoints)


@hooks.register("register_admin_urls")
def register_addresses():
    return [path("editorial/", include(urls))]


@hooks.register("register_admin_viewset")
def register_gated_pages():
    return GatedPageViewSet()


@hooks.register("insert_global_admin_css")
def link_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("approval/records.css"))


# --- Reports --------------------------------------------------------------------------------


@hooks.register("register_reports_menu_item")
def register_ledger():
    return PermittedMenuItem(
        _("Publications"),
        reverse("approval:ledger"),
        name="publications",
        icon_name="clipboard-list",
        order=100,
        permission=VIEW,
    )


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


@hooks.register("register_reports_menu_item")
def register_translations():
    return MenuItem(
        _("Translations"),
        reverse("translation:report"),
        name="translation-report",
        icon_name="wagtail-localize-language",
        order=105,
    )


# --- The menu under the editor ----------------------------------------------------------------


@hooks.register("register_page_action_menu_item")
def register_take_down():
    return action_menu.TakeDownMenuItem(order=20)


@hooks.register("register_page_action_menu_item")
def register_withdraw():
    return action_menu.WithdrawMenuItem(order=25)


@hooks.register("register_page_action_menu_item")
def register_emergency():
    return action_menu.EmergencyMenuItem(order=200)


@hooks.register("register_snippet_action_menu_item")
def register_snippet_withdraw(model):
    return action_menu.SnippetWithdrawMenuItem(order=25) if issubclass(model, GatedMixin) else None


@hooks.register("register_snippet_action_menu_item")
def register_snippet_emergency(model):
    return action_menu.SnippetEmergencyMenuItem(order=200) if issubclass(model, GatedMixin) else None


@hooks.register("construct_page_action_menu")
def tidy_page_menu(items, request, context):
    action_menu.tidy(items)


@hooks.register("construct_snippet_action_menu")
def tidy_snippet_menu(items, request, context):
    action_menu.tidy(items)


# --- My account -------------------------------------------------------------------------------

hooks.register("register_account_settings_panel", MailChoicePanel)
hooks.register("construct_homepage_panels", mail_panel.warn)
hooks.register("construct_homepage_panels", staffing_panel.warn)


# --- What the gate can't see --------------------------------------------------------------------

hooks.register("before_bulk_action", file_protection.before_bulk_action)
hooks.register("before_serve_document", file_protection.keep_unpublished)
for bulk_action in (TakeDownManyView, MoveManyView, DeleteManyView):
    hooks.register("register_bulk_action", bulk_action, order=10)  # after Wagtail's own: the last one counts


# --- Translations -------------------------------------------------------------------------------


@hooks.register("register_permissions")
def register_translating():
    return Permission.objects.filter(content_type__app_label="wagtail_localize", codename="submit_translation")


@hooks.register("register_icons")
def register_language_icon(icons):
    return [*icons, "wagtail_localize/icons/wagtail-localize-language.svg"]


hooks.register("register_page_header_buttons", translation_buttons.in_header)
hooks.register("register_page_header_buttons", exchange.header_buttons)
hooks.register("register_page_listing_more_buttons", translation_buttons.in_listing)


# --- Desk, decision, story ---------------------------------------------------------------------

hooks.register("construct_homepage_panels", dashboard.arrange)
hooks.register("after_edit_page", outcome.tell_after_edit)
hooks.register("construct_page_action_menu", workflow_menu.steps)
hooks.register("construct_snippet_action_menu", workflow_menu.steps)
