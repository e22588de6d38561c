"""What wagtail-localize keeps stays empty, and a language stays the one in which its pages are written.

It is a library here (`localize_app.py`). What reaches a live row all the same, as from a table that an older version
has filled, meets the publish guard.
"""

from typing import Any

from django.apps import apps
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail.locales.utils import get_locale_usage
from wagtail.models import Locale

from approval import publish_guard
from approval.refusals import RefusedError


def keep_empty(raw: bool = False, **_signal: Any) -> None:
    """Before wagtail-localize saves anything of its own."""
    if not raw and not publish_guard.running_command():
        raise RefusedError(_("Translations are written and approved in the ordinary editor, as every other text."))


def keep_language(instance: Locale, raw: bool = False, **_signal: Any) -> None:
    """Before a language is saved: another code would show all its pages as that other language."""
    if raw or publish_guard.running_command() or not instance.pk:
        return
    before = Locale.all_objects.filter(pk=instance.pk).first()
    if before and before.language_code != instance.language_code and get_locale_usage(before) != (0, 0):
        raise RefusedError(
            _("Pages are written in this language (%(language)s). Add the other one as new.") % {"language": before}
        )


def connect() -> None:
    for model in apps.get_app_config("wagtail_localize").get_models():
        pre_save.connect(keep_empty, sender=model, dispatch_uid=f"keep-empty-{model.__name__}")
    pre_save.connect(keep_language, sender=Locale, dispatch_uid="keep-language")
