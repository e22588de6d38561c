from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial")

    def ready(self) -> None:
        from wagtail.models import Page

        from editorial import checks, signals  # noqa: F401 (registers the system checks)
        from editorial.permissions import GatedPermissionTester

        # Wagtail's views ask plain Page objects as often as specific ones, so a method on our
        # page types would not be asked. Goes when Wagtail lets a project name its tester.
        Page.permissions_for_user = lambda page, user: GatedPermissionTester(user, page)
        signals.connect()
