"""The form at the one door, and those by which administrators let people in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserEditForm

from accounts.people import is_taken
from approval.text_cleaning import free_slug, slugify

NAMES_SAID = _("It stands beside everything that they write and decide.")


class SignInForm(LoginForm):
    """The library's, with labels that are seen while one types, and no link of its own to a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Remember me on this device")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def add_prefix(self, field_name: str) -> str:
        """In the page the field is called as in Wagtail's form, which password managers and programs know."""
        return super().add_prefix("username" if field_name == "login" else field_name)


class InvitationForm(forms.ModelForm):
    """Somebody who is to come. They choose their password themselves; `by` is whoever asks them."""

    required_css_class = "required"

    first_name = forms.CharField(label=_("First name"), max_length=150, help_text=NAMES_SAID)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, help_text=_("The link goes there."))
    language = forms.ChoiceField(
        label=_("Language of the admin and of mails"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )

    class Meta:
        model = get_user_model()
        fields = ("first_name", "last_name", "email", "groups", "is_superuser")
        widgets = {"groups": forms.CheckboxSelectMultiple}
        labels = {"groups": _("Roles"), "is_superuser": _("Administrator")}
        help_texts = {"groups": "", "is_superuser": _("May change everything, and other accounts.")}

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].required = False
        if not by.is_superuser:
            del self.fields["is_superuser"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if is_taken(email):
            raise forms.ValidationError(_("There is an account with this address already."))
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("groups") and not data.get("is_superuser"):
            self.add_error("groups", _("Choose a role: without one the account opens nothing."))
        return data

    def save(self, commit: bool = True) -> Any:
        """Switched off, and without a password, until its owner comes."""
        user = self.instance
        taken = type(user)._default_manager.values_list("username", flat=True)
        wanted = slugify(f"{user.first_name} {user.last_name}")[:100] or "konto"
        user.username = free_slug(wanted, {name.casefold() for name in taken})
        user.is_active = False
        user.set_unusable_password()
        user = super().save(commit)
        user.preferred_language = self.cleaned_data["language"]
        return user


class PersonForm(UserEditForm):
    """Wagtail's, where nobody changes what an account is called, closes it past the screen for leaving, or types a
    password for somebody else.
    """

    password_enabled = False

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].disabled = True
        self.fields["username"].help_text = _("It stays the same as long as the account is there.")
        self.fields["first_name"].help_text = NAMES_SAID
        self.fields.pop("is_active", None)
        if by.pk == self.instance.pk:  # whoever only found an open session doesn't know the password
            self.fields["email"].disabled, self.fields["email"].required = True, False
            words = gettext("You change your own address in your account, with your password:")
            self.fields["email"].help_text = format_html(
                '{} <a href="{}">{}</a>', words, reverse("accounts:address"), gettext("E-mail address")
            )
        else:
            self.by = by
            self.fields["own_password"] = forms.CharField(
                label=_("Your own password"),
                required=False,
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
                help_text=_("Only for a new e-mail address: whoever reads its mails can open the account."),
            )
        if not by.is_superuser:
            self.fields.pop("is_superuser", None)
            self.fields["groups"].disabled = by.pk == self.instance.pk  # nobody gives roles to themselves

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if not self.fields["email"].disabled and is_taken(email, self.instance):
            raise forms.ValidationError(_("Another account has this address."))
        return email

    def clean_own_password(self) -> str:
        """Tries are counted with those at the door."""
        password: str = self.cleaned_data["own_password"]
        if "email" in self.changed_data and not (password and get_adapter().reauthenticate(self.by, password)):
            raise forms.ValidationError(_("This is not your password."))
        return password
