"""Members of the coalition and their index."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from multiselectfield import MultiSelectField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, PageManager
from wagtail.search import index

from coalition import facade, street
from coalition.districts import CHOICES, CITIES, DISTRICTS, ZONE_NAMES, ZONE_NUMERALS, District, Zone
from home import seo
from home.alphabet import Alphabetical
from home.blocks.body import BodyBlock
from home.cache import MAX_AGE, generation
from home.listing import Facet, count_values
from home.models import BasePage, BodyMixin, ListingPage
from home.models.base import SitePageQuerySet
from home.sections import Section


class Kind(models.TextChoices):
    ASSOCIATION = "association", _("association")
    ORDINARY_ASSOCIATION = "ordinary-association", _("ordinary association")
    FOUNDATION = "foundation", _("foundation")
    SOCIAL_COOPERATIVE = "social-cooperative", _("social cooperative")
    RURAL_WOMENS_CIRCLE = "rural-womens-circle", _("rural women's circle")
    SPORTS_CLUB = "sports-club", _("sports club")
    CHURCH = "church", _("church organisation")
    FEDERATION = "federation", _("federation")
    INFORMAL_GROUP = "informal-group", _("informal group")
    CULTURAL_INSTITUTION = "cultural-institution", _("cultural institution")
    CITY_UNIT = "city-unit", _("municipal unit")
    DISTRICT_COUNCIL = "district-council", _("district or osiedle council")
    UNIVERSITY = "university", _("university")


NAME_LANGUAGE = settings.LANGUAGE_CODE
GIVE_ATTEMPTS = 20
ZONES = {f"{street.ZONE_PREFIX}{zone}": zone for zone in Zone}
CITY_KINDS = {Kind.CULTURAL_INSTITUTION, Kind.CITY_UNIT, Kind.DISTRICT_COUNCIL}


class Field(models.TextChoices):
    COMMUNITY = "community", _("neighbourhood and community organising")
    PARTICIPATION = "participation", _("participation")
    ENVIRONMENT = "environment", _("environment and green space")
    SPACE = "space", _("public space")
    CULTURE = "culture", _("culture")
    EDUCATION = "education", _("education")
    YOUTH = "youth", _("young people")
    SENIORS = "seniors", _("seniors")
    DISABILITY = "disability", _("disability")
    SOCIAL_HELP = "social-help", _("social help")
    MIGRATION = "migration", _("migration")
    EQUALITY = "equality", _("equality")
    HEALTH = "health", _("health")
    SPORT = "sport", _("sport")
    TRANSPORT = "transport", _("transport")
    HOUSING = "housing", _("housing")
    SOCIAL_ECONOMY = "social-economy", _("social economy")
    VOLUNTEERING = "volunteering", _("volunteering")


class MemberQuerySet(SitePageQuerySet):
    def by_name(self):
        return self.order_by(Alphabetical("title"), "pk")

    def by_joining(self):
        return self.order_by("member_since", "pk")

    def of_kind(self, kind: str):
        return self.filter(kind=kind)

    def in_district(self, code: str):
        """Members who work in a district or a whole city, or who are at home in a house of the street."""
        if code in ZONES:
            homes = [d.code for d in DISTRICTS.values() if street.ZONE_PREFIX + d.zone == code]
            return self.filter(home_district__in=homes)
        if code in CITIES:
            return self.filter(districts__contains=f"{code}-")
        return self.with_code("districts", code)

    def in_field(self, field: str):
        return self.with_code("fields", field)

    def in_default_language(self):
        return self.filter(locale=Locale.get_default())


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

    def get_items(self, limit: int | None = None) -> list["MemberPage"]:
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


class MemberPage(BodyMixin, BasePage):
    """One member of the coalition."""

    kind = models.CharField(_("kind of organisation"), max_length=24, choices=Kind)
    home_district = models.CharField(
        _("home district"),
        max_length=60,
        choices=CHOICES,
        help_text=_("Decides in which house of the street the member has its window."),
    )
    districts = MultiSelectField(_("also works in"), choices=CHOICES, max_length=2000, blank=True)
    fields = MultiSelectField(_("fields of work"), choices=Field, max_length=300, blank=True)
    member_since = models.DateField(_("member since"), default=datetime.date.today)
    logo = models.ForeignKey(
        "home.SiteImage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    logo_alt = models.CharField(_("description of the logo"), max_length=200, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("what we do"), blank=True)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    objects = PageManager.from_queryset(MemberQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["kind", "member_since"], heading=_("Who it is")),
        MultiFieldPanel(["home_district", "districts", "fields"], heading=_("Where and what")),
        FieldPanel("body"),
        MultiFieldPanel(["website", "email", "phone"], heading=_("Contact")),
        MultiFieldPanel(["logo", "logo_alt"], heading=_("Logo")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("kind"),
    ]

    parent_page_types = ["coalition.CoalitionIndexPage"]
    subpage_types = []
    page_description = _("The profile of a member: who they are, where they work, how to reach them.")
    og_type = "profile"

    class Meta:
        verbose_name = _("member of the coalition")
        verbose_name_plural = _("members of the coalition")

    def clean(self):
        super().clean()
        if self.logo_id and not self.logo_alt.strip():
            raise ValidationError({"logo_alt": _("Say what the logo shows.")})
        if self.home_district and self.home_district not in self.districts:
            self.districts = [self.home_district, *self.districts]

    @property
    def title_lang(self) -> str | None:
        """Members keep their Polish names in every language."""
        return None if get_language() == NAME_LANGUAGE else NAME_LANGUAGE

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()

    @property
    def window(self) -> str:
        """How the member's window looks: "org" (curtains), "group" (a plant), "city" (a blind)."""
        if self.kind == Kind.INFORMAL_GROUP:
            return "group"
        return "city" if self.kind in CITY_KINDS else "org"

    @property
    def zone(self) -> Zone:
        return DISTRICTS[self.home_district].zone

    @property
    def district_list(self) -> list[District]:
        return [DISTRICTS[code] for code in self.districts if code in DISTRICTS]

    @property
    def places(self) -> str:
        """Districts as a list reads them: Kraków's by numeral and name, another city's after its name."""
        by_city: dict[str, list[str]] = {}
        for district in self.district_list:
            by_city.setdefault(district.city, []).append(district.bound_label)
        return "; ".join(
            ", ".join(names) if city == "krakow" else f"{CITIES[city]}: {', '.join(names)}"
            for city, names in by_city.items()
        )

    @property
    def field_labels(self) -> list[str]:
        return self.get_fields_list()

    @property
    def website_label(self) -> str:
        return self.website.removeprefix("https://").removeprefix("http://").rstrip("/")

    @property
    def share_image(self):
        return self.logo

    @property
    def share_image_alt(self) -> str:
        return self.logo_alt

    @property
    def pane_svg(self) -> str:
        """The member's own window, large and lit."""
        return street.pane(self.zone, self.window)

    def structured_data(self, request):
        member = {
            "@type": "Organization",
            "name": self.title,
            "description": self.lead,
            "url": self.website or self.get_full_url(request),
            "memberOf": seo.organization(self.language),
        }
        return [member, *super().structured_data(request)]


class FacadeSlot(models.Model):
    """The window that a member has in its house, for good: nobody's window moves.

    Kept apart from the page, so that neither a revision nor a deleted page changes it. The slot
    of a member who left stays empty until they come back.
    """

    zone = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    member = models.UUIDField()  # the page's translation key, the same in all languages

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "number"], name="one_member_a_window"),
            models.UniqueConstraint(fields=["zone", "member"], name="one_window_a_member"),
        ]

    def __str__(self) -> str:
        return f"{self.zone} {self.number}"

    @classmethod
    def by_zone(cls) -> dict[str, dict[int, UUID]]:
        """Zone → slot number → the member's translation key."""
        zones: dict[str, dict[int, UUID]] = {}
        for zone, number, member in cls.objects.values_list("zone", "number", "member"):
            zones.setdefault(zone, {})[number] = member
        return zones

    @classmethod
    def give(cls, member: MemberPage) -> None:
        """Give `member` the lowest free window of its house, unless it has one there already."""
        for _attempt in range(GIVE_ATTEMPTS):
            if cls.objects.filter(zone=member.zone, member=member.translation_key).exists():
                return
            taken = cls.objects.filter(zone=member.zone).values_list("number", flat=True)
            number = facade.free_slot(member.zone, set(taken))
            try:
                with transaction.atomic():
                    cls.objects.create(zone=member.zone, number=number, member=member.translation_key)
            except IntegrityError:
                continue  # somebody took this window meanwhile: try the next one
            return
        raise RuntimeError(f"No window could be had for {member} in {member.zone}.")


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


def in_language(members: Iterable[MemberPage], locale_id: int) -> list[MemberPage]:
    """Each member's published profile in `locale_id`, else the one given; one query."""
    members = list(members)
    keys = [member.translation_key for member in members]
    translations = {
        page.translation_key: page
        for page in MemberPage.objects.published().filter(locale_id=locale_id, translation_key__in=keys)
    }
    return [translations.get(member.translation_key, member) for member in members]
