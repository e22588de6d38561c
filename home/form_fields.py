"""Fields of the admin's forms that differ from Wagtail's."""

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.fields import RichTextField

from approval.clock_fields import ClockDateTimeField
from home.rich_text import RichTextFormField


def connect() -> None:
    """Called once, when the app is ready: the forms of pages and snippets use these fields."""
    override = {"form_class": ClockDateTimeField, "widget": AdminDateTimeInput}
    register_form_field_override(models.DateTimeField, override=override)
    register_form_field_override(RichTextField, override={"form_class": RichTextFormField})
