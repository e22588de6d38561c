"""What readers were told of changes, for coordinators: a sentence that was wrong is hidden from everybody.

It is as taking a page down: one person does it at once, with a reason that stays in the history of the chapter, and
nothing new becomes public by it. So nobody shows it again either; what is right now is told with the next version.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import LogActionRegistry, log

from approval.log_actions import Reasoned
from approval.menu_items import PermittedMenuItem
from approval.models.ledger import LONGEST_REASON
from approval.permissions import TAKE_DOWN
from approval.quoting import quoted
from approval.row_keys import is_key
from approval.text_cleaning import clean_words
from catalog.models import ChapterChange
from home.cache import raise_generation

TITLE = gettext_lazy("Changes that readers were told of")
HIDDEN = "catalog.hide-change"
SHOWN = 50


class ForCoordinatorsMixin(WagtailAdminTemplateMixin):
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(TAKE_DOWN):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> Any:
        return ChapterChange.objects.with_chapters().select_related("page__locale")


class ChangesView(ForCoordinatorsMixin, TemplateView):
    page_title = TITLE
    template_name = "catalog/changes_list.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = Paginator(self.rows().newest_first(), SHOWN).get_page(self.request.GET.get("p"))
        return {**super().get_context_data(**kwargs), "changes": changes}


class HideForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For colleagues: it stays in the history of the chapter."),
        error_messages={"required": gettext_lazy("Write why: colleagues find it in the history of the chapter.")},
    )

    def clean_reason(self) -> str:
        return clean_words(self.cleaned_data["reason"])


class HideView(ForCoordinatorsMixin, FormView):
    page_title = gettext_lazy("Hide from readers")
    template_name = "catalog/change_hide.html"
    form_class = HideForm

    @cached_property
    def change(self) -> ChapterChange:
        number = self.kwargs["number"]
        return get_object_or_404(self.rows(), pk=number if is_key(number) else 0)

    def get_page_subtitle(self) -> str:
        return self.change.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        changes = {"url": reverse("chapter_changes"), "label": TITLE}
        return [*super().get_breadcrumbs_items(), changes, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "change": self.change}

    def form_valid(self, form: HideForm) -> HttpResponse:
        hide(self.change, self.request.user, form.cleaned_data["reason"])
        said = quoted([self.change.sentence or str(self.change.kind_label)])
        messages.success(self.request, _("Visitors no longer see: %(titles)s.") % {"titles": said})
        return redirect("chapter_changes")


@transaction.atomic
def hide(change: ChapterChange, user: Any, reason: str) -> None:
    """Nobody but staff sees `change` from now on. Who was first is kept, with their reason."""
    open_rows = ChapterChange.objects.visible().filter(pk=change.pk)
    if open_rows.update(hidden_at=timezone.now()):
        raise_generation()
        data = {"reason": reason, "sentence": change.sentence or str(change.kind)}
        log(change.page, HIDDEN, user=user, data=data)


class Hidden(Reasoned):
    label = gettext_lazy("Hide a change from readers")

    def format_message(self, log_entry: Any) -> str:
        return _("Hidden from readers: “%(sentence)s”") % {"sentence": "", **(log_entry.data or {})}


def register(actions: LogActionRegistry) -> None:
    """Hook `register_log_actions`."""
    actions.register_action(HIDDEN)(Hidden)


def menu_item(order: int) -> PermittedMenuItem:
    return PermittedMenuItem(
        TITLE,
        reverse("chapter_changes"),
        name="chapter-changes",
        icon_name="history",
        order=order,
        permission=TAKE_DOWN,
    )
