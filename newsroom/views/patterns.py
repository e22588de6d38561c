"""Keeps a page as a pattern, and the list of those that there are."""

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormMixin
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page

from approval import contributors, restriction
from approval.refusals import RefusedError
from approval.views.subjects import SubjectView, edit_address
from newsroom import patterns
from newsroom.models import PagePattern


class PatternForm(forms.ModelForm):
    """Its name and what it is for; the rest comes from the page."""

    class Meta:
        model = PagePattern
        fields = ("name", "description")
        help_texts = {
            "name": _("Short, as on a button: Training, Report of a meeting."),
            "description": _("Optional. Whoever chooses a pattern reads it."),
        }

    def clean_name(self) -> str:
        """Asked here, as the kind and the language are said by the page and by no field of the form."""
        name, kept = self.cleaned_data["name"], self.instance
        same = PagePattern.objects.filter(content_type=kept.content_type_id, locale=kept.locale_id, name=name)
        if same.exclude(pk=kept.pk).exists():
            raise forms.ValidationError(gettext("There is a pattern of this name for such pages: choose another one."))
        return name


class SavePatternView(FormMixin, SubjectView):
    """Asks for a name, and keeps the newest version of the page under it."""

    permission = patterns.ADD
    form_class = PatternForm
    page_title = _("Save as a pattern")
    header_icon = "copy"
    template_name = "newsroom/save_pattern.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not isinstance(self.object, Page) or not patterns.can_be_pattern(self.object):
            raise Http404
        if not self.object.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        if restriction.restricted(self.object):
            raise RefusedError(gettext("This text is kept to named people, and a pattern is for everybody."))

    def get_form_kwargs(self) -> dict[str, Any]:
        page = self.object
        user: Any = self.request.user  # somebody who has logged in
        pattern = PagePattern(
            content_type=ContentType.objects.get_for_model(page),
            locale=page.locale,
            content=patterns.content_for_pattern(page.get_latest_revision_as_object()),
            made_by=user,
        )
        return {**super().get_form_kwargs(), "instance": pattern}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        pattern = form.save()
        pattern.writers.set(contributors.contributors(self.object))
        log(instance=pattern, action="wagtail.create", user=request.user)
        messages.success(
            request,
            gettext("The pattern “%(name)s” is kept. It is offered wherever a new page of this kind begins.")
            % {"name": pattern.name},
        )
        return redirect(edit_address(self.object))
