"""News and their index."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from multiselectfield import MultiSelectField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from home import seo
from home.alphabet import sort_key
from home.blocks.body import BodyBlock
from home.cache import is_changing, remembered
from home.funding import FundingMixin
from home.listing import Facet
from home.models import BasePage, BodyMixin, ItemPage, LeadImageMixin, ListingPage
from home.models.item_page import PLACE
from home.models.querysets import SitePageQuerySet
from home.page_cache import keep
from home.places import REGIONS
from home.sections import Section
from home.topics import names_in, once, spellings, translations_of
from news.feeds import AtomNewsFeed, RssNewsFeed
from news.forms import NewsPageForm

RELATED_COUNT = 3


class NewsKind(models.TextChoices):
    TRAINING = "training", _("training")
    RECRUITMENT = "recruitment", _("call for applications")
    REPORT = "report", _("report")
    ANNOUNCEMENT = "announcement", _("announcement")
    EVENT = "event", _("event")
    CONSULTATION = "consultation", _("public consultation")
    PUBLICATION = "publication", _("publication")
    ADVICE = "advice", _("advice")
    STUDY_VISIT = "study-visit", _("study visit")
    DEBATE = "debate", _("debate")
    GALA = "gala", _("gala")
    CALL = "call", _("competition or call")
    INVITATION = "invitation", _("invitation")
    POSITION = "position", _("statement")
    MEDIA = "media", _("media about us")


class Audience(models.TextChoices):
    NGO = "ngo", _("NGOs")
    LEADERS = "leaders", _("NGO leaders")
    INFORMAL = "informal", _("informal groups")
    RESIDENTS = "residents", _("residents")
    LOCAL_GOVERNMENT = "local-government", _("local government")
    COUNCILS = "councils", _("district councils")
    YOUTH = "youth", _("young people")
    SENIORS = "seniors", _("seniors")
    MEDIA = "media", _("media")


class NewsQuerySet(SitePageQuerySet):
    def newest_first(self):
        return self.order_by("-date", "-pk")

    def of_kind(self, kind: str):
        return self.filter(kind=kind)

    def about_region(self, region: str):
        return self.with_term(PLACE, region)

    def tagged(self, slug: str, language: str = settings.LANGUAGE_CODE):
        """Of a topic, in each of its spellings, and by each of its names in `language`."""
        topics = spellings(language)
        slugs = [other for other, first in topics.items() if first == topics.get(slug)]
        named = NewsPageTag.objects.filter(tag__slug__in=slugs)
        if (names := names_in(language)) is not None:
            named = named.filter(tag__in=names)
        return self.filter(pk__in=named.values("content_object"))

    def of_year(self, year: str):
        return self.filter(date__year=int(year))

    def for_listing(self):
        """With all that a row of a list shows, in a fixed number of queries."""
        with_pictures = self.select_related("lead_image").prefetch_related("lead_image__renditions")
        return with_pictures.defer_streamfields()


class NewsIndexPage(RoutablePageMixin, ListingPage):
    section = Section(
        key="news",
        order=1,
        title=_("News"),
        slug=pgettext_lazy("address", "news"),
        lead=_("Training sessions, calls, reports and statements: what happens in the coalition and near it."),
    )
    teaser_template = "news/teaser.html"
    subpage_types = ["news.NewsPage"]
    page_description = _("The front page of the news: lists and filters them.")

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    def serve(self, request, *args, **kwargs):
        return keep(request, super().serve(request, *args, **kwargs))  # its feeds too

    def get_queryset(self):
        return NewsPage.objects.published().child_of(self).newest_first().for_listing()

    @property
    def feeds(self):
        return [
            {"title": f"{self.title} (RSS)", "url": f"{self.url}rss/", "type": "application/rss+xml"},
            {"title": f"{self.title} (Atom)", "url": f"{self.url}atom/", "type": "application/atom+xml"},
        ]

    def count_values(self):
        published = NewsPage.objects.published().child_of(self)
        topics = spellings(self.language)
        names: dict[str, str] = {}
        numbers: dict[str, int] = {}
        spelt_otherwise = set()
        is_named = {"tags__in": names_in(self.language)} if names_in(self.language) is not None else {}
        tagged = published.order_by("tags").filter(tags__isnull=False, **is_named)
        tagged = tagged.values_list("tags__slug", "tags__name")
        for slug, name, number in tagged.annotate(Count("pk")):
            if topics[slug] in names:
                spelt_otherwise.add(topics[slug])  # who carries both spellings is one
            names.setdefault(topics[slug], name)
            numbers[topics[slug]] = number
        others = {slug: names[first] for slug, first in topics.items() if slug != first and first in names}
        for slug in spelt_otherwise:
            numbers[slug] = published.tagged(slug, self.language).count()
        numbers |= {slug: numbers[topics[slug]] for slug in others}
        kinds, years = published.count_by("kind", "date__year")
        return {
            "kind": kinds,
            "region": published.count_terms().get(PLACE, {}),
            "year": years,
            "tag": numbers,
            "tag names": dict(sorted(names.items(), key=lambda topic: sort_key(topic[1]))),
            "other spellings": others,
        }

    def get_facets(self):
        names, others = self.counts["tag names"], self.counts["other spellings"]
        return [
            Facet(
                "kind",
                _("Kind"),
                dict(NewsKind.choices),
                self.counts["kind"],
                NewsQuerySet.of_kind,
            ),
            Facet(
                "region",
                _("Region"),
                dict(REGIONS),
                self.counts["region"],
                NewsQuerySet.about_region,
            ),
            Facet(
                "tag",
                _("Topic"),
                {**names, **others},
                self.counts["tag"],
                lambda items, slug: items.tagged(slug, self.language),
                unlisted=others,
            ),
            Facet(
                "year",
                _("Year"),
                {year: year for year in sorted(self.counts["year"], reverse=True)},
                self.counts["year"],
                NewsQuerySet.of_year,
            ),
        ]

    @path("rss/", name="rss")
    def rss(self, request):
        return RssNewsFeed(self)(request)

    @path("atom/", name="atom")
    def atom(self, request):
        return AtomNewsFeed(self)(request)


class TaggedManager(models.Manager):
    """With the topics: the form of a page would ask for each of them."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("tag")


class NewsPageTag(TaggedItemBase):
    content_object = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")

    objects = TaggedManager()


class NewsAttachment(Orderable):
    page = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="attachment_items")
    document = models.ForeignKey(
        "home.SiteDocument", on_delete=models.CASCADE, related_name="+", verbose_name=_("file")
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")


class NewsPage(LeadImageMixin, FundingMixin, BodyMixin, ItemPage):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate, help_text=_("Readers see it; lists go by it."))
    kind = models.CharField(_("kind"), max_length=20, choices=NewsKind)
    regions = MultiSelectField(_("regions"), choices=REGIONS, max_length=200, blank=True)
    audiences = MultiSelectField(_("for whom"), choices=Audience, max_length=200, blank=True)
    lead_image_caption = models.CharField(_("caption"), max_length=250, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    tags = ClusterTaggableManager(through=NewsPageTag, blank=True, verbose_name=_("topics"))

    term_fields = {PLACE: "regions", "audience": "audiences"}

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["kind", "date"], heading=_("What and when")),
        MultiFieldPanel(["lead_image", "lead_image_alt", "lead_image_caption"], heading=_("Lead picture")),
        FieldPanel("body"),
        InlinePanel("attachment_items", heading=_("Attachments"), label=_("file")),
        MultiFieldPanel(["regions", "audiences", "tags"], heading=_("Where and for whom")),
        FundingMixin.funding_panel,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("date"),
        index.FilterField("kind"),
    ]

    base_form_class = NewsPageForm
    is_translated_by_segments = True
    needs_body = True
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []
    page_description = _("A training, a call, a report: one piece of news with a picture.")
    og_type = "article"

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        indexes = [
            # Lists are in this order, from its end.
            models.Index(fields=["date", "page_ptr"], name="news_by_date"),
            models.Index(fields=["kind", "date", "page_ptr"], name="news_of_kind_by_date"),
        ]

    def find_errors(self):
        errors = super().find_errors()
        if self.date and self.date > timezone.localdate():
            errors["date"] = _("This date is in the future. To publish later, use “Set schedule” instead.")
        return errors

    @property
    def published_on(self):
        return self.date

    @property
    def search_date(self):
        return self.date

    def search_subjects(self):
        yield date_format(self.date, "j E Y")
        yield from super().search_subjects()
        yield from (*self.region_labels, *self.get_audiences_list(), *(tag.name for tag in self.topics))

    def search_passages(self):
        yield from super().search_passages()
        if self.lead_image_id:
            yield self.lead_image_caption

    def search_files(self):
        yield from super().search_files()
        yield from (item.document_id for item in self.attachment_items.all())

    @property
    def row_facts(self) -> list[str]:
        return [date_format(self.date, "j E Y")]

    @property
    def region_labels(self) -> list[str]:
        return self.get_regions_list()

    @property
    def region_links(self) -> list[dict[str, str]]:
        """Label and filtered list of each region."""
        labels = dict(REGIONS)
        return [
            {"label": labels.get(code, code), "url": f"{self.index_page.url}?region={code}"} for code in self.regions
        ]

    @property
    def topics(self) -> list:
        """The tags that are names of topics in the language of the page."""
        names = None if self.is_preview else names_in(self.language)
        return once(tag for tag in self.tags.all() if names is None or tag.pk in names)

    is_preview = False
    """Whoever decides sees the names that are approved with the page."""

    def serve_preview(self, request, mode_name):
        self.is_preview = True
        return super().serve_preview(request, mode_name)

    @cached_property
    def tag_links(self) -> list[dict[str, str]]:
        return [{"name": tag.name, "url": f"{self.index_page.url}?tag={tag.slug}"} for tag in self.topics]

    def prepare_translation(self):
        self.tags.set([name.name for _topic, name in translations_of(self.tags.all(), self.locale) if name])

    def translated_names(self, original):
        pairs = translations_of(original.tags.all(), self.locale, among=self.tags.all())
        return [(topic.name, name.name if name else "") for topic, name in pairs]

    @property
    def attachments(self) -> Iterable:
        return [item.document for item in self.attachment_items.select_related("document")]

    @cached_property
    def related_keys(self) -> list[int]:
        """Of the newest others of the same kind, filled up with the newest of all."""
        key = f"newest:{self.index_page.pk}:{self.kind}"
        newest = self._find_newest() if is_changing() else remembered(key, self._find_newest)
        return [pk for pk in newest if pk != self.pk][:RELATED_COUNT]

    def _find_newest(self) -> list[int]:
        """One more than are shown: this page may be among them."""
        keys = NewsPage.objects.published().child_of(self.index_page).newest_first().values_list("pk", flat=True)
        return [*keys.of_kind(self.kind)[: RELATED_COUNT + 1], *keys.exclude(kind=self.kind)[:RELATED_COUNT]]

    @property
    def related(self) -> list["NewsPage"]:
        news = NewsPage.objects.published().for_listing().in_bulk(self.related_keys)
        return [news[key] for key in self.related_keys if key in news]

    def structured_data(self, request):
        article = {
            "@type": "NewsArticle",
            "headline": self.title,
            "description": self.lead,
            "datePublished": self.date.isoformat(),
            "dateModified": (self.last_published_at or timezone.now()).isoformat(),
            "inLanguage": self.language,
            "mainEntityOfPage": self.get_full_url(request),
            "publisher": seo.organization(self.language),
            **self.image_data(),
        }
        return [article, *super().structured_data(request)]
