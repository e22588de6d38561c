"""What every response of the site carries, by the part of the site that it comes from."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from http import HTTPStatus
from traceback import walk_tb
from typing import Any

from csp import utils
from csp.constants import HEADER, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed, ObjectDoesNotExist
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase, QueryDict
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.http import urlencode
from django.utils.translation import get_language_from_request, override
from wagtail.admin.localization import get_localized_response

from approval.row_keys import is_key
from approval.text_cleaning import clean_line
from home import views
from home.page_cache import MARK

log = logging.getLogger(__name__)

# Wagtail's date pickers, choosers and inline panels insert inline scripts and styles
# (docs/operators.md). `unsafe-eval` is not needed.
ADMIN_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "style-src-attr": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "connect-src": [SELF],
}

PROBES = ("/health/live", "/health/ready", "/metrics")

NUMBERS = {"id", "childOf", "child_of", "descendant_of"}
"""Parameters of addresses of the admin that hold keys."""


class PicturesMiddleware:
    """Pictures that aren't on this machine (STORAGE_URL): one answer for all, before anybody asks for a language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.STORAGE_URL:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.MEDIA_URL):
            return views.picture(request, request.path.removeprefix(settings.MEDIA_URL))
        return self.get_response(request)


class CompressionMiddleware(GZipMiddleware):
    """What Django answers, in a third of its size; files that are sent in pieces stay as they are.

    Ready answers are compressed once, where they are kept (home/page_store.py). Secrets in forms are safe: Django says
    the token of a form differently each time, and makes each answer a little longer by chance.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or response.has_header(MARK):
            return response
        return super().process_response(request, response)


class SitePolicyMiddleware(CSPMiddleware):
    """The strict policy for visitors, a workable one for the admin.

    What says nothing of caches is stored by none: of what the site doesn't keep, no CDN is told that it is old.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cache-Control", "no-cache")
        response = super().process_response(request, response)
        # django-csp leaves 404 alone with DEBUG, because of Django's own page and its inline styles. Ours has none.
        if is_public_error_page(request, response):
            policy = utils.build_policy(**asdict(self.get_policy_parts(request, response)))
            response.headers.setdefault(HEADER, policy)
        return response

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if is_admin(request):
            parts.replace = {**ADMIN_POLICY, **(parts.replace or {})}
        return parts


class ProbesMiddleware:
    """What programs ask of this machine is answered by whatever name or address they know it (not ALLOWED_HOSTS).

    It comes before all that needs more than they ask for, and could fail where they want to know what fails.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in PROBES:
            return resolve(request.path_info).func(request)
        return self.get_response(request)


class PublicErrorPagesMiddleware:
    """Visitors' 404 page also with DEBUG, where Django would show its own to developers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and is_public_error_page(request, response):
            return views.page_not_found(request)
        return response


class CleanAddressMiddleware:
    """What comes with an address is cleaned like every text: parameters of searches, filters and lists.

    PostgreSQL refuses U+0000, so an address with it is none. What forms send is cleaned where it is saved.
    Wagtail takes what its own addresses ask for granted, and answers 500 to numbers that are none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise Http404
        cleaned = [(clean_line(name), [clean_line(value) for value in values]) for name, values in request.GET.lists()]
        if is_admin(request):
            cleaned = [(name, [one for one in values if is_possible(request, name, one)]) for name, values in cleaned]
        if cleaned != list(request.GET.lists()):
            request.GET = QueryDict(urlencode(cleaned, doseq=True))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, _args: object, kwargs: dict[str, Any]) -> None:
        if is_admin(request) and not is_key(kwargs.get("pk", 0)):
            raise Http404

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A form lacks a field that ours has, or names a thing by what is no key: a bad request.

        One that leads on to what is no address: then what it asked for is done.
        """
        if isinstance(error, NoReverseMatch) and any(
            value and not is_possible(request, "next", value)
            for value in (request.POST.get("next"), request.POST.get("return_url"))
        ):
            log.warning("A form that leads on to no address was sent to %s", request.path, exc_info=error)
            return redirect("wagtailadmin_home" if is_admin(request) else "/")
        if not is_admin(request) or not (
            isinstance(error, MultiValueDictKeyError)
            or is_of_missing_field(request, error)
            or is_of_odd_key(request, error)
        ):
            return None
        log.warning("A form without a field, or with an impossible one, was sent to %s", request.path, exc_info=error)
        return HttpResponseBadRequest()


class AdminLanguageMiddleware:
    """The admin speaks its reader's language to the last answer.

    Wagtail's own views do, but not what answers beside them: its 404 page, and refusals.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_admin(request) and not request.user.is_authenticated:  # the door: as their browser asks
            with override(get_language_from_request(request)):
                return self.get_response(request)
        if is_admin(request):
            return get_localized_response(self.get_response, request)
        return self.get_response(request)  # and nobody asked who is there: public pages vary by nobody


def is_public_error_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    is_page = not is_admin(request) and not is_file(request)
    return is_page and response.status_code == HTTPStatus.NOT_FOUND


def is_possible(request: HttpRequest, name: str, value: str) -> bool:
    """Whether a parameter of an address of the admin says what Wagtail takes for granted that it says."""
    if name == "next":
        return value.startswith("/")  # other words would be taken for the name of a view
    if name == "id" and not is_key(value):
        return (value == "all" and "/bulk/" in request.path) or request.path == reverse("wagtailadmin_block_preview")
    return name not in NUMBERS or is_key(value) or value == "root"


def is_of_missing_field(request: HttpRequest, error: Exception) -> bool:
    """Whether Wagtail's own code looked for something in a form that isn't there."""
    if request.method != "POST" or not isinstance(error, AttributeError | KeyError):
        return False
    *_rest, (frame, _line) = walk_tb(error.__traceback__)
    is_empty = not (set(request.POST) - {"csrfmiddlewaretoken"} or request.FILES)
    is_wagtails = frame.f_globals.get("__name__", "").startswith("wagtail.")
    is_missing = isinstance(error, KeyError) and not {*map(str, error.args)} & {*request.POST, *request.FILES}
    has_no_form = isinstance(error, AttributeError) and (error.name, error.obj) == ("is_valid", None)
    return is_wagtails and (is_empty or is_missing or has_no_form)


def is_of_odd_key(request: HttpRequest, error: Exception) -> bool:
    """Whether Wagtail asked the database for what a form names by no key, or by a number that nothing has."""
    if request.method != "POST" or not isinstance(error, ValueError | OverflowError | DataError | ObjectDoesNotExist):
        return False
    odd = [value for _name, values in request.POST.lists() for value in values if not is_key(value)]
    if isinstance(error, ValueError):
        return any(str(error).endswith(f"expected a number but got {value!r}.") for value in odd)
    if isinstance(error, ObjectDoesNotExist):
        askers = (frame.f_globals.get("__name__", "") for frame, _line in walk_tb(error.__traceback__))
        *_rest, asker = (name for name in askers if not name.startswith("django."))
        return asker.startswith("wagtail.")
    return any(map(str.isdecimal, odd))


def is_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))


def is_file(request: HttpRequest) -> bool:
    return request.path.startswith((settings.STATIC_URL, settings.MEDIA_URL))
