"""The day by which a text is needed."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormMixin
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from approval import deadlines, workdays
from approval.views.subjects import SubjectView, edit_address, may_edit


class DayForm(forms.Form):
    day = forms.DateField(
        label=_("Needed by"),
        help_text=_("Those who can decide are reminded one working day before, and afterwards. Empty: no such day."),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class NeededByView(FormMixin, SubjectView):
    """For whoever may edit the text, also while it waits and is locked to them."""

    permission = "wagtailadmin.access_admin"
    form_class = DayForm
    page_title = _("When is it needed?")
    header_icon = "calendar"
    template_name = "approval/needed_by.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_edit(self.object, request.user):
            raise PermissionDenied

    def get_initial(self) -> dict[str, Any]:
        return {"day": deadlines.needed_by(self.object)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "next": get_valid_next_url_from_request(self.request)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        day = form.cleaned_data["day"]
        deadlines.set_needed_by(self.object, day, request.user)
        if day is None:
            messages.success(request, gettext("“%(title)s” has no day any more.") % {"title": self.title})
        else:
            words = {"title": self.title, "day": date_format(day, "j E Y")}
            messages.success(request, gettext("“%(title)s” is needed by %(day)s.") % words)
            if not workdays.is_working_day(day):
                messages.warning(request, gettext("Nobody works on that day: ask for an earlier one."))
        return redirect(get_valid_next_url_from_request(request) or edit_address(self.object))
