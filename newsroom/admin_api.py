"""What the admin's own scripts may ask about pages."""

from typing import Any, ClassVar

from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter


class PagesViewSet(PagesAdminAPIViewSet):
    """Wagtail's, without the actions that make a page of another one: translations begin elsewhere.

    Those copies start from a draft, and one that is there already answers with an error.
    """

    actions: ClassVar[dict[str, Any]] = {
        name: action
        for name, action in PagesAdminAPIViewSet.actions.items()
        if name not in ("convert_alias", "copy_for_translation", "create_alias")
    }


def register_endpoints(router: WagtailAPIRouter) -> None:
    """Hook `construct_admin_api`."""
    router.register_endpoint("pages", PagesViewSet)
