"""sitemap.xml: every published page in every language, each with its translations."""

from collections import defaultdict

from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from home.models import BasePage, HomePage


class SiteSitemap(Sitemap):
    """Wagtail's sitemap knows the tree of one language only; ours holds all of them."""

    def items(self) -> list[BasePage]:
        paths = HomePage.objects.published().filter(depth=2).values_list("path", flat=True)
        pages: list[BasePage] = []
        for path in paths:
            pages += (
                Page.objects.filter(path__startswith=path, alias_of__isnull=True)
                .live()
                .public()
                .order_by("path")
                .select_related("locale")
                .defer_streamfields()
                .specific()
            )
        translations = defaultdict(list)
        for page in pages:
            translations[page.translation_key].append(page)
        for page in pages:
            # One query for all: a query for each page's translations would grow with the site.
            page.published_translations = translations[page.translation_key]
        return pages

    def _urls(self, page, protocol, domain):
        urls = []
        for item in self.paginator.page(page).object_list:
            urls += item.get_sitemap_urls(self.request)
        # A page that no revision made (generated to measure with) carries no date.
        self.latest_lastmod = max((url["lastmod"] for url in urls if url["lastmod"]), default=None)
        return urls
