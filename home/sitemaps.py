"""/sitemap.xml names parts of bounded size; together they hold every published page, each with its translations."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import EmptyPage
from django.db.models import F, Max
from django.db.models.functions import Coalesce, Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.models import Page, get_page_models

from home import locales
from home.cache import remembered
from home.models import HomePage
from home.models.querysets import SitePageQuerySet

PART_SIZE = 1000
"""Keys of pages in one part: what else is published never moves a page to another one."""
HOME_PATH = 2 * Page.steplen
"""How much of a page's path says under which home page it is."""


class PartOfSitemap(Sitemap):
    """The pages with the keys from `number` × PART_SIZE on. Wagtail's own knows the tree of one language only."""

    def __init__(self, number: int, changed: datetime | None) -> None:
        self.number, self.latest_lastmod = number, changed

    def get_latest_lastmod(self) -> datetime | None:
        return self.latest_lastmod

    def get_urls(self, page: Any = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Two queries, however many pages and languages; addresses without a reverse look-up for each of them."""
        if str(page) != "1":
            raise EmptyPage
        homes = {home.path: home for home in HomePage.objects.published().filter(depth=2)}
        first = self.number * PART_SIZE
        here = range(first, first + PART_SIZE)
        pages = _published(homes)
        keys = pages.filter(pk__gte=here.start, pk__lt=here.stop).values("translation_key")
        pages = pages.filter(translation_key__in=keys).order_by("path").annotate(changed=_CHANGED)
        versions, urls = defaultdict(list), []
        for row in pages.values("pk", "path", "url_path", "translation_key", "locale_id", "changed"):
            home = homes[row["path"][:HOME_PATH]]
            address = f"{home.full_url}{quote(row['url_path'].removeprefix(home.url_path))}"
            versions[row["translation_key"]].append((locales.code_of(row["locale_id"]), address))
            if row["pk"] in here:
                urls.append((row, address))
        named = {key: _alternates(found) for key, found in versions.items()}
        return [
            {"location": address, "lastmod": row["changed"], "alternates": named[row["translation_key"]]}
            for row, address in urls
        ]


_CHANGED = Coalesce("last_published_at", "latest_revision_created_at")
"""Without a value for a page that no revision made (generated to measure with)."""


def _published(home_paths: Any) -> SitePageQuerySet:
    pages = SitePageQuerySet(Page).published()
    unlisted = [model for model in get_page_models() if not getattr(model, "is_indexed", True)]
    if unlisted:
        pages = pages.not_exact_type(*unlisted)
    return pages.annotate(home_path=Substr("path", 1, HOME_PATH)).filter(home_path__in=list(home_paths))


def _alternates(versions: list[tuple[str, str]]) -> list[dict[str, str]]:
    """As seo.alternates: all languages, and the one for everybody else; none where there is only one."""
    if len(versions) < 2:
        return []
    default = [("x-default", address) for code, address in versions if code == settings.LANGUAGE_CODE]
    return [{"location": address, "lang_code": code} for code, address in versions + default]


def _parts() -> dict[int, datetime | None]:
    """The number of each part that holds something, and when one of its pages was published last."""
    return remembered("sitemap", _find_parts)


def _find_parts() -> dict[int, datetime | None]:
    homes = HomePage.objects.published().filter(depth=2).values_list("path", flat=True)
    parts = _published(homes).annotate(part=F("pk") / PART_SIZE).values_list("part")
    return dict(parts.annotate(changed=Max(_CHANGED)).order_by("part"))


def index(request: HttpRequest) -> HttpResponse:
    sitemaps: dict[str, Any] = {str(number): PartOfSitemap(number, changed) for number, changed in _parts().items()}
    return views.index(request, sitemaps, sitemap_url_name="sitemap_part")


def part(request: HttpRequest, section: int) -> HttpResponse:
    if section not in _parts() or request.path != reverse("sitemap_part", args=[section]):  # "00" is no other part
        raise Http404
    return views.sitemap(request, {str(section): PartOfSitemap(section, _parts()[section])}, str(section))
