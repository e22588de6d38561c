"""The person who logs in."""

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile


class User(AbstractUser):
    """A member of staff; the e-mail address is where the site writes to them.

    The language of the admin and of mails is Wagtail's own profile field, so that "My account"
    and this model never disagree.
    """

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")

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
