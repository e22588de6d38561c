"""System checks: nothing public without the publish guard, nobody with "publish" by hand, enough people."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.models import DraftStateMixin, GroupPagePermission, Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from approval import staffing
from approval.models import GatedMixin
from approval.permissions import publish_permissions


@checks.register("approval")
def check_everything_public_is_gated(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """An error for each page type, snippet or setting that doesn't inherit the publish guard."""
    models = {model for model in get_page_models() if model is not Page} | set(get_snippet_models())
    models |= {
        model
        for model in apps.get_models()
        if issubclass(model, (DraftStateMixin, AbstractSetting)) and not issubclass(model, Page)
    }
    return [
        checks.Error(
            f"{model._meta.label} can be published without approval.",
            hint="Inherit approval.models.GatedMixin before Page or the workflow mixins.",
            obj=model,
            id="approval.E001",
        )
        for model in sorted(models, key=lambda model: model._meta.label)
        if not _is_gated(model)
    ]


def _is_gated(model: type) -> bool:
    """Whether the publish guard is asked before Wagtail publishes."""
    order = model.__mro__
    return GatedMixin in order and DraftStateMixin in order and order.index(GatedMixin) < order.index(DraftStateMixin)


@checks.register("approval")
def check_nobody_holds_publish(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Publish rights given by hand do nothing here, and mislead whoever gave them."""
    try:
        holders = _holders_of_publish()
    except (DatabaseError, ImproperlyConfigured):
        return []  # no database or no tables yet: this check also runs before `migrate`
    return [
        checks.Warning(
            f"The group “{name}” was given the right to publish, which nobody has here.",
            hint="Take it away in the group's settings, or run setup_site.",
            id="approval.W001",
        )
        for name in holders
    ]


def _holders_of_publish() -> list[str]:
    """Names of groups that may publish pages somewhere, or any model, sorted."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" not in name and not Path(name).exists():
        return []  # asking would make an empty file
    on_pages = GroupPagePermission.objects.filter(permission__codename="publish_page")
    on_models = Group.objects.filter(permissions__in=publish_permissions())
    return sorted({*on_pages.values_list("group__name", flat=True), *on_models.values_list("name", flat=True)})


@checks.register(checks.Tags.database)
def check_nothing_stops_the_newsroom(
    app_configs: Any, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Too few people in a role or at a step. Runs with `check --database default`, not at every start."""
    if "default" not in (databases or ()):
        return []
    try:
        gaps = staffing.gaps()
    except DatabaseError:
        return []  # no tables yet
    return [
        checks.Warning(
            gap.words,
            hint=f"{gap.link}: {settings.WAGTAILADMIN_BASE_URL}{gap.address}" if gap.address else None,
            obj=gap.key,
            id="approval.W002",
        )
        for gap in gaps
    ]
