"""Calendar files. Wagtail serves no address with a dot, so they have a view of their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from events import calendars
from events.models import EventIndexPage, EventPage
from home import site_context
from home.page_cache import keep


@require_safe
def calendar_file(request: HttpRequest, path: str) -> HttpResponse:
    """The calendar of the page at `path`: one event, or all that are coming."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    page, _args, _kwargs = site.root_page.localized.route(request, path.split("/"))
    if isinstance(page, EventPage):
        events = [page]
    elif isinstance(page, EventIndexPage):
        events = page.calendar_events
    else:
        raise Http404
    if page.get_view_restrictions():
        raise Http404
    name = f"{page.title} – {site_context.for_language(page.language)['name']}"
    content = calendars.calendar(events, name, page.language)
    return keep(request, calendars.response(content, page.slug))
