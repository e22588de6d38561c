"""The mark on what is kept to named people, for those who see it."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from approval import restriction
from approval.views.subjects import address


def tell(request: HttpRequest, instance: Any) -> None:
    """A banner in the editor and where it is decided: who knows of the text, and how long."""
    draft = restriction.restricted(instance) if request.accepts("text/html") else None
    if draft is not None:
        people = ", ".join(sorted(str(person) for person in draft.people.all()))
        words = _("Until this text is published, nobody else knows of it. It is kept to: %(people)s.")
        button = messages.button(address("approval:restriction", instance), _("Change"))
        messages.info(request, words % {"people": people}, buttons=[button])
