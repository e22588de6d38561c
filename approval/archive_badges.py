"""What was taken down is called archived, with since when, wherever Wagtail would call it a draft."""

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.models import Page

from approval import dates
from approval.models import Act, LedgerEntry
from approval.request_cache import asked_once
from approval.status import is_archived


def since(page: Any, request: Any) -> str:
    """ "Archived since 3 May"; "" for what isn't in the archive, or waits for review or for its time again."""
    if not is_archived(page):
        return ""
    moment = asked_once(request, "taken_down_pages", _taken_down).get(str(page.pk))
    return _("archived since %(day)s") % {"day": dates.day(moment)} if moment else _("archived")


def _taken_down() -> dict[str, datetime]:
    """When each page was last taken down."""
    entries = LedgerEntry.objects.filter(act=Act.TAKEN_DOWN, content_type__app_label=Page._meta.app_label)
    return dict(entries.order_by().values_list("object_id").annotate(Max("at")))
