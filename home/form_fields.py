"""Fields of the admin's forms that differ from Wagtail's."""

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput

from approval.clock_fields import ClockDateTimeField


def connect() -> None:
    """Called once, when the app is ready: the forms of pages and snippets use these fields."""
    override = {"form_class": ClockDateTimeField, "widget": AdminDateTimeInput}
    register_form_field_override(models.DateTimeField, override=override)
