"""wagtail-localize beside the gate: translations are written in the ordinary editor ("simple" mode).

Its editor of segments knows no workflow, no locks and no versions, and writes to the row that
visitors read. So its switches are refused; what reaches the live row all the same meets the gate.
"""

from typing import Any

from django.utils.translation import gettext as _

from editorial.refusals import RefusedError

SWITCHES = ("localize-restart-translation", "localize-convert-to-alias")


def refuse_segments(request: Any, instance: Any) -> None:
    """Hook before a page or snippet is edited."""
    if request.method == "POST" and any(switch in request.POST for switch in SWITCHES):
        raise RefusedError(_("Translations are written and approved in the ordinary editor, as every other text."))
