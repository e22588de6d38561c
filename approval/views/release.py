"""Letting a text and its translations go live together: one small form, and where they stand."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import Page

from approval import release_permissions, release_standing, releases, timeline
from approval.release_forms import TogetherForm
from approval.views.subjects import SubjectView, address, may_edit


class TogetherView(SubjectView):
    """For whoever may send the original, and whoever may withdraw an approval; to read for all who may edit one text.

    `object` is that text: the mails lead everybody to the same address.
    """

    permission = "wagtailadmin.access_admin"
    page_title = _("In Polish and in English together")
    header_icon = "calendar-alt"
    template_name = "approval/together.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.original = release_permissions.original_of(self.object)
        if self.original is None:
            raise Http404
        self.release = releases.release_of(self.object)
        held = Page.objects.filter(release_items__release=self.release, release_items__is_open=True)
        of_both = [self.object, *self.object.get_translations().specific(), *(held if self.release else ())]
        theirs = next((page for page in of_both if may_edit(page, request.user)), None)
        if theirs is not None:
            self.object = theirs.specific
        elif not release_permissions.may_create(self.original, request.user):
            raise PermissionDenied

    def _may_save(self) -> bool:
        if self.release is not None:
            return release_permissions.may_move(self.release, self.request.user)
        return release_permissions.may_create(self.original, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        standing = release_standing.shown_to(user, release_standing.of(self.release)) if self.release else None
        form = kwargs.get("form") or TogetherForm(release=self.release)
        may_end = self.release is not None and release_permissions.may_change(self.release, user)
        may_save = self._may_save()
        movers = release_permissions.movers(self.release) if self.release and may_end and not may_save else []
        return {
            **super().get_context_data(**kwargs),
            "standing": standing,
            "form": form if may_save else None,
            "may_end": may_end,
            "who_can": timeline.who_can(movers) if movers else "",
            "is_approved": self.release is not None and self.release.items.exclude(approval=None).exists(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.release is not None and request.POST.get("action") == "withdraw":
            releases.withdraw(self.release.pk, request.user, request.POST.get("reason", ""))
            said = gettext("Each of the texts goes its own way again.")
            if self.release.items.exclude(approval=None).exists():
                said += " " + gettext("What was approved is a draft again, and has to be sent again.")
            messages.success(request, said)
            return redirect(address("approval:together", self.object))
        form = TogetherForm(request.POST, self.release)
        said = form.save(self.original, request.user) if form.is_valid() else ""
        if not said:
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, said)
        return redirect(address("approval:together", self.object))
