"""Work that nobody should wait for."""

import logging

from django.utils.translation import override
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import Page

from home import resizing

log = logging.getLogger(__name__)


@task(backend="mail", priority=-1)  # the worker's queue: mails first
def prepare_pictures(page_id: int) -> None:
    """Resize the pictures of a page before its first visitor comes (an AVIF takes a second or two).

    Rendering the page once does it, and can't disagree with its template about the sizes.
    """
    page = Page.objects.live().filter(pk=page_id).first()
    if page is None:
        return
    with (
        resizing.here(),
        override(page.locale.language_code),
    ):  # rendering leaves its language on, also for whoever waits here
        response = page.specific.make_preview_request()
    if response.status_code >= 400:
        log.warning("Page %s could not be rendered: status %s", page_id, response.status_code)


@task(backend="mail", priority=-2)
def prepare_copies(image_id: int, specs: list[str]) -> None:
    """Make the copies of a large picture that somebody looks at before its page is public: a preview, a chooser."""
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is not None:
        with resizing.here():
            image.get_renditions(*specs)
