"""The way from an address to its page in two queries, however deep the page lies.

Wagtail asks for the site, the language, the home page, and then twice for each step down. Its own lookups stay in
charge of everything else: they find here what they would have kept on the request themselves.
"""

from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from home.cache import remembered

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
    addresses = [f"{root.url_path}{'/'.join(steps[:number])}/" for number in range(1, len(steps) + 1)]
    # An address has no index, a slug has.
    below = Page.objects.filter(path__startswith=root.path, slug__in=steps, url_path__in=addresses)
    way = [root, *(below.order_by("depth") if steps else ())]
    page = way[-1].specific
    page.breadcrumbs = [above for above in way[:-1] if above.live]
    return page.route(request, steps[page.depth - root.depth :])
