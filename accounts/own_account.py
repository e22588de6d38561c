"""What people may change of their own account, and what they ask an administrator for."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from accounts.people import is_taken


class NoChoiceForm(forms.ModelForm):
    """In the place of Wagtail's form for name and address: whatever is sent to it, it saves nothing."""

    class Meta:
        model = get_user_model()
        fields = ()

    def save(self, commit: bool = True) -> Any:
        return self.instance


class AddressForm(forms.Form):
    """A new address for mails. Whoever only found an open session doesn't know the password."""

    email = forms.EmailField(label=_("New e-mail address"), max_length=254)
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("So that nobody who finds your computer open takes your account over."),
    )
    email.widget.attrs["autocomplete"] = "email"

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if is_taken(email, self.user):
            raise forms.ValidationError(_("Another account has this address."))
        return email

    def clean_password(self) -> str:
        """Tries are counted with those at the door."""
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise forms.ValidationError(_("This is not your password."))
        return password


class AddressView(WagtailAdminTemplateMixin, FormView):
    """One's own e-mail address."""

    form_class = AddressForm
    template_name = "accounts/address.html"
    page_title = _("E-mail address")
    header_icon = "mail"
    success_url = reverse_lazy("wagtailadmin_account")

    def get_breadcrumbs_items(self) -> list[Any]:
        return []

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: AddressForm) -> HttpResponse:
        user: Any = self.request.user
        user.email = form.cleaned_data["email"]
        user.save(update_fields=["email"])
        log(user, "wagtail.edit")
        messages.success(self.request, gettext("Your mails go to %(email)s now.") % {"email": user.email})
        return super().form_valid(form)


def close_name_form() -> None:
    """Wagtail's account screen makes its panels itself (tests/test_canary.py holds their names)."""
    NameEmailSettingsPanel.form_class = NoChoiceForm
    NameEmailSettingsPanel.template_name = "accounts/own_name.html"
