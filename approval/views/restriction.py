"""To whom a draft is kept, and an administrator's way into what is kept to others."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django.views.generic.edit import FormMixin
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from approval import emergency, people, restriction, step_names
from approval.forms import WordsField
from approval.roles import ADMIN
from approval.views.subjects import SubjectView, edit_address, may_edit


def staff() -> Any:
    """Everybody who works here, by name."""
    app_label, codename = ADMIN.split(".")
    right = Permission.objects.filter(content_type__app_label=app_label, codename=codename)
    found = get_user_model().objects.filter(is_active=True)
    works_here = found.filter(groups__permissions__in=right) | found.filter(is_superuser=True)
    return works_here.distinct().order_by("last_name", "first_name", "username").prefetch_related("groups")


class PersonField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        groups = ", ".join(group.name for group in obj.groups.all()) or gettext("administrator")
        return f"{obj.name} ({groups})"


class PeopleForm(forms.Form):
    people = PersonField(
        label=_("Who may know of this text"),
        queryset=get_user_model().objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the people. You have to be one of them yourself.")},
    )

    def __init__(self, *args: Any, page: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["people"].queryset = staff()  # type: ignore[attr-defined]  # of a field of this kind

    def clean_people(self) -> Any:
        chosen = self.cleaned_data["people"]
        if losers := restriction.left_out(self.page, chosen):
            raise forms.ValidationError(restriction.words_of_left_out(losers))
        return chosen


class RestrictionView(FormMixin, SubjectView):
    """For whoever may edit the text; where it is kept already, nobody else sees it."""

    permission = ADMIN
    form_class = PeopleForm
    page_title = _("Keep to named people")
    header_icon = "lock"
    template_name = "approval/restriction.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_edit(self.object, request.user):
            raise PermissionDenied
        self.draft = restriction.restricted(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "page": self.object}

    def get_initial(self) -> dict[str, Any]:
        if self.draft:
            return {"people": self.draft.people.all()}
        theirs = restriction.left_out(self.object, [self.request.user])
        return {"people": [self.request.user.pk, *(person.pk for person in theirs)]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "draft": self.draft,
            "objection": restriction.objection(self.object),
            "missing": missing_step(self.object, self.request.user) if self.draft else "",
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "end" in request.POST:
            restriction.end(self.object, request.user)
            messages.success(request, gettext("“%(title)s” is a draft like any other again.") % {"title": self.title})
            return redirect(edit_address(self.object))
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        restriction.restrict(self.object, form.cleaned_data["people"], request.user)
        messages.success(request, gettext("Only the people you chose know of “%(title)s” now.") % {"title": self.title})
        if missing := missing_step(self.object, request.user):
            messages.warning(request, missing)
        return redirect(edit_address(self.object))


def missing_step(page: Any, user: Any) -> str:
    """What a text that is kept to people lacks to be published: somebody among them for each step; "" if nothing."""
    state = page.current_workflow_task_state if page.workflow_in_progress else None
    if state is not None:
        task = None if people.deciders(state.specific) else state.task
    else:
        prospect = people.outlook(page, page.get_workflow(), user).missing
        task = prospect and prospect.task
    if task is None:
        return ""
    words = gettext("Nobody among these people can take the step “%(step)s”. Add somebody who can.")
    return words % {"step": step_names.shown_name(task.name)}


class OverrideForm(forms.Form):
    """Whose texts, and why. A person is chosen, as nobody else knows that there is a text."""

    person = forms.ModelChoiceField(
        label=_("Whose texts"),
        queryset=get_user_model().objects.none(),
        required=False,
        empty_label=_("those that nobody with an active account sees any more"),
    )
    reason = WordsField(
        label=_("Why do you have to open them?"),
        help_text=_("At least 20 characters. Everybody to whom they are kept reads it, and it stays in their history."),
        min_length=emergency.LEAST_REASON,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = get_user_model().objects.order_by("last_name", "first_name", "username")
        self.fields["person"].queryset = accounts  # type: ignore[attr-defined]  # of a field of this kind

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        if missing := emergency.objection_to_reason(reason):
            raise forms.ValidationError(missing)
        return reason


class OverrideView(FormMixin, WagtailAdminTemplateMixin, TemplateView):
    """The same before and after, whether or not there is anything: only the answer says how many."""

    form_class = OverrideForm
    page_title = _("Texts kept to others")
    header_icon = "lock-open"
    template_name = "approval/override.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_superuser:
            raise PermissionDenied

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        count = restriction.override(form.cleaned_data["person"], request.user, form.cleaned_data["reason"])
        if count:
            words = ngettext(
                "%(count)d text is open to you now. Everybody to whom it is kept was told.",
                "%(count)d texts are open to you now. Everybody to whom they are kept was told.",
                count,
            )
            messages.success(request, words % {"count": count})
        else:
            messages.info(request, gettext("There is no such text. That you looked for one is in the log."))
        return redirect("wagtailadmin_home")
