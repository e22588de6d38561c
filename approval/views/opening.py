"""Who reads a page: made private by one person, opened to everybody by two."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormMixin
from wagtail.admin import messages
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import Page, PageViewRestriction

from approval import emergency, openings
from approval.forms import WordsField
from approval.views.subjects import SubjectView, address, edit_address


class PrivacyView(SetPrivacyView):
    """Wagtail's dialog, in its place: where opening the page needs a second person, it leads to the question."""

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if not self.restriction or self.restriction_on_ancestor or not openings.needs_two(self.page):
            return form
        field = form.fields["restriction_type"]
        field.choices = [choice for choice in field.choices if choice[0] != PageViewRestriction.NONE]
        said = gettext("Opening the page shows its text to everybody, so a second person decides.")
        ask = gettext("See who asks for it") if openings.request_of(self.page) else gettext("Ask to open it")
        field.help_text = format_html('{} <a href="{}">{}</a>', said, address("approval:opening", self.page), ask)
        return form


class AskForm(forms.Form):
    reason = WordsField(
        label=_("Why may everybody read it?"),
        help_text=_("At least 20 characters. Whoever decides reads it, and it stays in the publication record."),
        min_length=emergency.LEAST_REASON,
    )

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        if missing := emergency.objection_to_reason(reason):
            raise forms.ValidationError(missing)
        return reason


def _address_of_public(page: Page) -> str:
    """Where whoever decides reads what everybody would: not on the site, which may ask for a password or a group."""
    if page.live_revision_id is None:
        return page.get_url() or edit_address(page)
    return reverse("wagtailadmin_pages:revisions_view", args=(page.pk, page.live_revision_id))


class OpeningView(FormMixin, SubjectView):
    """Asks to open a private page; to somebody else it shows what everybody would read, and takes the answer."""

    permission = "wagtailadmin.access_admin"
    form_class = AskForm
    page_title = _("Open to everybody")
    header_icon = "view"
    template_name = "approval/opening.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not isinstance(self.object, Page):
            raise Http404
        self.may_answer = openings.may_answer(self.object, request.user)
        if not (self.may_answer or openings.may_ask(request.user)):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, pages = openings.request_of(self.object), list(openings.shown_by(self.object))
        return {
            **super().get_context_data(**kwargs),
            "is_private": self.object.view_restrictions.exists(),
            "is_private_above": openings.is_private_above(self.object),
            "asked": asked,
            "pages": [(page.title, _address_of_public(page)) for page in pages],
            "shown": openings.fingerprint(pages),
            "may_answer": self.may_answer,
            "may_ask": openings.may_ask(self.request.user),
            "is_own": asked is not None and asked.user_id == self.request.user.pk,
            "objection": asked and openings.objection(asked, self.request.user, pages),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST
        if data.get("answer") == "open":
            openings.open_to_all(self.object, request.user, data.get("shown", ""), data.get("comment", ""))
            said = gettext("“%(title)s” is open to everybody.")
        elif data.get("answer") == "keep":
            openings.keep(self.object, request.user, data.get("comment", ""))
            said = gettext("“%(title)s” stays private.")
        else:
            form = self.get_form()
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(form=form))
            openings.ask(self.object, request.user, form.cleaned_data["reason"])
            said = gettext("You asked to open “%(title)s”. It stays private until somebody else agrees.")
        messages.success(request, said % {"title": self.title}, buttons=self.way_to_page())
        return redirect(edit_address(self.object))
