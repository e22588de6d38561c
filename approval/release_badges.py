"""What is approved and waits for its other language is called so, wherever Wagtail would call it a draft."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from approval import dates
from approval.models import ReleaseItem
from approval.request_cache import asked_once


def waiting(page: Any, request: Any) -> str:
    """ "Approved, goes live on 3 May with its other language"; "" for what waits for no other one."""
    if not isinstance(page, Page) or not page.has_unpublished_changes:
        return ""
    held = asked_once(request, "pages_that_wait_for_others", _held)
    if page.pk not in held:
        return ""
    at = held[page.pk]
    if at is None or at <= timezone.now():
        return _("approved, waits for its other language")
    return _("approved, goes live with its other language on %(time)s") % {"time": dates.day_and_hour(at)}


def _held() -> dict[int, datetime | None]:
    """The moment of each page that is approved to go live with others."""
    items = ReleaseItem.objects.filter(is_open=True, approval__isnull=False, page__isnull=False)
    return dict(items.values_list("page", "release__publish_at"))
