"""What the newest version of a text is compared with on the decision page, and the difference."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations

from approval.diff import comparison
from approval.digest import BOOKKEEPING

LOOK, PUBLIC, WHOLE = "look", "public", "whole"
"""What it can be compared with (`?since=`)."""


def chosen(request: HttpRequest, instance: Any, text: Any, earlier: Any, pages: dict[int, Any]) -> dict[str, Any]:
    """What differs from the version that this person saw last, or from the public one; else all of it.

    `earlier`: that version, or None; `pages`: those that links lead to. For the template of the decision page. Where
    other texts show what this one says, it tells their places (`home.models.Fact.places_of_change`).
    """
    offered = [
        (LOOK, _("since you looked last"), earlier is not None),
        (PUBLIC, _("since what visitors see"), instance.live),
        (WHOLE, _("the whole text"), True),
    ]
    choices = {key: words for key, words, is_there in offered if is_there}
    since = request.GET.get("since")
    if since not in choices:
        since = next(iter(choices))
    if since == LOOK and earlier is not None:
        earlier.content_object = instance  # it is asked for its place in the tree
        sections = comparison.between(earlier.as_object(), text, pages)
    elif since == PUBLIC:
        children = [relation.get_accessor_name() for relation in get_all_child_relations(type(instance))]
        prefetch_related_objects([instance], *(name for name in children if name not in BOOKKEEPING))
        sections = comparison.between(instance, text, pages)
    else:
        sections = comparison.whole(text, pages)
    return {
        "is_new": not instance.live,
        "since": since,
        "is_marked": since != WHOLE,
        "since_choices": choices if len(choices) > 1 else {},
        "last_look": earlier,
        "sections": sections,
        "places": text.places_of_change() if hasattr(text, "places_of_change") else None,
    }
