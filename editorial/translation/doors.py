"""wagtail-localize's own doors are closed: it is a library here, and keeps nothing of its own.

Its editor of segments knows no workflow, no locks and no versions, and writes to the row that visitors read. So its
views lead to ours or say no, its buttons and its editor aren't offered, and its tables stay empty. What reaches a
live row all the same, as from a table that an older version has filled, meets the gate.
"""

from typing import Any

from django.apps import apps
from django.db.models.signals import pre_save
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Locale, Page
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.locales.utils import get_locale_usage

from editorial import gate
from editorial.refusals import RefusedError
from editorial.translation import originals

MODULES = ("wagtail_localize.wagtail_hooks", "wagtail_localize.synctree")
KEPT = {"register_admin_urls", "register_icons", "register_log_actions", "register_permissions"}
"""Hooks that open no door: old addresses find their answer, an old log its words."""

HARMLESS = ("javascript_catalog",)


def take_away() -> None:
    """Its buttons, menu items and report, its editor, its mirrored languages: once every app has its hooks registered.

    Goes when wagtail-localize lets a project choose. Wagtail has no public way to take a hook back.
    """
    for name, registered in hooks._hooks.items():
        if name not in KEPT:
            registered[:] = [each for each in registered if each[0].__module__ not in MODULES]
    LOCALE_COMPONENTS.clear()
    for action in ("convert_alias", "copy_for_translation", "create_alias"):
        # The admin's own API: its copies start from a draft, and one that is there already answers with an error.
        PagesAdminAPIViewSet.actions.pop(action, None)


# --- Views ------------------------------------------------------------------------------------


def is_one(request: Any) -> bool:
    """True for a request to a view of wagtail-localize that shows or writes what it keeps."""
    match = request.resolver_match
    return match.namespace == "wagtail_localize" and match.url_name not in HARMLESS


def way_instead(request: Any) -> str | None:
    """Our own address for what that view is for, if there is one."""
    match = request.resolver_match
    if match.url_name == "submit_page_translation":
        return _way_to_begin(request, match.kwargs["page_id"])
    if match.url_name in ("translations_report", "translations_report_results"):
        return reverse("editorial:translations")
    return None


def _way_to_begin(request: Any, page_id: int) -> str | None:
    page = Page.objects.filter(pk=page_id).first()
    others = Locale.objects.exclude(pk=Locale.get_default().pk)
    chosen = request.POST.get("locales", "")
    locale = others.filter(pk=chosen).first() if chosen.isdecimal() else None
    locale = locale or others.filter(language_code=request.GET.get("select_locale", "")).first() or others.first()
    if page is None or locale is None:
        return None
    original = originals.original_of(page) or page
    return reverse("editorial:begin_translation", args=(original.pk, locale.language_code))


def refusal() -> RefusedError:
    return RefusedError(_("Translations are written and approved in the ordinary editor, as every other text."))


# --- Rows -------------------------------------------------------------------------------------


def keep_empty(raw: bool = False, **_signal: Any) -> None:
    """Before wagtail-localize saves anything of its own."""
    if not raw and not gate.planter():
        raise refusal()


def keep_language(instance: Locale, raw: bool = False, **_signal: Any) -> None:
    """Before a language is saved: another code would show all its pages as that other language."""
    if raw or gate.planter() or not instance.pk:
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
