"""Taking down, moving and deleting, one page or many, with what becomes of the translations."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction, MoveBulkAction, UnpublishBulkAction
from wagtail.admin.views.pages.bulk_actions.move import MoveForm
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import DefaultPageForm
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.models import Page

from approval import archive, schedule
from approval.forms import WordsField
from approval.permissions import was_ever_public
from approval.quoting import quoted
from translation import linked_actions as linked_with


class LinkedField(forms.ChoiceField):
    """Whether the translations go along; without an answer they do."""

    def __init__(self, together: Any, alone: Any, **kwargs: Any) -> None:
        super().__init__(
            label=kwargs.pop("label", _("Translations")),
            choices=[(linked_with.TOGETHER, together), (linked_with.ALONE, alone)],
            initial=linked_with.TOGETHER,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def clean(self, value: Any) -> bool:
        return linked_with.is_linked(super().clean(value))


def _titles(pages: list[Page]) -> str:
    return quoted(page.get_admin_display_title() for page in pages)


class TakeDownView(UnpublishView):
    """Wagtail's unpublishing, with room for a reason, and for what becomes of the translations."""

    template_name = "translation/take_down.html"
    page_title = _("Take down")

    def get_objects_to_unpublish(self) -> list[Page]:
        return [self.object]

    def unpublish(self) -> HttpResponse | None:
        hook_response = self.run_hook("before_unpublish_page", self.request, self.object)
        if hook_response is not None:
            return hook_response
        sent = self.request.POST
        with archive.with_reason(sent.get("reason", "")):
            self.hidden = linked_with.take_down(
                [self.object],
                self.request.user,
                below=bool(sent.get("include_descendants")),
                together=linked_with.is_linked(sent.get("translations")),
            )
        return self.run_hook("after_unpublish_page", self.request, self.object)

    def get_success_message(self) -> str:
        if len(self.hidden) > 1:
            return gettext("Visitors no longer see: %(titles)s.") % {"titles": _titles(self.hidden)}
        return gettext("Visitors no longer see “%(page_title)s”. It is in the archive.") % {
            "page_title": self.object.get_admin_display_title()
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        below = self.object.get_descendants().live()
        return {
            **super().get_context_data(**kwargs),
            "companions": linked_with.shown_with([self.object]),
            "companions_below": linked_with.shown_with([self.object, *below]) if below else [],
        }


class TakeDownManyForm(DefaultPageForm):
    translations = LinkedField(_("Take down their translations too"), _("Leave the translations public"))
    reason = WordsField(
        label=_("Reason (optional)"),
        help_text=_("It goes into the publication record and to the coordinators."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ForManyMixin:
    """An action for the pages that were ticked in a list, done for their translations too or for them alone."""

    cleaned_form: Any

    def get_execution_context(self) -> dict[str, Any]:
        together = self.cleaned_form.cleaned_data["translations"]
        return {**super().get_execution_context(), "together": together}  # type: ignore[misc] # Wagtail's, behind this

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        companions = self.companions([item["item"] for item in context["items"]])
        if not companions:
            context["form"].fields["translations"].widget = forms.HiddenInput()
        return {**context, "companions": companions}

    def companions(self, pages: list[Page]) -> list[linked_with.LinkedTranslation]:
        raise NotImplementedError


class TakeDownManyView(ForManyMixin, UnpublishBulkAction):
    display_name = _("Take down")
    aria_label = _("Take down selected pages")
    form_class = TakeDownManyForm
    template_name = "translation/take_down_many.html"

    def companions(self, pages: list[Page]) -> list[linked_with.LinkedTranslation]:
        return linked_with.shown_with(pages)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        with archive.with_reason(form.cleaned_data["reason"]):
            return super().form_valid(form)

    @classmethod
    def execute_action(
        cls,
        objects: Any,
        include_descendants: bool = False,
        user: Any = None,
        together: bool = True,
        **_others: Any,
    ) -> tuple[int, int]:
        hidden = linked_with.take_down(objects, user, below=include_descendants, together=together)
        return len(hidden), 0


class LinkedMoveView(MoveConfirmView):
    """Moving, with what becomes of the translations; what is impossible is said beforehand."""

    template_name = "translation/move.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not self.page_to_move.permissions_for_user(self.request.user).can_move():  # Wagtail asks when it is done
            raise PermissionDenied
        companions = linked_with.movable_with(self.page_to_move, self.destination, self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "companions": companions,
            "hindered": any(companion.obstacle for companion in companions),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        together = linked_with.is_linked(request.POST.get("translations"))
        moved = linked_with.move(self.page_to_move, self.destination, request.user, together=together)
        messages.success(request, gettext("Moved: %(titles)s.") % {"titles": _titles(moved)})
        for hook in hooks.get_hooks("after_move_page"):
            result = hook(request, self.page_to_move)
            if hasattr(result, "status_code"):
                return result
        return redirect("wagtailadmin_explore", self.destination.pk)


class MoveManyForm(MoveForm):
    translations = LinkedField(
        _("Move their translations too"),
        _("Leave the translations where they are"),
        help_text=_("Each goes below the translation of the new parent page. Where there is none, nothing is moved."),
    )


class MoveManyView(ForManyMixin, MoveBulkAction):
    form_class = MoveManyForm

    def companions(self, pages: list[Page]) -> list[linked_with.LinkedTranslation]:
        return [linked_with.LinkedTranslation(page, "") for page in linked_with.translations_of_all(pages)]

    @classmethod
    def execute_action(
        cls, objects: Any, destination: Any = None, user: Any = None, together: bool = True, **_others: Any
    ) -> tuple[int, int]:
        moved: set[int] = set()
        for page in objects:
            moved.update(each.pk for each in linked_with.move(page, destination, user, together=together))
        return len(moved), 0


class DeleteManyForm(DefaultPageForm):
    translations = LinkedField(_("Delete their translations too"), _("Keep the translations"))


class DeleteManyView(ForManyMixin, DeleteBulkAction):
    form_class = DeleteManyForm
    template_name = "translation/delete_many.html"

    def companions(self, pages: list[Page]) -> list[linked_with.LinkedTranslation]:
        return linked_with.deletable_with(pages, self.request.user)

    @classmethod
    def execute_action(cls, objects: Any, user: Any = None, together: bool = True, **kwargs: Any) -> tuple[int, int]:
        gone = linked_with.delete_translations(objects, user) if together else []
        parents, children = super().execute_action(objects, user=user, **kwargs)
        return parents + len(gone), children


class LinkedDeleteView(DeleteView):
    """Deleting, except for what visitors have seen: that is explained and kept."""

    template_name = "translation/delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        companions = linked_with.deletable_with([self.page], self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "companions": companions,
            "hindered": any(companion.obstacle for companion in companions),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        gone: list[Page] = []
        if type_to_delete_confirmation(request) and linked_with.is_linked(request.POST.get("translations")):
            gone = linked_with.delete_translations([self.page], request.user)
        answer = super().post(request, *args, **kwargs)  # in one transaction with the above
        if gone:
            messages.success(request, gettext("Deleted too: %(titles)s.") % {"titles": _titles(gone)})
        return answer

    def dispatch(self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        page = Page.objects.filter(pk=page_id).first()
        if page is None or not was_ever_public(page):
            schedule.keep_what_waits(page)
            return super().dispatch(request, page_id, *args, **kwargs)
        permissions = page.permissions_for_user(request.user)
        if not permissions.can_edit():
            raise PermissionDenied
        said = gettext("“%(title)s” or a page below it was public, so it is kept with its history and never deleted.")
        target = "wagtailadmin_pages:edit"
        if permissions.can_unpublish():
            said += " " + gettext("You can take it down here: then nobody but you and your team sees it.")
            target = "wagtailadmin_pages:unpublish"
        messages.warning(request, said % {"title": page.get_admin_display_title()})
        return redirect(target, page_id)
