"""The front page of the coalition: the street, the map, the filters, the list."""

from collections import Counter

from django.db import models
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from coalition import street
from coalition.districts import DISTRICTS, ZONE_NAMES, ZONE_NUMERALS
from coalition.models.facade_slot import FacadeSlot
from coalition.models.member_page import ZONES, Field, MemberKind, MemberPage, MemberQuerySet, in_language
from home import places
from home.cache import remembered
from home.listing import Facet
from home.models import BasePage, ListingPage
from home.models.item_page import PLACE
from home.sections import Section


class CoalitionIndexPage(ListingPage):
    section = Section(
        key="coalition",
        order=4,
        title=_("Coalition"),
        slug=pgettext_lazy("address", "coalition"),
        lead=_("Choose a district to see who works there. A member may work in several places."),
    )
    teaser_template = "coalition/teaser.html"
    hero_template = "coalition/facade.html"
    page_size = 100
    list_id = street.LIST_ID
    subpage_types = ["coalition.MemberPage"]
    page_description = _("The front page of the coalition: its members on a map and in a list.")

    join = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page about joining"),
    )

    content_panels = [*ListingPage.content_panels, FieldPanel("join")]

    class Meta:
        verbose_name = _("coalition index")
        verbose_name_plural = _("coalition indexes")

    def get_queryset(self):
        """All members, by their Polish profiles: a member without an English one is still one."""
        return MemberPage.objects.published().in_default_language().by_name()

    def get_items(self, limit: int | None = None) -> list[MemberPage]:
        return in_language(self.get_queryset()[:limit], self.locale_id)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        results = context["results"]
        members = results.object_list
        results.object_list = SimpleLazyObject(lambda: in_language(members, self.locale_id))
        (chosen,) = (facet.chosen for facet in context["filters"].fields if facet.name == "district")
        context["tiles"] = street.tiles(self.counts["district"], *chosen)
        return context

    @property
    def member_count(self) -> int:
        return sum(self.counts["kind"].values())

    def count_values(self):
        members = self.get_queryset()
        terms = members.count_terms()
        houses: Counter[str] = Counter()
        kinds, homes = members.count_by("kind", "home_district")
        for home, number in homes.items():
            if home in DISTRICTS:
                houses[f"{street.ZONE_PREFIX}{DISTRICTS[home].zone}"] += number
        return {
            "district": terms.get(PLACE, {}) | houses,
            "kind": kinds,
            "field": terms.get("field", {}),
        }

    @property
    def houses(self) -> list[street.StreetHouse]:
        """The street of the home page, drawn once per language and content generation."""
        return remembered(
            f"street:{self.language}", lambda: street.houses(self.get_items(), FacadeSlot.by_zone(), self.url)
        )

    @cached_property
    def join_page(self) -> BasePage | None:
        """Where the empty plot at the end of the street leads."""
        page = self.join.specific if self.join and self.join.live else None
        return page.localized if page and page.locale_id != self.locale_id else page

    @property
    def plot_svg(self) -> str:
        return street.plot(self.join_page.url if self.join_page else "")

    def get_facets(self):
        return [
            Facet(
                "district",
                _("District or city"),
                _place_labels(),
                self.counts["district"],
                MemberQuerySet.in_district,
                groups=places.CITY_OF,
                unlisted=ZONES,
            ),
            Facet(
                "kind",
                _("Kind"),
                dict(MemberKind.choices),
                self.counts["kind"],
                MemberQuerySet.of_kind,
            ),
            Facet(
                "field",
                pgettext_lazy("of work", "Field"),
                dict(Field.choices),
                self.counts["field"],
                MemberQuerySet.in_field,
            ),
        ]


def _place_labels() -> dict[str, str]:
    """Names of the values of the district filter: houses, then the cities with their districts."""
    houses = {
        value: gettext("Based in: %(place)s")
        % {"place": f"{ZONE_NAMES[zone]} ({ZONE_NUMERALS[zone]})" if zone in ZONE_NUMERALS else ZONE_NAMES[zone]}
        for value, zone in ZONES.items()
    }
    return houses | places.filter_labels()
