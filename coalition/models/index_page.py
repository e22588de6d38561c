"""The front page of the coalition: the street, the map, the filters, the list."""

from django.core.cache import cache
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from coalition import street
from coalition.districts import CITIES, DISTRICTS, ZONE_NAMES, ZONE_NUMERALS
from coalition.models.facade_slot import FacadeSlot
from coalition.models.member_page import ZONES, Field, Kind, MemberPage, MemberQuerySet, in_language
from home.cache import MAX_AGE, generation
from home.listing import Facet, count_values
from home.models import BasePage, ListingPage
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
        results.object_list = in_language(results.object_list, self.locale_id)
        context["tiles"] = street.tiles(self._districts_of_all, request.GET.get("district", ""))
        return context

    @cached_property
    def _districts_of_all(self) -> list[list[str]]:
        return list(self.get_queryset().values_list("districts", flat=True))

    @cached_property
    def member_count(self) -> int:
        return len(self._districts_of_all)

    @property
    def houses(self) -> list[street.StreetHouse]:
        """The street of the home page, drawn once per language and content generation."""
        key = f"street:{generation()}:{self.language}"
        drawn = cache.get(key)
        if drawn is None:
            drawn = street.houses(self.get_items(), FacadeSlot.by_zone(), self.url)
            cache.set(key, drawn, MAX_AGE)
        return drawn

    @cached_property
    def join_page(self) -> BasePage | None:
        """Where the empty plot at the end of the street leads."""
        page = self.join.specific if self.join and self.join.live else None
        return page.localized if page and page.locale_id != self.locale_id else page

    @property
    def plot_svg(self) -> str:
        return street.plot(self.join_page.url if self.join_page else "")

    def get_facets(self):
        facts = list(self.get_queryset().values_list("kind", "fields", "home_district"))
        places = count_values(self._districts_of_all)
        cities = count_values(
            sorted({DISTRICTS[code].city for code in codes if code in DISTRICTS}) for codes in self._districts_of_all
        )
        houses = count_values(
            f"{street.ZONE_PREFIX}{DISTRICTS[home].zone}" for _kind, _fields, home in facts if home in DISTRICTS
        )
        return [
            Facet(
                "district",
                _("District or city"),
                _place_labels(),
                places + cities + houses,
                MemberQuerySet.in_district,
                groups=dict(CITIES.items()) | {code: CITIES[d.city] for code, d in DISTRICTS.items()},
                unlisted=ZONES,
            ),
            Facet(
                "kind",
                _("Kind"),
                dict(Kind.choices),
                count_values(kind for kind, _fields, _home in facts),
                MemberQuerySet.of_kind,
            ),
            Facet(
                "field",
                pgettext_lazy("of work", "Field"),
                dict(Field.choices),
                count_values(fields for _kind, fields, _home in facts),
                MemberQuerySet.in_field,
            ),
        ]


def _place_labels() -> dict[str, str]:
    """Names of the values of the district filter: houses, then each city and its districts."""
    houses = {
        value: gettext("Based in: %(place)s")
        % {"place": f"{ZONE_NAMES[zone]} ({ZONE_NUMERALS[zone]})" if zone in ZONE_NUMERALS else ZONE_NAMES[zone]}
        for value, zone in ZONES.items()
    }
    places = {}
    for city, name in CITIES.items():
        places[city] = gettext("%(city)s, the whole city") % {"city": name}
        places |= {code: d.bound_label for code, d in DISTRICTS.items() if d.city == city}
    return houses | places
