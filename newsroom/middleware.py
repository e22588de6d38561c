"""Refusals become words on the page that the person came from; what an ended session sends is kept."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db.models import ProtectedError, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page, TaskState

from approval import policy
from approval.quoting import quoted
from approval.refusals import RefusedError
from newsroom.views.session import comes_from_here, keep_words


class LostSessionMiddleware:
    """A form that arrives after its session ended is kept; Wagtail would show the login form in its place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_lost = (
            isinstance(response, HttpResponseRedirect)
            and urlsplit(response.url).path == reverse("wagtailadmin_login")
            and request.path not in (reverse("wagtailadmin_login"), reverse("wagtailadmin_logout"))
            and not request.path.startswith(reverse("mfa_index"))  # a step of signing in: nothing was written
            and (not request.accepts("text/html") or (request.method == "POST" and comes_from_here(request)))
            and not request.user.is_authenticated
        )
        return keep_words(request) if is_lost else response


class RefusalMiddleware:
    """Turns RefusedError into a message and a redirect, or into 403 for scripts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """A step's number in an address belongs to the text in that address: Wagtail doesn't look."""
        if "task_state_id" not in kwargs or not request.user.has_perm("wagtailadmin.access_admin"):
            return None  # of public pages nobody asked who is there: they vary by nobody
        refusal: RefusedError | None = None
        if not _fit_together(**kwargs):
            refusal = RefusedError(_("This step is over, or belongs to another text."))
        elif kwargs.get("action_name") == "approve":
            refusal = _why_not(kwargs["task_state_id"], request.user)
        return self.process_exception(request, refusal) if refusal else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ProtectedError):
            # The database keeps what others point to; Wagtail's view for many uploads doesn't expect it.
            exception = RefusedError(_("This is in use, so it is not deleted: %s") % _named(exception))
        if not isinstance(exception, RefusedError):
            return None
        if not _is_read_by_a_person(request):
            # The shape that Wagtail's editor understands.
            return JsonResponse(
                {"success": False, "error_code": "refused", "error_message": str(exception)}, status=403
            )
        messages.error(request, str(exception))
        return redirect(_where_from(request))


def _named(error: ProtectedError) -> str:
    return quoted(list(error.protected_objects)[:3])


def _fit_together(task_state_id: int, page_id: int | None = None, pk: Any = "", **_others: Any) -> bool:
    about = {"workflow_state__object_id": str(page_id) if page_id else unquote(str(pk))}
    states = TaskState.objects.filter(pk=task_state_id, **about)
    pages = Q(workflow_state__base_content_type=ContentType.objects.get_for_model(Page))
    return states.filter(pages if page_id else ~pages).exists()


def _why_not(task_state_id: int, user: Any) -> RefusedError | None:
    """Where approving isn't offered, Wagtail says no without the reason."""
    state = TaskState.objects.get(pk=task_state_id)
    found = policy.objection(state, user)
    return RefusedError(found.reason) if found else None


def _is_read_by_a_person(request: HttpRequest) -> bool:
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return False
    return request.path.startswith(reverse("wagtailadmin_home")) and request.accepts("text/html")


def _where_from(request: HttpRequest) -> str:
    """The page that sent this request, if it is one of ours and another one; else the page's editor."""
    said = request.headers.get("referer", "")
    source = urlsplit(said if url_has_allowed_host_and_scheme(said, {request.get_host()}) else "")
    if source.netloc and (request.method == "POST" or source.path != request.path):
        return escape_leading_slashes(source._replace(scheme="", netloc="").geturl())
    if following := get_valid_next_url_from_request(request):
        return following
    page = request.resolver_match.kwargs.get("page_id") if request.resolver_match else None
    if page and request.method == "POST":
        return reverse("wagtailadmin_pages:edit", args=(page,))
    return reverse("wagtailadmin_home")
