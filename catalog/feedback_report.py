"""What readers say about the chapters: counts and a trend for each, the texts, and which of them are handled."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from approval.roles import FEEDBACK_REPORT, HANDLE_FEEDBACK
from approval.row_keys import is_key
from catalog.log_actions import WORDS_REMOVED
from catalog.models import CatalogIndexPage, ChapterFeedback, ChapterPage

MONTHS = 12
HEIGHT = 40
"""Of the drawing of a trend, in its own units."""
TEXTS = 20


@dataclass(frozen=True)
class Month:
    """One bar of a trend: yes upon no, high as the busiest month of all chapters is HEIGHT."""

    first_day: date
    yes: int
    no: int
    place: int
    scale: float

    @property
    def yes_height(self) -> float:
        return round(self.yes * self.scale, 1)

    @property
    def no_height(self) -> float:
        return round(self.no * self.scale, 1)

    @property
    def yes_top(self) -> float:
        return HEIGHT - self.no_height - self.yes_height

    @property
    def no_top(self) -> float:
        return HEIGHT - self.no_height

    @property
    def label(self) -> str:
        return date_format(self.first_day, "F Y")


@dataclass(frozen=True)
class Row:
    chapter: ChapterPage
    number: int | None
    months: list[Month]
    open_texts: int

    @property
    def yes(self) -> int:
        return sum(month.yes for month in self.months)

    @property
    def no(self) -> int:
        return sum(month.no for month in self.months)

    @property
    def share(self) -> int | None:
        """Of a hundred answers, how many say yes."""
        total = self.yes + self.no
        return round(100 * self.yes / total) if total else None

    @property
    def is_quiet(self) -> bool:
        """Nobody has said anything in these months."""
        return not (self.yes or self.no or self.open_texts)

    @property
    def answered(self) -> list[Month]:
        return [month for month in self.months if month.yes or month.no]


class FeedbackView(WagtailAdminTemplateMixin, TemplateView):
    page_title = _("Do the chapters help?")
    header_icon = "comment"
    template_name = "catalog/feedback_report.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(FEEDBACK_REPORT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number, handled = self.request.GET.get("chapter", ""), self.request.GET.get("handled") == "1"
        chapter = ChapterPage.objects.defer_streamfields().filter(pk=number).first() if is_key(number) else None
        texts = ChapterFeedback.objects.with_words() if handled else ChapterFeedback.objects.open()
        texts = texts.filter(page=chapter) if chapter else texts
        texts = texts.select_related("page__locale", "handled_by").defer("page__body").order_by("-day", "-pk")
        shown = Paginator(texts, TEXTS).get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            **_apart(list(rows())),
            "chapter": chapter,
            "handled": handled,
            "texts": shown,
            "open_shown": [text for text in shown if not text.handled_at],
            "may_handle": self.request.user.has_perm(HANDLE_FEEDBACK),
            "address": reverse("chapter_feedback_report"),
        }


def _apart(found: list[Row]) -> dict[str, list[Row]]:
    return {
        "rows": [row for row in found if not row.is_quiet],
        "quiet_rows": [row for row in found if row.is_quiet],
    }


def rows() -> Iterator[Row]:
    """Every public chapter, and any other about which something was said; the same few queries for all of them.

    They stand as readers find them, with the numbers that the book has from its first language, which comes first.
    """
    months = last_months(timezone.localdate())
    counts: dict[tuple[int, date, bool], int] = {
        (page, month, helped): times
        for page, month, helped, times in ChapterFeedback.objects.filter(day__gte=months[0]).counts()
    }
    totals: dict[tuple[int, date], int] = defaultdict(int)
    for (page, month, _helped), times in counts.items():
        totals[page, month] += times
    scale = HEIGHT / max(totals.values(), default=1)
    waiting = Counter(ChapterFeedback.objects.open().order_by().values_list("page", flat=True))
    known = {page for page, _month, _helped in counts} | set(waiting)
    handbook = CatalogIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    numbers = handbook.numbers if handbook else {}
    chapters = ChapterPage.objects.defer_streamfields().select_related("locale").order_by("path")
    for chapter in sorted(chapters, key=lambda one: one.locale.language_code != settings.LANGUAGE_CODE):
        if chapter.live or chapter.pk in known:
            bars = [
                Month(
                    month,
                    yes=counts.get((chapter.pk, month, True), 0),
                    no=counts.get((chapter.pk, month, False), 0),
                    place=place,
                    scale=scale,
                )
                for place, month in enumerate(months)
            ]
            yield Row(chapter, numbers.get(chapter.translation_key), bars, waiting[chapter.pk])


def last_months(today: date) -> list[date]:
    """The first days of the last twelve months, the oldest first."""
    number = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number - MONTHS + 1, number + 1)]


@require_POST
def handle(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody has seen to what a reader wrote, or hasn't after all."""
    answer = _text(request, number)
    _mark(ChapterFeedback.objects.filter(pk=answer.pk), request, is_handled=request.POST.get("handled") == "1")
    return _back(request)


@require_POST
def handle_shown(request: HttpRequest) -> HttpResponse:
    """The same for all that stood on the page, and for nothing that has come since."""
    _check(request)
    numbers = [number for number in request.POST.getlist("text")[:TEXTS] if is_key(number)]
    _mark(ChapterFeedback.objects.open().filter(pk__in=numbers), request, is_handled=True)
    return _back(request)


@require_POST
def remove_words(request: HttpRequest, number: int) -> HttpResponse:
    """A reader has named somebody, or abuses us: the words go for good, the answer stays counted."""
    answer = _text(request, number)
    with transaction.atomic():
        ChapterFeedback.objects.filter(pk=answer.pk).update(words="")
        log(answer, WORDS_REMOVED, user=request.user)
    messages.success(request, _("The words are gone. The answer stays counted."))
    return _back(request)


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(HANDLE_FEEDBACK):
        raise PermissionDenied


def _text(request: HttpRequest, number: int) -> ChapterFeedback:
    _check(request)
    return get_object_or_404(ChapterFeedback.objects.with_words(), pk=number if is_key(number) else 0)


def _mark(answers: QuerySet[ChapterFeedback], request: HttpRequest, *, is_handled: bool) -> None:
    by = {"handled_at": timezone.now(), "handled_by": request.user}
    answers.update(**(by if is_handled else dict.fromkeys(by)))


def _back(request: HttpRequest) -> HttpResponse:
    next_url = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(next_url, allowed_hosts=None)
    return redirect(next_url if is_ours else "chapter_feedback_report")
