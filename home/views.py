"""Small answers that are no pages: for robots, for lost readers."""

import datetime
import errno
import posixpath
import sys
from http import HTTPStatus

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template import loader
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language, get_language_from_path, gettext, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views
from wagtail.models import Page

from home import locales, routing, site_context, topics
from home.models import BasePage, ListingPage
from home.shared_files import StorageAwayError
from newsroom.views.session import words_sent

NEWEST_INSTEAD = 4  # items of the section, for who looked for a page that isn't translated
RETRY_AFTER = "60"  # seconds
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
"""What the system says of a disk that takes nothing; a database says it by an OperationalError."""
PICTURES = ("images/", "original_images/")
"""Where Wagtail puts them."""
ROBOTS = """User-agent: *
Disallow: /admin/
{searches}
Sitemap: {sitemap}
"""


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view of a page, which needn't look for it any more."""
    routing.find(request, path)
    return wagtail_views.serve(request, path)


@require_safe
@cache_control(max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    searches = ""
    for code, _name in settings.LANGUAGES:
        with override(code):
            searches += f"Disallow: {reverse('search')}\n"
    text = ROBOTS.format(searches=searches, sitemap=f"{settings.SITE_URL}/sitemap.xml")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a weakness. It expires a year after it was asked for."""
    expires = (timezone.now() + datetime.timedelta(days=365)).strftime("%Y-%m-%dT00:00:00Z")
    text = (
        f"Contact: {settings.SECURITY_CONTACT}\nExpires: {expires}\n"
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}\n"
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt\n"
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """The web app manifest: name and icons for a phone's home screen."""
    site = site_context.for_language(settings.LANGUAGE_CODE)
    icons = [
        {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": static("img/maskable-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    document = {
        "name": site["name"],
        "short_name": site["short_name"],
        "lang": settings.LANGUAGE_CODE,
        "start_url": "/",
        "display": "browser",
        "background_color": "#F6F1E7",
        "theme_color": "#0B3F47",
        "icons": icons,
    }
    return JsonResponse(document, content_type="application/manifest+json")


@require_safe
@cache_control(max_age=86400)
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(staticfiles_storage.url("img/favicon.ico"))


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture that isn't on this machine (STORAGE_URL). Documents are handed out by Wagtail, which asks who reads."""
    if not name.startswith(PICTURES) or posixpath.normpath(name) != name:  # ".." would lead to the documents
        raise Http404
    try:
        response = FileResponse(default_storage.open(name))
    except FileNotFoundError as error:
        raise Http404 from error
    response.headers["Content-Security-Policy"] = "default-src 'none'"  # what is uploaded may hold scripts
    return response


def language_of_path(path: str) -> str:
    """The language that an address belongs to: its prefix, as Django's middleware reads it, else the default."""
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in the language of the address, with the ways on."""
    language = language_of_path(request.path)
    with override(language):
        context = {"title": gettext("Page not found"), "language": language, "lost": True}
        content = loader.render_to_string("404.html", context, request)
    return HttpResponse(content, status=HTTPStatus.NOT_FOUND)


@require_safe
def not_translated(request: HttpRequest, number: int) -> HttpResponse:
    """What to read where the page of that number is not there in the language of this address.

    It answers 200: the page exists, its link was no mistake, and this is the answer to it. Search engines are told to
    leave it out (`noindex`, and robots.txt needs no line). Once there is a translation, it leads there.
    """
    page = get_object_or_404(Page.objects.live().public(), pk=number, depth__gt=1).specific
    if not isinstance(page, BasePage) or not page.published_translations:
        raise Http404
    language = get_language()
    translation = page.published_in(language)
    if translation is not None:
        return HttpResponseRedirect(translation.url)
    nearest = page.nearest_in(language)
    section = nearest if isinstance(nearest, ListingPage) else None
    items = section.get_items(limit=NEWEST_INSTEAD) if section else []
    context = {
        "missing": page,
        "versions": page.published_translations,
        "languages": locales.names(page.published_translations),
        "listing": section,
        "items": items,
    }
    return render(request, "home/not_translated.html", context)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without database, cache or session: a template that needs nothing. 503 where the database or the server with
    the uploads is away or a disk is full. A form finds its words in it, to be sent again.

    Search engines and monitors come back after a 503; of a 500 they believe that the page is broken.
    """
    language, error = language_of_path(request.path), sys.exception()
    is_full = isinstance(error, OSError) and error.errno in NO_ROOM
    is_cut_off = type(error) is DatabaseError  # "server closed the connection": its other kinds are faults of ours
    is_away = is_full or is_cut_off or isinstance(error, OperationalError | InterfaceError | StorageAwayError)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
    context = {"language": language, "status": status.value}
    if request.method == "POST":
        context |= {
            **words_sent(request),
            "address": escape_leading_slashes(request.get_full_path()),
            "csrf_token": get_token(request),
        }
    with override(language):
        content = loader.render_to_string("500.html", context)
    return HttpResponse(content, status=status, headers={"Retry-After": RETRY_AFTER} if is_away else None)


@require_safe
def topic_suggestions(request: HttpRequest, language: str) -> JsonResponse:
    """The names for what somebody has begun to type, as Wagtail's own view gives them; only for staff (the hook)."""
    beginning = request.GET.get("term", "").replace("\0", "")
    return JsonResponse(topics.offered(language, beginning) if beginning else [], safe=False)
