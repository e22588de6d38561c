"""wagtail-localize's part of the admin, imported as the site never does: none of its hooks is registered."""

from typing import Any
from unittest import mock

from django.urls import URLPattern, include, path, reverse
from wagtail import hooks


def _registers_nothing(_name: str, _function: Any = None, **_options: Any) -> Any:
    return lambda function: function


with mock.patch.object(hooks, "register", _registers_nothing):
    from wagtail_localize import synctree, wagtail_hooks

synchronize_tree = synctree.synchronize_tree

URLCONF = (path("admin/", include(wagtail_hooks.register_admin_urls())),)
"""Its addresses, where it would put them."""


def patterns() -> list[URLPattern]:
    return wagtail_hooks.register_admin_urls()[0].url_patterns


def address(pattern: URLPattern, numbers: dict[str, Any]) -> str:
    """The address of one of its views; `numbers` has a value for every name in it."""
    values = {name: numbers[name] for name in pattern.pattern.converters}
    return reverse(f"wagtail_localize:{pattern.name}", kwargs=values, urlconf=URLCONF)
