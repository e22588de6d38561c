"""A session that ends while somebody writes: what scripts ask about it, and a page that keeps the words."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

LOGGED_OUT = "logged_out"
STALE_TOKEN = "stale_token"  # noqa: S105 - a code, no secret
SECRET = "password"  # noqa: S105 - part of a field's name
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - a field's name


@require_GET
@never_cache
def session(request: HttpRequest) -> JsonResponse:
    """Who is logged in, and the token that a form has to carry by now. Only for whoever has access to the admin."""
    user: Any = request.user
    return JsonResponse({"user": user.pk, "name": user.name, "token": get_token(request)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: a form of an ended session. Django's page would throw away what was typed."""
    home = reverse("wagtailadmin_home")
    if not request.path.startswith(home) or request.path == reverse("wagtailadmin_login"):
        # The form once more, with a token that fits; "//1234567/x.ics" is an address here, and elsewhere a host.
        return redirect(escape_leading_slashes(request.get_full_path()))
    return keep_words(request)


def keep_words(request: HttpRequest) -> HttpResponse:
    """The answer to a form that did not count: in words to scripts, and to people a page that holds it.

    It is sent again when a person says so, to the same address, with all that is asked of a form there.
    """
    is_known = request.user.is_authenticated
    if not request.accepts("text/html") or request.headers.get("x-requested-with") == "XMLHttpRequest":
        return _told_to_script(is_known)
    return render(request, "newsroom/lost_session.html", words_sent(request), status=HTTPStatus.FORBIDDEN)


def words_sent(request: HttpRequest) -> dict[str, Any]:
    """What a form has sent, for a page that offers to send it again. Asks no database."""
    decides = _view_of(request) == "newsroom:decide"
    fields = [(name, value) for name, values in request.POST.lists() if name != TOKEN for value in values]
    return {
        "fields": fields,
        "has_files": bool(request.FILES),
        # Another site could have filled the form in, and a password doesn't belong into a page.
        "is_offered": not decides and comes_from_here(request) and not any(SECRET in name for name, _value in fields),
        # Nobody says yes for somebody else, nor to what they haven't seen: only the words are kept.
        "words": request.POST.get("comment", "") if decides and comes_from_here(request) else "",
        "decides": decides,
    }


def _view_of(request: HttpRequest) -> str:
    """Its name, also where the request never came as far as a view."""
    try:
        return (request.resolver_match or resolve(request.path_info)).view_name
    except Resolver404:
        return ""


def _told_to_script(is_known: bool) -> JsonResponse:
    """In the shape that Wagtail's autosave understands."""
    if is_known:
        code, status = STALE_TOKEN, HTTPStatus.FORBIDDEN
        words = _("Somebody logged in here meanwhile. Your words stay here.")
    else:
        code, status = LOGGED_OUT, HTTPStatus.UNAUTHORIZED
        words = _("You were logged out. Log in again: your words stay here.")
    return JsonResponse({"success": False, "error_code": code, "error_message": words}, status=status)


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent the form."""
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return request.headers.get("origin") in ours
