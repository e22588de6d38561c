"""What programs ask: load balancers, monitoring."""

from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language_from_request, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from operations import health
from operations.metrics import exposition

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")
"""Whoever comes through a proxy on this machine comes from anywhere."""
LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Whether this machine can show pages: 200, else 503. `degraded` needs a person, and no load balancer.

    Which check says what is for this machine and for who has the token: the world learns nothing of the inside.
    """
    with override(get_language_from_request(request)):
        results = health.report()
    state = health.overall(results)
    answer: dict[str, object] = {"status": state}
    if is_local(request) or has_token(request):
        answer["checks"] = {name: {"state": found.state, "says": found.words} for name, found in results.items()}
    status = HTTPStatus.SERVICE_UNAVAILABLE if state == health.State.FAILED else HTTPStatus.OK
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus. Where there is no METRICS_TOKEN, there is no such address."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not has_token(request):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def has_token(request: HttpRequest) -> bool:
    """`Authorization: Bearer …` with METRICS_TOKEN, where there is one."""
    token = settings.METRICS_TOKEN
    return bool(token) and constant_time_compare(request.headers.get("authorization", ""), f"Bearer {token}")


def is_local(request: HttpRequest) -> bool:
    """Asked on this machine itself, by its own name and not through a proxy."""
    meta = request.META
    try:
        is_here = ip_address(meta.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:  # a socket, behind which a proxy stands
        return False
    host, _port = split_domain_port(meta.get("HTTP_HOST", ""))
    return is_here and host in LOCAL_NAMES and not any(name in meta for name in FORWARDED)
