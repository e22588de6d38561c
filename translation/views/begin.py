"""The first step of a translation: from a dashboard, a listing or a link to the editor of its draft."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page

from approval.permissions import is_in_first_language
from approval.views.subjects import edit_address, reading_address
from translation import drafts


def begin_address(original: int, locale: Locale) -> str:
    return reverse("translation:begin", args=(original, locale.language_code))


def instead_of_editor(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """What a translator gets where a text in the first language is edited: its translation, there or to be begun.

    None for everybody else, for whatever is sent there, and as long as there is nothing to translate. Of several
    languages the first one that is missing.
    """
    if request.method != "GET" or page.depth < 2 or not is_in_first_language(page):
        return None
    if not request.user.has_perm(drafts.PERMISSION) or drafts.words_of(page) is None:
        return None
    others = list(Locale.objects.exclude(pk=page.locale_id).order_by("pk"))
    missing = [locale for locale in others if not page.has_translation(locale)]
    for locale in missing or others:
        return BeginView.as_view()(request, page_id=page.pk, language=locale.language_code)
    return None


class BeginView(WagtailAdminTemplateMixin, TemplateView):
    """Asks once where somebody comes by a link; a button on a dashboard sends the answer at once."""

    page_title = gettext_lazy("Translate")
    header_icon = "wagtail-localize-language"
    template_name = "translation/begin.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(drafts.PERMISSION):
            raise PermissionDenied
        others = Locale.objects.exclude(pk=Locale.get_default().pk)
        self.locale = get_object_or_404(others, language_code=kwargs["language"])
        self.original = get_object_or_404(Page, pk=kwargs["page_id"], locale=Locale.get_default(), depth__gt=1).specific
        if not drafts.may_know(self.original, request.user):
            raise Http404
        self.words = drafts.words_of(self.original)

    def get_page_subtitle(self) -> str:
        """The title of what is translated: what its author has written since is nobody's to read."""
        return self.words.title if self.words else self.original.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        title = self.get_page_subtitle()
        return [
            *super().get_breadcrumbs_items(),
            {"url": reading_address(self.original, self.request.user), "label": title},
            {"url": "", "label": self.get_page_title(), "sublabel": title},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        there = self.original.get_translation_or_none(self.locale)
        return redirect(edit_address(there)) if there else super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parent = self.original.get_parent()
        missing_parent = parent if not parent.has_translation(self.locale) else None
        return {
            **super().get_context_data(**kwargs),
            "title": self.get_page_subtitle(),
            "why_not": "" if self.words else drafts.why_not_yet(self.original),
            "language": self.locale.get_display_name(),
            "missing_parent": missing_parent,
            "parent_url": begin_address(parent.pk, self.locale) if missing_parent else "",
            "may_begin": drafts.may_begin(self.original, self.locale, self.request.user),
            "begin_url": begin_address(self.original.pk, self.locale),
            "back_url": reading_address(self.original, self.request.user),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_new = not self.original.has_translation(self.locale)
        page = drafts.begin(self.original, self.locale, request.user)
        if is_new:
            words = {"title": self.get_page_subtitle()}
            by_segments = getattr(page, "is_translated_by_segments", False)
            begun = (
                _("Translate “%(title)s” part by part: what you save is a draft.")
                if by_segments
                else _("The draft holds the words of “%(title)s”: write over them.")
            )
            messages.success(request, begun % words)
        return redirect(edit_address(page))
