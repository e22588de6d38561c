"""What the admin's own scripts may ask about pages, and what rows of pages to choose from know about them."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from approval import restricted_things


class PagesViewSet(PagesAdminAPIViewSet):
    """Wagtail's, without the actions that make a page of another one: translations begin elsewhere.

    Those copies start from a draft, and one that is there already answers with an error.
    """

    actions: ClassVar[dict[str, Any]] = {
        name: action
        for name, action in PagesAdminAPIViewSet.actions.items()
        if name not in ("convert_alias", "copy_for_translation", "create_alias")
    }

    def filter_queryset(self, queryset: QuerySet) -> Any:
        found = super().filter_queryset(queryset)
        return (
            with_states(found).prefetch_related("locale") if isinstance(found, QuerySet) else found
        )  # else a search's


def with_states(pages: Any, _request: HttpRequest | None = None) -> Any:
    """Hook `construct_page_chooser_queryset`: a row says where its page stands, and would ask for it twice."""
    return pages.annotate_approved_schedule().prefetch_workflow_states()


class VisibleFilesMixin:
    """Put before Wagtail's endpoint of pictures or documents."""

    def get_queryset(self) -> QuerySet:
        return restricted_things.visible(super().get_queryset())  # type: ignore[misc]


class ImagesViewSet(VisibleFilesMixin, ImagesAdminAPIViewSet):
    pass


class DocumentsViewSet(VisibleFilesMixin, DocumentsAdminAPIViewSet):
    pass


def register_endpoints(router: WagtailAPIRouter) -> None:
    """Hook `construct_admin_api`."""
    router.register_endpoint("pages", PagesViewSet)
    router.register_endpoint("images", ImagesViewSet)
    router.register_endpoint("documents", DocumentsViewSet)
