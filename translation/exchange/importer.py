"""A translated file, as it comes back: what it would do, and doing exactly that."""

from typing import Any

from django.db import transaction

from approval import locks
from translation.exchange import po
from translation.exchange.plan import PagePlan
from translation.exchange.validation import validate


def prepared(content: bytes, asked: Any, user: Any) -> PagePlan:
    """What the file `content`, sent for the page `asked`, would do. Writes nothing."""
    reading = po.read(content)
    plan = PagePlan(content, reading.document, asked, user, problems=reading.problems)
    validate(plan)
    return plan


@transaction.atomic
def carry_out(content: bytes, asked: Any, user: Any, seen: str) -> tuple[PagePlan, Any]:
    """Writes one new draft version, if what would be done is still what was `seen`.

    Returns what would be done now, and the page that was written; None if nothing was.
    """
    first = prepared(content, asked, user)
    for page in sorted(filter(None, (first.original, first.page)), key=lambda page: page.pk):
        locks.locked(page)
    now = prepared(content, asked, user)
    return now, now.write() if now.is_possible and now.seen == seen else None
