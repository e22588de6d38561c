"""The person who logs in."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from approval.models import LedgerEntry, LedgerPerson
from home.names import likeness

NAMES = {"first_name", "last_name", "username"}
LONGEST = 100
"""Signs of a name that the account name stands beside: both fit where the record keeps them."""


class User(AbstractUser):
    """A member of staff; the e-mail address is where the site writes to them.

    The name is an administrator's to change (`accounts/own_account.py`), the account name nobody's. Where two names can
    be taken for one another, the account name stands beside both from then on, wherever a person is named.

    The language of the admin and of mails is Wagtail's own profile field, so that "My account"
    and this model never disagree.
    """

    name_likeness = models.CharField(max_length=330, blank=True, editable=False, db_index=True)
    has_namesake = models.BooleanField(default=False, editable=False)

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if update_fields is not None and NAMES.isdisjoint(update_fields):
            super().save(*args, update_fields=update_fields, **kwargs)
            return
        if update_fields is not None:
            update_fields = {*update_fields, "name_likeness", "has_namesake"}
        with transaction.atomic():
            self.name_likeness = likeness(super().get_full_name() or self.get_username())[:330]
            others = User.objects.filter(name_likeness=self.name_likeness).exclude(pk=self.pk)
            self.has_namesake = others.exists() or self._is_in_the_record_as_another()
            others.filter(has_namesake=False).update(has_namesake=True)
            super().save(*args, update_fields=update_fields, **kwargs)

    def _is_in_the_record_as_another(self) -> bool:
        """Whether somebody else was called so when they wrote or decided, whatever became of them since."""
        name = super().get_full_name()
        own = Q(user=self.pk) if self.pk else Q(pk=None)
        return (
            LedgerPerson.objects.filter(~own, name=name).exists()
            or LedgerEntry.objects.filter(~own, user_name=name).exists()
        )

    def get_full_name(self) -> str:
        full = super().get_full_name()
        return f"{full[:LONGEST]} ({self.get_username()})" if full and self.has_namesake else full

    @property
    def name(self) -> str:
        """The full name, or the login where none was given."""
        return self.get_full_name() or self.get_username()

    @property
    def preferred_language(self) -> str:
        """A language code ("pl", "en", …), for the admin and for mails."""
        return UserProfile.get_for_user(self).get_preferred_language()

    @preferred_language.setter
    def preferred_language(self, code: str) -> None:
        profile = UserProfile.get_for_user(self)
        profile.preferred_language = code
        profile.save()

    def __str__(self) -> str:
        return self.name
