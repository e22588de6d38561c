"""Items of the admin's menus."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem


class PermittedMenuItem(MenuItem):
    """A menu item for people with one permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


class AdministratorsMenuItem(MenuItem):
    """A menu item for superusers."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser
