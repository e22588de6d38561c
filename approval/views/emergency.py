"""The emergency exit, and the answer to it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormMixin
from wagtail.admin import messages
from wagtail.models import Page

from approval import archive, emergency, reviewed_revisions, validation
from approval.forms import WordsField
from approval.ledger_words import names
from approval.models import LedgerEntry
from approval.permissions import EMERGENCY
from approval.views.subjects import SubjectView, address, compare_address, edit_address


class ReasonForm(forms.Form):
    """Why nobody independent could be waited for, and which version is meant."""

    reason = WordsField(
        label=_("Why can't it wait?"),
        help_text=_("At least 20 characters. All coordinators read it, and it stays in the publication record."),
        min_length=emergency.LEAST_REASON,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        if missing := emergency.objection_to_reason(reason):
            raise forms.ValidationError(missing)
        return reason


class EmergencyView(FormMixin, SubjectView):
    """Says what the exit does, asks for a reason, publishes."""

    permission = EMERGENCY
    form_class = ReasonForm
    page_title = _("Publish in an emergency")
    header_icon = "warning"
    template_name = "approval/emergency.html"

    def get_initial(self) -> dict[str, Any]:
        revision = self.object.get_latest_revision()
        return {"revision": revision and reviewed_revisions.record_review(revision, self.request.user)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["can_publish"] = bool(self.object.latest_revision_id) and (
            self.object.has_unpublished_changes or not self.object.live
        )
        if context["can_publish"]:
            context |= validation.split(validation.problems(self.object.get_latest_revision()))
        context["workflow_state"] = self.object.current_workflow_state
        context["scheduled"] = self.object.scheduled_revision
        if self.object.live and context["can_publish"]:
            context["compare_url"] = compare_address(self.object, "live", "latest")
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        data = form.cleaned_data
        try:
            emergency.publish(self.object, request.user, data["reason"], data["revision"])
        except validation.InvalidError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(
            request,
            gettext("“%(title)s” is public. All coordinators were told; somebody else has to confirm it.")
            % {"title": self.title},
            buttons=self.way_to_page(),
        )
        return redirect(edit_address(self.object))


class ConfirmationView(SubjectView):
    """Somebody independent confirms an emergency publication, or the approved version comes back."""

    permission = "wagtailadmin.access_admin"
    page_title = _("Published in an emergency")
    header_icon = "warning"
    template_name = "approval/emergency_answer.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        entries = LedgerEntry.objects.for_instance(self.object).filter(act="emergency")
        self.entry = get_object_or_404(entries, pk=kwargs["entry"])
        if not (emergency.may_publish(request.user) or emergency.approves(self.object, request.user)):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_waiting = LedgerEntry.objects.unconfirmed().filter(pk=self.entry.pk).exists()
        before = archive.version_before(self.object) if is_waiting else None
        may_put_back = emergency.may_publish(self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "entry": self.entry,
            "writers": names(self.entry.contributors),
            "waiting": is_waiting,
            "objection": emergency.objection(self.entry, self.request.user),
            "before": before,
            "may_put_back": may_put_back,
            "may_take_down": isinstance(self.object, Page)
            and self.object.permissions_for_user(self.request.user).can_unpublish(),
            "compare_url": before and compare_address(self.object, before.revision_number, self.entry.revision_number),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("answer") == "confirm":
            emergency.confirm(self.entry, request.user, request.POST.get("comment", ""))
            said = gettext("You confirmed the emergency publication of “%(title)s”.")
        elif request.POST.get("answer") == "put-back":
            emergency.put_back(self.entry, request.user)
            said = gettext("Visitors see the approved version of “%(title)s” again. The other text is kept as a draft.")
        else:
            return redirect(address("approval:answer", self.object, self.entry.pk))
        messages.success(request, said % {"title": self.title})
        return redirect(edit_address(self.object))
