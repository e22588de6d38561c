"""One edition for visitors. Wagtail serves no address with a dot, so it has views of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from catalog.editions import files
from catalog.editions.words import citation
from catalog.models import Edition, EditionsPage
from home import seo
from home.page_cache import keep


@require_safe
def edition(request: HttpRequest, path: str, number: str) -> HttpResponse:
    page, found = _find(request, path, number)
    row = page.row_of(found)
    topic = _("Edition %(number)s") % {"number": found.number}
    head = seo.Head(page, request, query=f"{found.number}/", topic=topic)
    book = {
        "author": head.site["name"],
        "title": page.handbook.title,
        "number": found.number,
        "language": found.language,
        "date_words": formats.date_format(found.date, "DATE_FORMAT"),
    }
    facts = {"head": head, "row": row, "citation": citation(book), "address": seo.absolute(row["url"])}
    answer = TemplateResponse(request, "catalog/edition.html", {**page.get_context(request), **facts})
    return keep(request, answer.render())


@require_safe
def file(request: HttpRequest, path: str, number: str, name: str) -> HttpResponseBase:
    """At an address that stays: others cite it."""
    page, found = _find(request, path, number)
    for kind in found.files:
        if name == found.file_name(kind, page.file_slug):
            return files.response(request, found, kind, name)
    raise Http404


def _find(request: HttpRequest, path: str, number: str) -> tuple[EditionsPage, Edition]:
    """The page of editions at `path`, which everybody may read, and its public edition."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    page, _args, _kwargs = site.root_page.localized.route(request, [part for part in path.split("/") if part])
    if not isinstance(page, EditionsPage) or page.get_view_restrictions():
        raise Http404
    found = Edition.objects.filter(language=page.language, number=number, live=True).first()
    if found is None:
        raise Http404
    return page, found
