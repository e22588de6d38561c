"""Redirects lead to what was approved: to public addresses of this site, and from none that is in use."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import get_dummy_request
from wagtail.models import Site

from approval import publish_guard
from approval.refusals import RefusedError


def keep_at_home(instance: Redirect, raw: bool = False, **_signal: Any) -> None:
    """Before a redirect is saved: it would show visitors something, so it shows only approved pages."""
    if raw or publish_guard.running_command():
        return
    link = instance.redirect_link
    if link and not _leads_home(link):
        raise RefusedError(
            _("A redirect leads to a page of this site. Put a link to %(host)s into a text, and have it approved.")
            % {"host": link}
        )
    if instance.automatically_created:
        return
    page = live_page_at(instance.old_path, instance.site)
    if page:
        raise RefusedError(
            _("“%(title)s” is public at %(path)s, and a redirect would lead its readers elsewhere.")
            % {"title": page, "path": instance.old_path}
        )


def _leads_home(link: str) -> bool:
    """Whether every browser understands `link` as an address of this site; some read a backslash as a slash."""
    try:
        address = urlsplit(link)
        is_ours = address.hostname in Site.objects.values_list("hostname", flat=True)
    except ValueError:
        return False
    return url_has_allowed_host_and_scheme(link, {address.netloc} if is_ours else None)


def live_page_at(path: str, site: Site | None) -> Any:
    """The public page at `path`, or None."""
    site = site or Site.objects.filter(is_default_site=True).first()
    if site is None:
        return None
    path = urlsplit(path).path
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    parts = [part for part in path.split("/") if part]
    if parts[:1] == [language]:
        parts = parts[1:]
    with override(language):
        try:
            return site.root_page.localized.specific.route(get_dummy_request(site=site), parts).page
        except Http404:
            return None


class PublicRedirectMiddleware(RedirectMiddleware):
    """Wagtail's, to public pages only: else it tells the new address of what was taken down and rewritten.

    Wagtail 8.1 leads to public pages only by itself: delete this then.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        answer = super().process_response(request, response)
        if answer is response:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        found = get_redirect(request, path) or get_redirect(request, urlsplit(path).path)
        is_hidden = found and found.redirect_page and not found.redirect_page.live
        return response if is_hidden else answer


def forget_addresses_of_draft(instance: Any, **_signal: Any) -> None:
    """After Wagtail made redirects to a page that moved or got another address: nobody has read one never public."""
    if instance.first_published_at is None:
        Redirect.objects.filter(redirect_page=instance, automatically_created=True).delete()
