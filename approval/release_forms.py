"""Letting a text and its translations go live together, or at another time: one form for each screen that offers it."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from approval import release_standing, releases, times
from approval.clock_fields import ClockDateTimeField
from approval.models import Release
from approval.release_checks import AtOnceError

WHEN_READY, NOW, AT_TIME = "ready", "now", "time"
A_LONG_TIME = timedelta(days=366)


class TogetherForm(forms.Form):
    """`when` is the button that was pressed: one of those above, or a moment that was suggested.

    `asks`: as soon as both are approved would be now. Then `save` has done nothing, and the form asks before it is.
    """

    asks = False
    when = forms.CharField(required=False)
    rule = forms.ChoiceField(
        label=_("If one isn't ready at that time"), choices=Release.Rule, widget=forms.RadioSelect, required=False
    )
    publish_at = ClockDateTimeField(
        label=_("Day and hour"),
        required=False,
        # The browser's own: Wagtail's calendar lies over the button that saves.
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, data: Any = None, release: Release | None = None) -> None:
        """`release`: the one that is to be changed; None to make one."""
        self.release = release
        rule, publish_at = (release.rule, release.publish_at) if release else (Release.Rule.WAIT, None)
        super().__init__(data, initial={"rule": rule, "publish_at": publish_at}, auto_id="id_together_%s")

    @property
    def suggestions(self) -> list[tuple[str, str]]:
        return times.offered(but=self.release.publish_at if self.release else None)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if "publish_at" in self.errors:
            return found
        when, typed = found.get("when") or AT_TIME, found.get("publish_at")
        if when != AT_TIME:
            self._check_nothing_else(typed)
            found["publish_at"] = None if when in (WHEN_READY, NOW) else self._suggested(when)
        if when not in (WHEN_READY, NOW) and "publish_at" not in self.errors:
            self._check_time(found["publish_at"])
        return found

    def _suggested(self, when: str) -> datetime | None:
        try:
            return ClockDateTimeField().clean(when)
        except ValidationError as error:
            self.add_error("publish_at", error)
            return None

    def _check_time(self, time: datetime | None) -> None:
        if time is None:
            self.add_error("publish_at", gettext("Say when."))
        elif not timezone.now() < time < timezone.now() + A_LONG_TIME:
            self.add_error("publish_at", gettext("Choose a time to come, within a year."))

    def _check_nothing_else(self, typed: datetime | None) -> None:
        """A time that was typed beside another button would be lost unseen; the one shown before may stay."""
        before = self.initial["publish_at"]
        if typed is not None and typed != (before and before.replace(second=0, microsecond=0)):
            words = gettext("You typed a time and pressed another button: set this time, or empty this field.")
            self.add_error("publish_at", words)

    def save(self, original: Page, user: Any) -> str:
        """Do what the valid form says; returns it in words, or "" where it asks first. Raises RefusedError."""
        try:
            release = self._save(original, user, self.cleaned_data["publish_at"], self.cleaned_data["rule"])
        except AtOnceError:
            self.asks = True
            return ""
        release.refresh_from_db()
        return release_standing.of(release).sentence if release.is_open else gettext("Both are public now.")

    def _save(self, original: Page, user: Any, publish_at: datetime | None, rule: str) -> Release:
        at_once = self.cleaned_data["when"] == NOW
        if self.release:
            # Without a time nothing is asked of the rule, so nobody changes it by the way.
            return releases.move(self.release.pk, publish_at, user, rule if publish_at else "", at_once=at_once)
        others = Locale.objects.exclude(pk=Locale.get_default().pk)
        return releases.create([original], others, user, publish_at, rule or Release.Rule.WAIT, at_once=at_once)
