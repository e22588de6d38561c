"""Each person's choice of mails, in "My account"."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from notifications.models import MailChoice


class MailChoiceForm(forms.ModelForm):
    class Meta:
        model = MailChoice
        fields = ("when",)
        widgets = {"when": forms.RadioSelect}
        help_texts = {
            "when": _("Emergencies and pages taken down are told to all coordinators at once, whatever they chose.")
        }

    def __init__(self, data: Any = None, files: Any = None, *, instance: Any, prefix: str) -> None:
        """`instance` is the user: Wagtail's panel knows no other object."""
        choice = MailChoice.objects.filter(user=instance).first() or MailChoice(user=instance)
        super().__init__(data, files, instance=choice, prefix=prefix)


class MailChoicePanel(BaseSettingsPanel):
    name = "mail-choice"
    title = _("Mails about texts")
    tab = notifications_tab
    order = 50
    form_class = MailChoiceForm


class StockNotificationsForm(NotificationPreferencesForm):
    """Wagtail's own choices without those about workflow mails, which it doesn't send here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("submitted_notifications", "approved_notifications", "rejected_notifications"):
            self.fields.pop(name, None)
