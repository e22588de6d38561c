"""Registers what translation adds to Wagtail; the things themselves live elsewhere."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from translation import buttons, urls
from translation.views import exchange
from translation.views.removal import DeleteManyView, MoveManyView, TakeDownManyView


@hooks.register("register_admin_urls")
def register_addresses():
    return [path("editorial/", include(urls))]


@hooks.register("register_reports_menu_item")
def register_report():
    return MenuItem(
        _("Translations"),
        reverse("translation:report"),
        name="translation-report",
        icon_name="wagtail-localize-language",
        order=105,
    )


@hooks.register("register_permissions")
def register_translating():
    return Permission.objects.filter(content_type__app_label="wagtail_localize", codename="submit_translation")


@hooks.register("register_icons")
def register_language_icon(icons):
    return [*icons, "wagtail_localize/icons/wagtail-localize-language.svg"]


hooks.register("register_page_header_buttons", buttons.in_header)
hooks.register("register_page_header_buttons", exchange.header_buttons)
hooks.register("register_page_listing_more_buttons", buttons.in_listing)
for bulk_action in (TakeDownManyView, MoveManyView, DeleteManyView):
    hooks.register("register_bulk_action", bulk_action, order=10)  # after Wagtail's own: the last one counts
