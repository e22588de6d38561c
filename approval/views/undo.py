"""Putting back what was published before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import TranslatableMixin

from approval import emergency, undo
from approval.diff import comparison
from approval.ledger_words import names
from approval.models.ledger import ids_of
from approval.models.release import open_release_number
from approval.permissions import EMERGENCY
from approval.views.subjects import SubjectView, address, edit_address


class UndoView(SubjectView):
    """Shows what would change for visitors, and does it at once."""

    permission = EMERGENCY
    page_title = _("Put back the version before")
    header_icon = "history"
    template_name = "approval/undo.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        unanswered = emergency.unconfirmed(self.object) if self.object.live else None
        if unanswered:
            return {**context, "answer_url": address("approval:answer", self.object, unanswered.pk)}
        before = undo.version_before(self.object) if self.object.live else None
        revision = before.get_revision() if before else None
        if before is None or revision is None:
            return context
        return {
            **context,
            "before": before,
            "approvers": names(before.approvals),
            "sections": comparison.between(self.object, revision.as_object()),
            "is_in_progress": self.object.workflow_in_progress,
            "ends_release": open_release_number(self.object) is not None,
            "others": self._other_languages(),
            "is_own": self.request.user.pk in ids_of(before.contributors),
        }

    def _other_languages(self) -> list[dict[str, Any]]:
        """What is public of the same text in other languages, and stays as it is."""
        if not isinstance(self.object, TranslatableMixin):
            return []
        others = self.object.get_translations().filter(live=True).select_related("locale").order_by("locale")
        return [
            {
                "title": getattr(other, "title", str(other)),
                "language": other.locale.get_display_name(),
                "url": getattr(other, "url", None) or edit_address(other),
            }
            for other in others
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        undo.put_back(self.object, request.user, request.POST.get("before", ""), request.POST.get("reason", ""))
        messages.success(
            request,
            gettext("Visitors see the version of “%(title)s” that was published before.") % {"title": self.title},
            buttons=self.way_to_page(),
        )
        return redirect(edit_address(self.object))
