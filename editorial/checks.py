"""System checks: nothing public without the gate, nobody with "publish" by hand."""

from typing import Any

from django.apps import apps
from django.core import checks
from wagtail.models import DraftStateMixin, Page, get_page_models

from editorial.models import GatedMixin


@checks.register("editorial")
def check_everything_public_is_gated(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A page type or a snippet with drafts that doesn't inherit the gate is an error."""
    models = [model for model in get_page_models() if model is not Page]
    models += [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [
        checks.Error(
            f"{model._meta.label} can be published without approval.",
            hint="Inherit editorial.models.GatedMixin before Page or the workflow mixins.",
            obj=model,
            id="editorial.E001",
        )
        for model in models
        if not issubclass(model, GatedMixin)
    ]


@checks.register("editorial", deploy=True)
def check_nobody_holds_publish(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Publish rights given by hand do nothing here, and mislead whoever gave them."""
    permissions = apps.get_model("wagtailcore", "GroupPagePermission")
    holders = permissions.objects.filter(permission__codename="publish_page").values_list("group__name", flat=True)
    return [
        checks.Warning(
            f"The group “{name}” was given the right to publish, which nobody has here.",
            hint="Take it away in the group's settings, or run setup_site.",
            id="editorial.W001",
        )
        for name in sorted(set(holders))
    ]
