"""Hooks: in the admin's menu of one's own account, and screens about accounts."""

from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from wagtail import hooks

from accounts import admin_urls, log_actions, menu, panels
from accounts.bulk_actions import AssignRoles, ClosePeople, DeletePeople

hooks.register("register_account_menu_item", menu.second_factor)
hooks.register("register_account_menu_item", menu.sessions)
hooks.register("construct_homepage_panels", panels.remind)
hooks.register("register_log_actions", log_actions.register)
for action in (DeletePeople, ClosePeople, AssignRoles):
    hooks.register("register_bulk_action", action, order=10)  # after Wagtail's own: the last one counts


@hooks.register("register_admin_urls")
def register_addresses():
    return [path("accounts/", include(admin_urls))]


@hooks.register("insert_global_admin_css")
def link_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("accounts/accounts.css"))
