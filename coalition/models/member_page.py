"""One member: who they are, where they work, and their page."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from multiselectfield import MultiSelectField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from coalition import street
from coalition.districts import DISTRICTS, District, Zone
from home import locales, seo
from home.alphabet import Alphabetical
from home.blocks.body import BodyBlock
from home.models import BasePage, BodyMixin, ItemPage, PictureMixin
from home.models.item_page import PLACE
from home.models.querysets import SitePageQuerySet
from home.places import CITIES, DISTRICT_CHOICES

NAME_LANGUAGE = settings.LANGUAGE_CODE


class MemberKind(models.TextChoices):
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


CITY_KINDS = {MemberKind.CULTURAL_INSTITUTION, MemberKind.CITY_UNIT, MemberKind.DISTRICT_COUNCIL}


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


ZONES = {f"{street.ZONE_PREFIX}{zone}": zone for zone in Zone}
"""Values of the district filter that name a house of the street."""


class MemberQuerySet(SitePageQuerySet):
    def by_name(self):
        return self.order_by(Alphabetical("title"), "pk")

    def of_kind(self, kind: str):
        return self.filter(kind=kind)

    def in_district(self, code: str):
        """Members who work in a district or a whole city, or who are at home in a house of the street."""
        if code in ZONES:
            homes = [d.code for d in DISTRICTS.values() if street.ZONE_PREFIX + d.zone == code]
            return self.filter(home_district__in=homes)
        return self.with_term(PLACE, code)

    def in_field(self, field: str):
        return self.with_term("field", field)

    def in_default_language(self):
        return self.filter(locale=locales.id_of(settings.LANGUAGE_CODE))


class MemberPage(PictureMixin, BodyMixin, ItemPage):
    """One member of the coalition."""

    kind = models.CharField(_("kind of organisation"), max_length=24, choices=MemberKind)
    home_district = models.CharField(
        _("home district"),
        max_length=60,
        choices=DISTRICT_CHOICES,
        help_text=_("Decides in which house of the street the member has its window."),
    )
    districts = MultiSelectField(_("also works in"), choices=DISTRICT_CHOICES, max_length=2000, blank=True)
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

    term_fields = {PLACE: "districts", "field": "fields"}
    picture_field = "logo"
    picture_needs_words = _("Say what the logo shows.")

    objects = PageManager.from_queryset(MemberQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["kind", "member_since"], heading=_("Who it is")),
        MultiFieldPanel(
            [
                "home_district",
                FieldPanel("districts", attrs={"data-find-by-typing": _("Find a district")}),
                "fields",
            ],
            heading=_("Where and what"),
        ),
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
        if self.home_district and self.home_district not in self.districts:
            self.districts = [self.home_district, *self.districts]

    @property
    def title_lang(self) -> str | None:
        """Members keep their Polish names in every language."""
        return None if get_language() == NAME_LANGUAGE else NAME_LANGUAGE

    @property
    def row_facts(self) -> list[str]:
        return [self.kind_label]

    @property
    def window(self) -> str:
        """How the member's window looks: "org" (curtains), "group" (a plant), "city" (a blind)."""
        if self.kind == MemberKind.INFORMAL_GROUP:
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

    def search_subjects(self):
        yield from super().search_subjects()
        for district in self.district_list:
            yield f"{district.label}, {CITIES[district.city]}"
        yield from self.field_labels

    @property
    def website_label(self) -> str:
        return self.website.removeprefix("https://").removeprefix("http://").rstrip("/")

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


def in_language(members: Iterable[MemberPage], locale_id: int) -> list[MemberPage]:
    """Each member's published profile in `locale_id`, else the one given; one query."""
    members = list(members)
    keys = [member.translation_key for member in members]
    translations = {
        page.translation_key: page
        for page in MemberPage.objects.published().filter(locale_id=locale_id, translation_key__in=keys)
    }
    return [translations.get(member.translation_key, member) for member in members]
