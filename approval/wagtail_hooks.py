"""Registers what approval adds to Wagtail; the things themselves live elsewhere."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.views import bulk_actions as document_actions
from wagtail.images import get_image_model
from wagtail.images.views import bulk_actions as image_actions
from wagtail.permissions import register_permission_policy

from approval import file_protection, log_actions, restricted_things, urls
from approval.menu_items import AdministratorsMenuItem, PermittedMenuItem
from approval.views.ledger import VIEW

for model, auth_model in ((get_image_model(), "wagtailimages.Image"), (get_document_model(), "wagtaildocs.Document")):
    policy = restricted_things.policy_for(model, auth_model)
    register_permission_policy(model, policy, exact_class=True)  # asked before Wagtail's own

for actions in (document_actions, image_actions):
    for action in (actions.AddTagsBulkAction, actions.AddToCollectionBulkAction, actions.DeleteBulkAction):
        seeing = type(action.__name__, (restricted_things.VisibleFilesMixin, action), {})
        hooks.register("register_bulk_action", seeing, order=100)  # after Wagtail's own

hooks.register("register_log_actions", log_actions.register)
hooks.register("before_bulk_action", file_protection.before_bulk_action)
hooks.register("before_serve_document", file_protection.keep_unpublished)


@hooks.register("register_admin_urls")
def register_addresses():
    return [path("editorial/", include(urls))]


@hooks.register("insert_global_admin_css")
def link_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("approval/records.css"))


@hooks.register("register_reports_menu_item")
def register_ledger():
    return PermittedMenuItem(
        _("Publications"),
        reverse("approval:ledger"),
        name="publications",
        icon_name="clipboard-list",
        order=100,
        permission=VIEW,
    )


@hooks.register("register_settings_menu_item")
def register_override():
    return AdministratorsMenuItem(
        _("Texts kept to others"), reverse("approval:override"), name="override", icon_name="lock-open", order=900
    )
