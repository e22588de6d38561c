"""Work that nobody should wait for."""

import logging

from django.utils.translation import override
from django_tasks import task
from wagtail.models import Page

log = logging.getLogger(__name__)


@task(backend="mail", priority=-1)  # the worker's queue: mails first
def prepare_pictures(page_id: int) -> None:
    """Resize the pictures of a page before its first visitor comes (an AVIF takes a second or two).

    Rendering the page once does it, and can't disagree with its template about the sizes.
    """
    page = Page.objects.live().filter(pk=page_id).first()
    if page is None:
        return
    with override(page.locale.language_code):  # rendering leaves its language on, also for whoever waits here
        response = page.specific.make_preview_request()
    if response.status_code >= 400:
        log.warning("Page %s could not be rendered: status %s", page_id, response.status_code)
