"""The way from an address to its page in two queries, however deep the page lies; in a section in one.

Wagtail asks for the site, the language, the home page, and then twice for each step down. Its own lookups stay in
charge of everything else: they find here what they would have kept on the request themselves.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from home.cache import is_changing, remembered
from home.models import ItemPage
from home.sections import section_models

DEEPEST = 12
"""Steps of an address; longer ones are no page."""


def find(request: Any, path: str) -> None:
    """Note on `request` which site it asks, and which page of it. The names are Wagtail's (tests/test_canary.py)."""
    host, port = request.get_host(), request.get_port()
    request._wagtail_site = remembered(f"site:{host}:{port}", lambda: Site.find_for_request(request) or "")
    if not request._wagtail_site:
        request._wagtail_site = None
        return
    steps = [step for step in path.split("/") if step]
    try:
        request._wagtail_route_for_request = _route(request, steps)
    except Http404:
        request._wagtail_route_for_request = None


def _route(request: Any, steps: list[str]) -> RouteResult:
    site = request._wagtail_site
    root = remembered(f"root:{site.pk}:{get_language()}", lambda: site.root_page.localized)
    if len(steps) > DEEPEST:
        raise Http404
    front = None if is_changing() else _front_page(root, "".join(steps[:1]))
    if front and len(steps) < 2:
        page = front
    elif front:
        items = [model for model in front.allowed_subpage_models() if issubclass(model, ItemPage)]
        page = _deepest([root, front], steps[1:], items[0] if len(items) == 1 else Page)
        if isinstance(page, ItemPage):
            page.index_page = front
    else:
        page = _deepest([root], steps)
    return page.route(request, steps[page.depth - root.depth :])


def _front_page(root: Page, slug: str) -> Page | None:
    """The home page ("") or the front page of a section; None for any other."""
    slugs = remembered(f"fronts:{root.pk}", lambda: ["", *_slugs_of_sections(root)])
    return remembered(f"front:{root.pk}:{slug}", lambda: _find_front(root, slug)) if slug in slugs else None


def _slugs_of_sections(root: Page) -> QuerySet:
    return Page.objects.child_of(root).type(*section_models()).values_list("slug", flat=True)


def _find_front(root: Page, slug: str) -> Page:
    """With its versions in all languages, which are asked for next."""
    page = _deepest([root], [slug] if slug else [])
    getattr(page, "published_translations", None)
    return page


def _deepest(way: list[Page], steps: list[str], model: type[Page] = Page) -> Page:
    """The page of `model`, or else of any kind, that goes farthest down `steps` from the end of `way`."""
    above = way[-1]
    addresses = [f"{above.url_path}{'/'.join(steps[:number])}/" for number in range(1, len(steps) + 1)]
    for kind in dict.fromkeys((model, Page)):
        # An address has no index, a slug has.
        below = kind.objects.filter(path__startswith=above.path, slug__in=steps, url_path__in=addresses)
        found = list(below.order_by("depth")) if steps else []
        if found:
            break
    way = [*way, *found]
    page = way[-1].specific
    page.breadcrumbs = [above for above in way[:-1] if above.live]
    return page
