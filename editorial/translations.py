"""wagtail-localize beside the gate: translations are written in the ordinary editor ("simple" mode).

Its editor of segments knows no workflow, no locks and no versions, and writes to the row that
visitors read. So its switches are refused; what reaches the live row all the same meets the gate.
"""

from typing import Any

from django.utils.translation import gettext as _

from editorial.refusals import RefusedError

VIEWS = {
    f"wagtail_localize:{name}"
    for name in ("update_translations", "convert_to_alias", "upload_pofile", "machine_translate")
}
"""They write to the live row, to its privacy and to its state; or many strings at once, unread."""

SWITCHES = ("localize-restart-translation", "localize-convert-to-alias")


def refuse_segments(request: Any, instance: Any) -> None:
    """Hook before a page or snippet is edited."""
    if request.method == "POST" and any(switch in request.POST for switch in SWITCHES):
        raise refusal()


def is_refused(request: Any) -> bool:
    """True for a request to a view that would change what visitors read past every version."""
    return request.method == "POST" and request.resolver_match.view_name in VIEWS


def refusal() -> RefusedError:
    return RefusedError(_("Translations are written and approved in the ordinary editor, as every other text."))
