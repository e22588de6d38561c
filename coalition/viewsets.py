"""The listing of this section in the admin menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from coalition.models import CoalitionIndexPage, MemberPage
from home.viewsets import SectionListingViewSet, columns


class MemberPageListingViewSet(SectionListingViewSet):
    model = MemberPage
    section = CoalitionIndexPage.section
    icon = "group"
    list_display = columns(
        Column("kind_label", label=_("Kind"), sort_key="kind"),
        Column("places", label=_("Where")),
    )
    list_filter = ["kind", "locale"]
    ordering = "title"


coalition_listing = MemberPageListingViewSet("coalition")
