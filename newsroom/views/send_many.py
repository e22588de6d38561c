"""Many texts, sent at once from a list of pages: each for itself, as from its editor."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.models import Page

from approval import releases, submissions, validation
from approval.forms import WordsField
from approval.locks import locked
from translation import machine, originals, progress
from translation.models import SourceVersionMixin
from translation.pending import pending


class SendManyForm(forms.Form):
    note = WordsField(label=_("Note to them (optional)"), required=False, max_length=submissions.LONGEST)


class SendManyView(PublishBulkAction):
    """Stands in for Wagtail's "Publish" under a list of pages, which nobody may do.

    Nobody approves in a list either: whoever approves has seen the change.
    """

    display_name = pgettext_lazy("button", "Send")  # there is no room for more
    aria_label = _("Send the chosen pages for approval")
    template_name = "newsroom/send_many.html"
    form_class = SendManyForm

    @cached_property
    def reasons(self) -> dict[int, str]:
        """Why a page can't be sent, by its number."""
        return {}

    @cached_property
    def first(self) -> dict[int, str]:
        """What has to be public before a page that can be sent, by its number."""
        return {}

    def check_perm(self, page: Page) -> bool:
        if reason := self._objection(page):
            self.reasons[page.pk] = reason
        return not reason

    def _objection(self, page: Page) -> str:
        tester = page.permissions_for_user(self.request.user)
        if not tester.can_edit():
            return str(_("It isn't yours to edit."))
        if page.workflow_in_progress:
            return str(_("It is under way already."))
        if not tester.can_submit_for_moderation():
            return str(_("It is locked, or goes through no workflow."))
        if (page.live and not page.has_unpublished_changes) or page.latest_revision_id is None:
            return str(_("There is no unpublished text."))
        if page.scheduled_revision is not None:
            return str(_("It is approved and waits for its time."))
        if releases.release_that_holds(page):
            return str(_("It is approved and waits for its other language."))
        found = validation.obstacles(page.specific.get_latest_revision())
        self.first[page.pk] = validation.words([problem for problem in found if problem.comes_first])
        return validation.words(validation.preventing(found, is_last=False)) or self._question(page.specific)

    def _question(self, page: Any) -> str:
        """What its editor would ask about a translation before it is sent."""
        original = originals.original_of(page) if isinstance(page, SourceVersionMixin) else None
        draft = page.get_latest_revision_as_object()
        if original is None:
            return ""
        if not (pending(draft, original) or progress.untranslated(draft, original) or machine.unchecked(draft)):
            return ""
        return str(_("It differs from its original: send it from its editor, which says where."))

    def object_context(self, obj: Any) -> dict[str, Any]:
        return {"item": obj.specific_deferred, "first": self.first.get(obj.pk, "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super(PublishBulkAction, self).get_context_data(**kwargs)
        for entry in context["items_with_no_access"]:
            entry["reason"] = self.reasons[entry["item"].pk]
        return context

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, "note": self.cleaned_form.cleaned_data["note"]}

    @classmethod
    def execute_action(cls, objects: list[Page], user: Any = None, note: str = "", **_others: Any) -> tuple[int, int]:
        sent = 0
        for page in objects:
            text = locked(page.specific)
            if not (text.workflow_in_progress or releases.release_that_holds(text)):  # somebody was quicker
                with submissions.with_note(note):
                    submissions.send(text, user)
                sent += 1
        return sent, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(count)d page was sent for approval.", "%(count)d pages were sent for approval.", num_parent_objects
        ) % {"count": num_parent_objects}
