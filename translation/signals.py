"""What approvals teach the translation memory; wagtail-localize's tables hold nothing else; a language stays as it is.

It is a library here (`localize_app.py`). What reaches a live row all the same, as from a table that an older version
has filled, meets the publish guard.
"""

from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils.translation import gettext as _
from wagtail.locales.utils import get_locale_usage
from wagtail.models import Locale
from wagtail_localize import models as localize

from approval import publish_guard
from approval.models import Act, LedgerEntry
from approval.models.acts import INDEPENDENT_ACTS
from approval.refusals import RefusedError
from approval.signals import decided
from translation import memory

LEARNT_FROM = (*INDEPENDENT_ACTS, Act.CONFIRMED)
"""Acts after which somebody independent stands for what is live."""


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


def learn(entry: LedgerEntry, **_signal: Any) -> None:
    """Once it is certain, and never in the way of the decision: what is missing, the next command fills in."""
    if entry.act in LEARNT_FROM:
        transaction.on_commit(partial(_learn_from, entry.content_type, entry.object_id), robust=True)


def _learn_from(content_type: Any, number: str) -> None:
    text = content_type.model_class()._default_manager.filter(pk=number).first()
    memory.take_in(getattr(text, "specific", text))


def connect() -> None:
    # They write the draft titles of pages; here only approvals and editors do.
    post_save.disconnect(localize.post_save_string_translation, sender=localize.StringTranslation)
    post_delete.disconnect(localize.post_delete_string_translation, sender=localize.StringTranslation)
    decided.connect(learn, dispatch_uid="fill-translation-memory")
    for model in apps.get_app_config("wagtail_localize").get_models():
        pre_save.connect(keep_empty, sender=model, dispatch_uid=f"keep-empty-{model.__name__}")
    pre_save.connect(keep_language, sender=Locale, dispatch_uid="keep-language")
