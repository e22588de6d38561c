"""The editor of a translation, segment by segment: the original's words on one side, the translation's on the other."""

from collections.abc import Callable
from html import unescape
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from approval import comments, deadlines, locks, people, release_standing, returns, submissions, timeline
from approval.views.subjects import edit_address
from translation import facts, markup, originals
from translation.segmented import SegmentedTranslation
from translation.views import segment_help, segment_links, segment_rows, segment_state
from translation.views.segment_rows import SegmentRow

SENT = "pieces-of-a-translation"
"""A field that tells this form from the ordinary editor's."""
FORM = "[data-segments]"
SendButton = Callable[[Any, HttpRequest, str], str]


def instead_of_editor(request: HttpRequest, page: Page, send_button: SendButton) -> HttpResponseBase | None:
    """What a translation of a long-lived page is edited with: segment by segment, as long as that fits; else None.

    `send_button(page, request, selector of the form)`: the HTML of what sends a text.
    """
    if not getattr(page, "is_translated_by_segments", False) or {"whole", "comment"} & set(request.GET):
        return None  # comments stand beside the whole page
    if originals.is_in_first_language(page) or (request.method == "POST" and SENT not in request.POST):
        return None
    page = page.specific_class.objects.select_related("locale").get(pk=page.pk)  # the editor has its newest version
    draft = page.get_latest_revision_as_object()
    original = originals.translated_text(page, draft)
    if original is None or not originals.is_readable(original):
        return None
    segmented = SegmentedTranslation(draft, original, page)
    if not segmented.fits:
        messages.warning(request, _("This page has blocks of its own, so it is edited as a whole."))
        # The other form would take what this one sent for one of its own that was left empty.
        return redirect(edit_address(page)) if request.method == "POST" else None
    return SegmentsView.as_view(page=page, segmented=segmented, send_button=send_button)(request)


class SegmentsView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows the segments; POST saves a draft, and submits it where that was asked for."""

    template_name = "translation/segments.html"
    header_icon = "doc-empty-inverse"
    page: Any = None
    segmented: Any = None
    send_button: SendButton | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    # --- To read

    def get_page_title(self) -> str:
        return _("Translation")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        parent = self.page.get_parent()
        above = {"url": reverse("wagtailadmin_explore", args=(parent.pk,)), "label": parent.get_admin_display_title()}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.get_page_title()}]

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    @property
    def draft(self) -> Any:
        return self.segmented.draft

    @property
    def original(self) -> Any:
        return self.segmented.original

    @cached_property
    def lock(self) -> Any:
        lock = self.page.get_lock()
        return lock if lock and lock.for_user(self.request.user) else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = kwargs.pop("rows", None) or self._rows(None)
        needed_by = deadlines.needed_by(self.page)
        returned = returns.of(self.page)
        may_submit = not self.lock and (returned is not None or not self.page.workflow_in_progress)
        open_comments = comments.open_on(self.page)
        workflow = self.page.current_workflow_state if self.lock else None
        return {
            **super().get_context_data(**kwargs),
            **segment_links.links(self.page, self.request.user),
            **segment_help.context(rows, self.original, self.page, is_locked=self.lock is not None),
            "page": self.page,
            "original": self.original,
            "language": get_language_info(self.page.locale.language_code)["name_translated"],
            "rows": rows,
            "counter": segment_state.counted(rows),
            "needed_by": needed_by,
            "is_overdue": needed_by is not None and needed_by < timezone.localdate(),
            "may_take_back": workflow is not None and workflow.user_can_cancel(self.request.user),
            "lock_message": self.lock.get_message(self.request.user) if self.lock else "",
            "sent": SENT,
            "revision": self.page.latest_revision_id,
            "source_version": self._source_version,
            "may_submit": may_submit,
            "send": self.send_button(self.page, self.request, FORM) if may_submit and self.send_button else "",
            "when": "" if self.lock else release_standing.when(self.page, self.draft.go_live_at),
            "saves_by_itself": not self.lock and not self.page.workflow_in_progress,
            "returned": returned,
            "news": self._news(),
            "comments": open_comments,
            "names": self.draft.translated_names(self.original),
            "timeline": timeline.timeline(self.page),
        }

    def _news(self) -> dict[str, Any] | None:
        """What happened to the original since the translation that visitors read was approved."""
        public = originals.original_of(self.page)
        if not self.page.live or public is None or self.page.source_version == public.source_version:
            return None
        changes = self.segmented.changed_since
        before = originals.published_as(public, self.page.source_version)
        return {
            "facts": list(facts.between(facts.of(before), facts.of(public))) if before is not None else [],
            "since": public.source_version,
            "is_elsewhere": self.original.source_version != public.source_version,
            "has_words": changes != [],
            "removed": [markup.plain(one.segment.text) for one in changes or () if one.kind == "removed"],
        }

    @property
    def _source_version(self) -> str:
        return self.original.source_version.isoformat() if self.original.source_version else ""

    def _rows(self, given: dict[str, str] | None) -> list[SegmentRow]:
        rows = [SegmentRow(number, unit, given) for number, unit in enumerate(self.segmented.units, 1)]
        return segment_help.with_machine_words(rows, self.page)

    # --- To save

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "action-cancel-workflow" in request.POST:
            return self._take_back()
        rows = self._rows(request.POST.dict())
        if "checked" in request.POST:
            for row in rows:
                row.fits = True
        segment_rows.name_address(rows, self.draft, self.original)
        for row in rows:
            row.check(self.original)
            if self.page.workflow_in_progress:  # what is missing would go live in the original's words
                row.require()
        segment_rows.check_address(rows, self.original, self.page)
        refusal = self._refusal()
        if not request.accepts("text/html"):
            return self._save_by_itself(rows, refusal)
        if refusal:
            segment_rows.take_in_what_others_saved(
                rows, self.request.POST.get("revision", ""), self.original, self.page
            )
        if refusal or any(row.error for row in rows):
            messages.error(request, refusal or _("Nothing was saved: correct what is marked."))
            return self._again(rows, status=409 if refusal else 200)
        if "machine" in request.POST and (problem := segment_help.ask_machine(rows, self.original, self.page)):
            messages.error(request, problem)  # what was typed is saved all the same
        self._save(rows)
        if not {"action-submit", "checked"} & set(request.POST):
            messages.success(request, _("The draft was saved."))
            return redirect(edit_address(self.page))
        for row in rows:
            row.require()
        unsure = any(row.is_unsure and not row.is_kept for row in rows)
        asks_about_same = unsure and "same_on_purpose" not in request.POST
        if asks_about_same or any(row.error for row in rows):
            messages.error(request, _("The draft was saved, but not submitted: look at what is marked."))
            self.page.refresh_from_db()
            left = [row for row in rows if row.error]
            can_confirm = bool(left) and all(row.unit.status == "changed" and row.value for row in left)
            return self._again(rows, asks_about_same=asks_about_same, left=left, can_confirm=can_confirm)
        return self._send()

    def _save_by_itself(self, rows: list[SegmentRow], refusal: str) -> HttpResponse:
        """What the script saves while somebody writes; never a text in review, which a save sends back to its start."""
        wrong = next((f"{row.unit.segment.label}: {row.error}" for row in rows if row.error), "")
        if self.page.workflow_in_progress:
            refusal = refusal or _("The text is in review: save it yourself.")
        if refusal or wrong:
            return JsonResponse({"problem": unescape(strip_tags(refusal or wrong))}, status=409 if refusal else 400)
        newest = self.page.latest_revision
        is_own = newest is not None and self.request.POST.get("overwrite") == str(newest.pk)
        revision = self._save(rows, newest if is_own else None)
        segment_help.attach_notices(rows, self.original, self.page)
        shown = segment_state.for_script(rows)
        return JsonResponse({"revision": revision.pk, "at": date_format(timezone.localtime(), "H:i"), **shown})

    def _send(self) -> HttpResponse:
        page = type(self.page).objects.get(pk=self.page.pk)
        with submissions.with_note(self.request.POST.get("submission_note", "")):
            submissions.send(page, self.request.user)
        sent = _("“%(title)s” was submitted for approval.") % {"title": page.draft_title}
        step = type(page).objects.get(pk=page.pk).current_workflow_task_state
        who = timeline.who_can(people.deciders(step)) if step else ""
        messages.success(self.request, f"{sent} {who}".strip())
        return redirect("wagtailadmin_home")

    def _take_back(self) -> HttpResponse:
        submissions.take_back(self.page, self.page.current_workflow_state, self.request.user)
        messages.success(self.request, _("You took it back: correct it, and send it again."))
        return redirect(edit_address(self.page))

    def _again(self, rows: list[SegmentRow], status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(rows=rows, **context), status=status)

    def _refusal(self) -> str:
        """Why nothing can be saved now; "" if it can."""
        if self.lock:
            return str(self.lock.get_message(self.request.user))
        if self.request.POST.get("source_version") != self._source_version:
            return _("The original was changed meanwhile. Your words are still here: compare them and save again.")
        if self.request.POST.get("revision") != str(self.page.latest_revision_id):
            return _("Somebody saved this page meanwhile. Your words are still here: compare them and save again.")
        return ""

    @transaction.atomic
    def _save(self, rows: list[SegmentRow], overwrite: Any = None) -> Any:
        """`overwrite`: a version of the same person, which autosave goes on writing."""
        locks.locked(self.page)
        content = self.segmented.content({row.unit.segment.path: row.answer for row in rows})
        segment_help.forget_checked(rows, self.page)
        draft = self.page.with_content_json(content)
        draft.source_version = self.original.source_version
        return draft.save_revision(user=self.request.user, clean=False, log_action=True, overwrite_revision=overwrite)
