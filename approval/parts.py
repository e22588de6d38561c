"""What a text shows and has an approval of its own (a fact, a place, a template): public as long as the text is."""

from collections import defaultdict
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page

from approval import references
from approval.refusals import RefusedError


def keep_public(text: Any, content: dict[str, Any]) -> None:
    """Nobody takes down what `text` (of the version `content`) shows, until the transaction ends.

    Asked when `text` goes live: between its checks (`validation.PartsArePublic`) and now somebody else may have taken
    one down. Who does that locks it first, and looks then where it stands; so one of the two sees the other. `text` is
    locked already, and what it shows is in one order: nobody waits in a circle. Raises RefusedError.
    """
    begins = getattr(text, "go_live_at", None)
    if begins and begins > timezone.now():
        return
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for model, pk in references.targets(type(text), content):
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page) and (model, pk) != (type(text), text.pk):
            wanted[model].add(pk)
    for model in sorted(wanted, key=lambda one: one._meta.label):
        rows: Any = model._default_manager.select_for_update(no_key=True).filter(pk__in=wanted[model])
        found = {row.pk: row for row in rows.order_by("pk")}
        for pk in sorted(wanted[model]):
            if pk not in found or not found[pk].live:
                words = _("It shows “%(title)s”, which is not public any more. That comes first.")
                raise RefusedError(words % {"title": found.get(pk, pk)})
