"""What changed in the handbook, month by month."""

from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from catalog.feeds import AtomChangesFeed, RssChangesFeed
from home import seo
from home.listing import Filters, page_links, paginate
from home.models import SetupPage
from home.page_cache import keep
from home.sections import Section

from .changes import ChapterChange

SHOWN = 50
"""Changes on one page of the list."""


class ChangesPage(RoutablePageMixin, SetupPage):
    section = Section(
        key="changes",
        order=50,
        title=_("What has changed in the catalogue"),
        slug=pgettext_lazy("address", "changes"),
        lead=_("New chapters, changes of substance and corrected mistakes, in one sentence each."),
        below="catalog",
    )
    parent_page_types = ["catalog.CatalogIndexPage"]
    page_description = _("What changed in the catalogue, month by month, with a feed.")

    class Meta:
        verbose_name = _("page of changes")
        verbose_name_plural = _("pages of changes")

    def serve(self, request, *args, **kwargs):
        return keep(request, super().serve(request, *args, **kwargs))  # its feeds too

    @property
    def changes(self):
        """Of this language, newest first."""
        return ChapterChange.objects.public().beside(self).newest_first().with_chapters()

    @property
    def feeds(self):
        return [
            {"title": f"{self.title} (RSS)", "url": f"{self.url}rss/", "type": "application/rss+xml"},
            {"title": f"{self.title} (Atom)", "url": f"{self.url}atom/", "type": "application/atom+xml"},
        ]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        links = Filters([], request.GET)
        results = paginate(self.changes, request.GET, SHOWN)
        months = groupby(results, lambda change: timezone.localtime(change.at).date().replace(day=1))
        context |= {
            "results": results,
            "months": [{"month": month, "changes": list(changes)} for month, changes in months],
            "page_links": page_links(results, links),
        }
        if results.number > 1:
            context["head"] = seo.Head(self, request, query=f"?page={results.number}")
        return context

    @path("rss/", name="rss")
    def rss(self, request):
        return RssChangesFeed(self)(request)

    @path("atom/", name="atom")
    def atom(self, request):
        return AtomChangesFeed(self)(request)
