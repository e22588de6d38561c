"""Hooks: in the admin's menu of one's own account."""

from wagtail import hooks

from accounts import menu, panels

hooks.register("register_account_menu_item", menu.second_factor)
hooks.register("register_account_menu_item", menu.sessions)
hooks.register("construct_homepage_panels", panels.remind)
