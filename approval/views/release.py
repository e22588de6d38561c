"""Letting a text and its translations go live together: one small form, and where they stand."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale, Page

from approval import release_standing, releases
from approval.models import Release
from approval.views.subjects import SubjectView, address

WHEN_READY, AT_TIME = "ready", "time"
A_LONG_TIME = timedelta(days=366)


def form_class() -> Any:
    """Made when it is needed: by then the apps have said which fields the forms of the admin use for a time."""

    class ReleaseForm(WagtailAdminModelForm):
        when = forms.ChoiceField(
            label=_("When"),
            choices=[
                (WHEN_READY, _("together, as soon as both are approved")),
                (AT_TIME, _("together, at this time:")),
            ],
            widget=forms.RadioSelect,
        )

        class Meta(WagtailAdminModelForm.Meta):
            model = Release
            fields = ("publish_at", "rule")
            widgets = {
                "rule": forms.RadioSelect,
                # The browser's own: Wagtail's calendar lies over the button that saves.
                "publish_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            }
            labels = {"publish_at": _("Day and hour")}

        field_order = ("when", "publish_at", "rule")

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["publish_at"].required = False
            self.fields["rule"].required = False
            self.fields["when"].initial = AT_TIME if self.instance.publish_at else WHEN_READY

        def clean(self) -> dict[str, Any]:
            found = super().clean() or self.cleaned_data
            if found.get("when") == WHEN_READY:
                self._check_no_time(found.get("publish_at"))
                found["publish_at"] = None
            elif "publish_at" not in self.errors:
                self._check_time(found.get("publish_at"))
            found["rule"] = found.get("rule") or Release.Rule.WAIT
            return found

        def _check_time(self, time: datetime | None) -> None:
            if time is None:
                self.add_error("publish_at", gettext("Say when."))
            elif not timezone.now() < time < timezone.now() + A_LONG_TIME:
                self.add_error("publish_at", gettext("Choose a time to come, within a year."))

        def _check_no_time(self, time: datetime | None) -> None:
            """A time that was typed beside the other choice would be lost unseen; the one shown before may stay."""
            before = self.instance.publish_at
            if time is not None and time != (before and before.replace(second=0, microsecond=0)):
                self.add_error(
                    "publish_at",
                    gettext(
                        "You typed a time and chose “as soon as both are approved”: choose “at this time”,"
                        " or empty this field."
                    ),
                )

    return ReleaseForm


class TogetherView(SubjectView):
    """For whoever may send the original, and whoever may withdraw an approval; to read for all who may edit."""

    permission = "wagtailadmin.access_admin"
    page_title = _("In Polish and in English together")
    header_icon = "calendar-alt"
    template_name = "approval/together.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not isinstance(self.object, Page) or self.object.depth < 2:
            raise Http404
        default = Locale.get_default()
        is_original = self.object.locale_id == default.pk
        original = self.object if is_original else self.object.get_translation_or_none(default)
        if original is None:
            raise Http404
        self.original = original.specific
        self.release = releases.release_of(self.object)
        may_edit = self.object.permissions_for_user(request.user).can_edit()
        if not (may_edit or releases.may_create(self.original, request.user)):
            raise PermissionDenied

    def _may_save(self) -> bool:
        if self.release is not None:
            return releases.may_change(self.release, self.request.user)
        return releases.may_create(self.original, self.request.user)

    def _form(self, data: Any = None) -> Any:
        return form_class()(data, instance=self.release or Release(), for_user=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = release_standing.of(self.release) if self.release else None
        form = kwargs.get("form") or self._form()
        return {
            **super().get_context_data(**kwargs),
            "standing": standing,
            "form": form if self._may_save() else None,
            "media": form.media,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.release is not None and request.POST.get("action") == "withdraw":
            releases.withdraw(self.release.pk, request.user, request.POST.get("reason", ""))
            said = gettext("Each of the texts goes its own way again.")
            if self.release.items.exclude(approval=None).exists():
                said += " " + gettext("What was approved is a draft again, and has to be sent again.")
            messages.success(request, said)
            return redirect(address("approval:together", self.object))
        number = self.release.pk if self.release else None
        form = self._form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        publish_at = form.cleaned_data["publish_at"]
        if number:
            release = releases.move(number, publish_at, request.user)
        else:
            others = Locale.objects.exclude(pk=Locale.get_default().pk)
            rule = form.cleaned_data["rule"]
            release = releases.create([self.original], others, request.user, publish_at, rule)
        release.refresh_from_db()
        said = release_standing.sentence(release) if release.is_open else gettext("Both are public now.")
        messages.success(request, said)
        return redirect(address("approval:together", self.object))
