"""The page or snippet that an address of approval is about."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from approval.models import GatedMixin
from approval.titles import shown_title


def address(name: str, instance: Any, *args: Any) -> str:
    """The address of the view `name`, as in "approval:publication_time", for `instance`."""
    base = Page if isinstance(instance, Page) else type(instance)
    return reverse(name, args=(base._meta.app_label, base._meta.model_name, instance.pk, *args))


def decision_address(task_state: Any) -> str:
    """Where the step `task_state` is decided."""
    return reverse("newsroom:decide", args=(task_state.pk,))


def wagtail_address(name: str, model: Any, *args: Any) -> str:
    """The address of Wagtail's view `name` ("edit", "history") for pages, or for snippets of the type `model`."""
    if issubclass(model, Page):
        return reverse(f"wagtailadmin_pages:{name}", args=args)
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def edit_address(instance: Any) -> str:
    return wagtail_address("edit", type(instance), instance.pk)


def edit_address_of(base_content_type_id: int, pk: str) -> str:
    """`edit_address` without the object: by the content type of `Page` or of its snippet."""
    model = ContentType.objects.get_for_id(base_content_type_id).model_class()
    return wagtail_address("edit", model, pk)


def may_edit(instance: Any, user: Any) -> bool:
    """Whether the editor of the page or snippet opens for `user`."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return policy_registry.get(instance).user_has_permission_for_instance(user, "change", instance)


def reading_address(instance: Any, user: Any) -> str:
    """The editor of a page or snippet for those to whom it opens; to others its place on the site."""
    if may_edit(instance, user):
        return edit_address(instance)
    url = instance.get_url() if isinstance(instance, Page) and instance.live else None
    return url or reverse("wagtailadmin_home")


def current_address(instance: Any) -> str:
    """Where `instance` is decided, while it waits at a step; else its editor."""
    state = instance.current_workflow_task_state
    is_open = state is not None and state.status == TaskState.STATUS_IN_PROGRESS
    return decision_address(state) if is_open else edit_address(instance)


def compare_address(instance: Any, earlier: Any, later: Any) -> str:
    """Where Wagtail shows what differs between two versions (numbers, "live" or "latest")."""
    return wagtail_address("revisions_compare", type(instance), instance.pk, earlier, later)


def way_to_page(instance: Any) -> list[Any]:
    """The button of a message that leads to a page on the site; none for snippets."""
    url = instance.get_url() if isinstance(instance, Page) else None
    return [messages.button(url, gettext("See it on the site"), new_window=True)] if url else []


def find(app_label: str, model_name: str, pk: str) -> Any:
    """The gated page (as its own type) or snippet; Http404 for anything else."""
    try:
        model: type[models.Model] = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if model is not Page and not issubclass(model, GatedMixin):
        raise Http404
    try:
        instance = get_object_or_404(model, pk=pk)
    except ValueError as error:  # no number
        raise Http404 from error
    instance = getattr(instance, "specific", instance)
    if not isinstance(instance, GatedMixin):
        raise Http404
    return instance


class SubjectView(WagtailAdminTemplateMixin, TemplateView):
    """A screen of the admin about one page or snippet, for people with `permission`."""

    permission = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        self.object = find(kwargs["app_label"], kwargs["model_name"], kwargs["pk"])

    @cached_property
    def title(self) -> str:
        return shown_title(self.object)

    def get_page_subtitle(self) -> str:
        return self.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": edit_address(self.object), "label": self.title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "object": self.object, "title": self.title, "edit_url": edit_address(self.object)}

    def way_to_page(self) -> list[Any]:
        """The same for the page as it is by now."""
        return way_to_page(find(**self.kwargs))
