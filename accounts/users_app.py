"""Wagtail's accounts with our list of them."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """In `INSTALLED_APPS` in the place of "wagtail.users": how Wagtail's guide replaces the viewset."""

    user_viewset = "accounts.viewsets.PersonViewSet"
