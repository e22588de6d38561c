"""The mark on what was published in an emergency and nobody independent has answered yet."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from approval import emergency
from approval.views.subjects import address


def warn(request: HttpRequest, instance: Any) -> None:
    """A banner in the editor of what is marked."""
    if not request.accepts("text/html"):
        return
    entry = emergency.unconfirmed(instance)
    if entry is None:
        return
    said = _("%(who)s published this in an emergency, and nobody independent has confirmed it yet.")
    is_own, may_undo = emergency.is_own(entry, request.user), emergency.may_publish(request.user)
    buttons = []
    if may_undo or (not is_own and emergency.approves(instance, request.user)):
        label = _("Undo it") if is_own else _("Confirm or undo")
        buttons.append(messages.button(address("approval:answer", instance, entry.pk), label))
    messages.warning(request, said % {"who": entry.user_name}, buttons=buttons)
