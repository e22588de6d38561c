"""The menu under the editor: no button for what nobody may do, and words for what the others do."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets import ListingButton
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import ActionMenuItem as SnippetMenuItem

from approval import emergency, undo
from approval.permissions import WITHDRAW
from approval.views.subjects import address, may_edit, wagtail_address
from newsroom import patterns

DEAD = {"action-publish", "action-unpublish"}
"""Nobody publishes by permission; taking down has its own item, which no lock hides."""


class TakeDownMenuItem(ActionMenuItem):
    label = _("Take down…")
    name = "action-take-down"
    icon_name = "download"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and self.get_user_page_permissions_tester(context).can_unpublish()

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("wagtailadmin_pages:unpublish", args=(context["page"].pk,))


class OfSubjectMixin:
    """An item that leads to a screen about the page or snippet, and that no lock hides."""

    view_name = ""

    def is_offered(self, instance: Any, user: Any) -> bool:
        raise NotImplementedError

    def is_shown(self, context: dict[str, Any]) -> bool:
        instance = context.get("page") or context.get("instance")
        return context["view"] == "edit" and self.is_offered(instance, context["request"].user)

    def get_url(self, context: dict[str, Any]) -> str:
        return address(self.view_name, context.get("page") or context["instance"])


class OffersEmergencyMixin(OfSubjectMixin):
    label = _("Publish in an emergency…")
    name = "action-emergency"
    icon_name = "warning"
    view_name = "approval:emergency"

    def is_offered(self, instance: Any, user: Any) -> bool:
        return emergency.may_publish(user) and (instance.has_unpublished_changes or not instance.live)


class OffersPublicationTimeMixin(OfSubjectMixin):
    label = _("Change or withdraw the time…")
    name = "action-publication-time"
    icon_name = "calendar-alt"
    view_name = "approval:publication_time"

    def is_offered(self, instance: Any, user: Any) -> bool:
        return user.has_perm(WITHDRAW) and instance.scheduled_revision is not None


class OffersUndoMixin(OfSubjectMixin):
    label = _("Put back the version before…")
    name = "action-undo"
    icon_name = "history"
    view_name = "approval:undo"

    def is_offered(self, instance: Any, user: Any) -> bool:
        return undo.may_undo(user) and undo.is_likely(instance)


def undo_button(page: Any, user: Any) -> Iterator[ListingButton]:
    """Hook for the menu of a page in a listing. It asks the database nothing: there are many rows."""
    if page.depth > 1 and undo.may_undo(user) and undo.is_likely(page):
        yield ListingButton(OffersUndoMixin.label, address("approval:undo", page), icon_name="history", priority=45)


class SavePatternMenuItem(OfSubjectMixin, ActionMenuItem):
    label = _("Save as a pattern…")
    name = "action-save-pattern"
    icon_name = "copy"
    view_name = "newsroom:save_pattern"

    def is_offered(self, instance: Any, user: Any) -> bool:
        return user.has_perm(patterns.ADD) and patterns.can_be_pattern(instance)


class RestrictionMenuItem(OfSubjectMixin, ActionMenuItem):
    label = _("Keep to named people…")
    name = "action-restriction"
    icon_name = "lock"
    view_name = "approval:restriction"

    def is_offered(self, instance: Any, user: Any) -> bool:
        return not instance.first_published_at and instance.is_leaf() and may_edit(instance, user)


def once_saved(page: Any, request: HttpRequest) -> str:
    """What the menu of a new page has besides, as soon as autosave has made the page: nothing else loads it again."""
    context = {"view": "edit", "page": page, "request": request}
    items = (item for item in (SavePatternMenuItem(), RestrictionMenuItem()) if item.is_shown(context))
    return format_html_join("", "{}", ((item.render_html(context),) for item in items))


class EmergencyMenuItem(OffersEmergencyMixin, ActionMenuItem):
    pass


class PublicationTimeMenuItem(OffersPublicationTimeMixin, ActionMenuItem):
    pass


class UndoMenuItem(OffersUndoMixin, ActionMenuItem):
    pass


class SnippetUndoMenuItem(OffersUndoMixin, SnippetMenuItem):
    pass


class SnippetTakeDownMenuItem(OfSubjectMixin, SnippetMenuItem):
    label = TakeDownMenuItem.label
    name = TakeDownMenuItem.name
    icon_name = TakeDownMenuItem.icon_name

    def is_offered(self, instance: Any, user: Any) -> bool:
        policy = policy_registry.get(instance)
        return instance.live and policy.user_has_permission_for_instance(user, "unpublish", instance)

    def get_url(self, context: dict[str, Any]) -> str:
        instance = context["instance"]
        return wagtail_address("unpublish", type(instance), instance.pk)


class SnippetEmergencyMenuItem(OffersEmergencyMixin, SnippetMenuItem):
    pass


class SnippetPublicationTimeMenuItem(OffersPublicationTimeMixin, SnippetMenuItem):
    pass


LOCKED = ("action-page-locked", "action-locked")


def tidy(items: list[Any]) -> None:
    """Take the dead items out; where the text is locked, that comes first, not a serious step."""
    items[:] = [item for item in items if item.name not in DEAD]
    items.sort(key=lambda item: item.name not in LOCKED)
