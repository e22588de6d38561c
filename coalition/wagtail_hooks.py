"""Registers what this app adds to the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from coalition.models import CoalitionIndexPage, MemberPage
from home.viewsets import register_listing

register_listing(
    CoalitionIndexPage,
    MemberPage,
    [Column("kind_label", label=_("Kind"), sort_key="kind"), Column("places", label=_("Where"))],
    write=_("Add a member"),
    icon="group",
    list_filter=["kind", "locale"],
    ordering="title",
)
