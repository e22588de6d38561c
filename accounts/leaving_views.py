"""The screen on which an administrator closes the account of somebody who leaves."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from accounts import leaving
from accounts.people_views import PersonActionView
from approval import handover, policy
from approval.titles import shown_title

AS_ABOVE, NOBODY = "", "-"


class LeaveForm(forms.Form):
    """Who goes on with what: with everything, and with a single text where that is somebody else."""

    heir = forms.ChoiceField(label=_("Who goes on with their work"), required=False)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = handover.texts_of(person)
        self.steps = handover.steps_of(person)
        self.people = {str(user.pk): user for user in leaving.colleagues(person)}
        names = [(pk, user.name) for pk, user in self.people.items()]
        heir: Any = self.fields["heir"]
        heir.choices = [(NOBODY, _("Nobody: whoever may takes it")), *names]
        for text in self.texts:
            self.fields[self.name_of(text)] = forms.ChoiceField(
                label=shown_title(text),
                required=False,
                choices=[(AS_ABOVE, _("As chosen above")), (NOBODY, _("Nobody: whoever may takes it")), *names],
            )

    @staticmethod
    def name_of(text: Any) -> str:
        return f"text-{text.pk}"

    @property
    def text_fields(self) -> list[Any]:
        return [self[self.name_of(text)] for text in self.texts]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.next_one = self.people.get(data.get("heir", ""))
        self.heirs = {}
        for text in self.texts:
            chosen = data.get(self.name_of(text), AS_ABOVE)
            heir = self.next_one if chosen == AS_ABOVE else self.people.get(chosen)
            if heir is None:
                continue
            if handover.may_take(text, heir):
                self.heirs[text.pk] = heir
            else:
                words = gettext("%(name)s may not edit this text. Choose somebody else for it, or nobody.")
                self.add_error(self.name_of(text), words % {"name": heir.name})
        return data


class LeaveView(PersonActionView):
    """What somebody has, to whom it goes, and who will be missing; then the account is closed."""

    form_class = LeaveForm
    template_name = "accounts/leave.html"
    page_title = _("Close the account")
    header_icon = "logout"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.person.is_active:
            raise Http404
        if leaving.objection(self.person, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "person": self.person}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["warnings"] = leaving.warnings(self.person)
        context["steps"] = [shown_title(policy.subject(claim.task_state)) for claim in context["form"].steps]
        return context

    def form_valid(self, form: LeaveForm) -> HttpResponse:
        given = leaving.leave(self.person, self.request.user, form.heirs, form.next_one)
        words = [gettext("The account of %(name)s is closed.") % {"name": self.person.name}]
        for count, said in (
            (
                given.texts,
                ngettext("%(count)d text has somebody new.", "%(count)d texts have somebody new.", given.texts),
            ),
            (given.steps, ngettext("%(count)d step was passed on.", "%(count)d steps were passed on.", given.steps)),
            (given.freed, ngettext("%(count)d step is free.", "%(count)d steps are free.", given.freed)),
        ):
            if count:
                words.append(said % {"count": count})
        messages.success(self.request, " ".join(words))
        return super().form_valid(form)
