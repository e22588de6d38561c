"""Nobody publishes by permission: what staff may do to what is live, superusers included."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from wagtail.models import DraftStateMixin, Page, PagePermissionTester, Revision
from wagtail.permission_policies import ModelPermissionPolicy

from approval.roles import TRANSLATE

TAKE_DOWN = "approval.take_down"
WITHDRAW = "approval.withdraw_approval"
EMERGENCY = "approval.publish_in_emergency"


def approved_for_later() -> Exists:
    """Of pages: whether a version of them goes live by itself. Models import this module, so it can't ask at once."""
    versions = Revision.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    return Exists(versions)


def was_ever_public(page: Page) -> bool:
    """Whether visitors have seen `page`, or one below it; in most cases the row itself knows, without a query."""
    if page.first_published_at or page.is_leaf():
        return page.first_published_at is not None
    return page.get_descendants().filter(first_published_at__isnull=False).exists()


def waits_for_its_time(page: Page) -> bool:
    """Whether a version of `page`, or of one below it, was approved for a time to come."""
    if page.is_leaf():
        return page.approved_schedule
    return page.get_descendants(inclusive=True).filter(approved_for_later()).exists()


class GatedPermissionTester(PagePermissionTester):
    """Wagtail's tester, with "publish" out of it. Stands in for it on every page."""

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        if hasattr(self, "permissions"):
            self.permissions.discard("publish")

    def _may(self, permission: str) -> bool:
        return self.user.is_active and not self.page_is_root and self.user.has_perm(permission)

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        # No lock keeps a page up that has to come down.
        return self.page.live and self._may(TAKE_DOWN)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What was ever public stays in the archive; what was approved for a time, until that is withdrawn."""
        if self._was_ever_public or self._waits_for_its_time:
            return False
        if not hasattr(self, "permissions") or self.page_is_root or not self.page.is_leaf():
            return super().can_delete(ignore_bulk)
        # Wagtail would ask the database, twice in each row of the explorer, what is public below a page that is a leaf.
        is_own = "add" in self.permissions and self.page.owner_id == self.user.pk
        return not self.page.live and ("change" in self.permissions or is_own)

    # Each row of the explorer asks more than once.

    @cached_property
    def _was_ever_public(self) -> bool:
        return was_ever_public(self.page)

    @cached_property
    def _waits_for_its_time(self) -> bool:
        return waits_for_its_time(self.page)

    def can_move(self) -> bool:
        if self._was_ever_public:
            return self._may(TAKE_DOWN) and self.can_edit()
        return super().can_move()

    def can_move_to(self, destination: Any) -> bool:
        if not self.page.get_descendants(inclusive=True).filter(live=True).exists():
            return super().can_move_to(destination)
        if self.page == destination or destination.is_descendant_of(self.page):
            return False
        fits = self.page.is_child_of(destination) or self.page.specific.can_move_to(destination)
        return fits and self.can_move() and destination.permissions_for_user(self.user).can_add_subpage()

    def can_reorder_children(self) -> bool:
        return self._may(TAKE_DOWN)

    def can_set_view_restrictions(self) -> bool:
        return self._may(TAKE_DOWN)

    def can_unschedule(self) -> bool:
        return self._may(WITHDRAW)


def publish_permissions() -> QuerySet[Permission]:
    """What Django has to give for the publishing of pages and of whatever else has drafts. Here it opens nothing."""
    found = Q()
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin):
            found |= Q(content_type__app_label=model._meta.app_label, codename=f"publish_{model._meta.model_name}")
    return Permission.objects.filter(found)


def is_in_first_language(text: Any) -> bool:
    """By the code of the language, which comes with the text: Wagtail would ask the database for its default.

    What has no language (words for the search) is an original of its own.
    """
    return not hasattr(text, "locale_id") or text.locale.language_code == settings.LANGUAGE_CODE


class GatedSnippetPolicy(ModelPermissionPolicy):
    """Model permissions of a gated snippet: nobody publishes by permission, and translators change translations.

    `can_be_taken_down`: by those who take pages down. Not what each page of the site shows.
    """

    def __init__(self, model: Any, can_be_taken_down: bool = False) -> None:
        super().__init__(model)
        self.can_be_taken_down = can_be_taken_down

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "publish":
            return False
        if action == "unpublish":
            return self.can_be_taken_down and user.has_perm(TAKE_DOWN)
        return super().user_has_permission(user, action) or (action == "change" and user.has_perm(TRANSLATE))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action == "change" and is_in_first_language(instance):
            return super().user_has_permission(user, action)
        return self.user_has_permission(user, action)
