"""Why a page is found for some words, or not, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from approval.quoting import quoted
from approval.roles import SEARCH_REPORT
from approval.row_keys import is_key
from search import explaining, recommendations
from search.analysis import tokens
from search.querying import MOST_LETTERS
from search.results import Results
from search.searching import search

SHOWN = 5
WHERE = {
    explaining.TITLE: _("in the title"),
    explaining.SUBJECT: _("in what it is about: lead, headings, facts, topics"),
    explaining.TEXT: _("in its text or in a file"),
}


class WhyForm(forms.Form):
    words = forms.CharField(label=_("Words"), max_length=MOST_LETTERS)
    language = forms.ChoiceField(label=_("Language of the search"), choices=lambda: settings.WAGTAIL_CONTENT_LANGUAGES)
    page = forms.ModelChoiceField(
        Page.objects.none(),
        label=_("Page"),
        required=False,
        widget=AdminPageChooser(),
        help_text=_("Leave it empty to see what comes first, and why."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = page_permission_policy.explorable_instances(user)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Reason:
    """One sentence; `is_against`: it keeps the page from being found, or lets it stand lower."""

    text: str
    is_against: bool = False


class WhyFoundView(WagtailAdminTemplateMixin, TemplateView):
    """A search as visitors make it, its first pages, and the reasons of one of them."""

    page_title = _("Why is a page found?")
    header_icon = "search"
    template_name = "home/search/why.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(SEARCH_REPORT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("searched_words"), "label": gettext("What people search for")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        number = asked.get("page", "")
        page = Page.objects.filter(pk=number).select_related("locale").first() if is_key(number) else None
        first = {"language": page.locale.language_code if page else get_language(), "page": page and page.pk}
        data = {**asked.dict(), "page": first["page"]} if asked.get("words") else None
        form = WhyForm(data, initial=first, user=self.request.user)
        context = {**super().get_context_data(**kwargs), "form": form, "media": form.media}
        return {**context, **answer(form.cleaned_data)} if form.is_bound and form.is_valid() else context


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    words, language, page = asked["words"], asked["language"], asked["page"]
    results = search(words, language, size=SHOWN)
    hits = list(results.hits)
    page = page or (hits[0].page if hits else None)
    return {
        "results": results,
        "hits": hits,
        "said_above": list(_of_search(results)),
        "page": page,
        "reasons": list(reasons(page, words, language)) if page else [],
    }


def _of_search(results: Results) -> Iterator[str]:
    count = results.hits.paginator.count
    yield ngettext("Visitors get %(count)d result.", "Visitors get %(count)d results.", count) % {"count": count}
    if results.spelling:
        yield gettext("Nobody ever wrote it so, so they are shown what was found for “%(words)s”.") % {
            "words": results.spelling
        }
    if results.is_any:
        yield gettext("No page has all of these words: these have some of them.")


def reasons(page: Page, words: str, language: str) -> Iterator[Reason]:
    """Why `page` stands where it stands when a visitor of `language` searches for `words`."""
    found = explaining.explain(page.pk, words, language)
    if not found.is_public:
        yield Reason(gettext("Visitors can’t read this page now, so no search finds it."), True)
        return
    if not found.is_indexed:
        yield Reason(gettext("The search doesn’t know this page yet. Please tell whoever looks after the site."), True)
        return
    if found.is_other_language:
        yield Reason(gettext("It is in another language: it is offered below the results, if at all."), True)
    if page.pk in recommendations.keys_for(words, language):
        yield Reason(gettext("It was recommended for these words, so it comes first."))
    for group in found.groups:
        yield _of_group(group, words, language)
    if found.place:
        yield from _of_score(found.score) if found.score else ()
        place = {"place": found.place, "count": found.count}
        yield Reason(gettext("It is number %(place)d of %(count)d.") % place)
    elif not found.is_other_language and all(group.alternative for group in found.groups):
        yield Reason(gettext("It is not among the first hundred results."), True)


def _of_group(group: explaining.GroupExplained, words: str, language: str) -> Reason:
    found = {word.casefold(): word for word in reversed(group.words)}  # as it stands there first
    said = {"words": _typed(group, words, language), "found": quoted(reversed(found.values()))}
    if group.alternative is None:
        text = gettext(
            "“%(words)s” stands nowhere on it, in no form. A synonym may help, or the word itself in its lead."
        )
        return Reason(text % said, True)
    said["where"] = str(WHERE[group.field])
    if group.alternative is not group.group.alternatives[0]:
        return Reason(gettext("“%(words)s”: a synonym or another spelling stands %(where)s: %(found)s.") % said)
    return Reason(gettext("“%(words)s” stands %(where)s: %(found)s.") % said)


def _typed(group: explaining.GroupExplained, words: str, language: str) -> str:
    """The part of `words` that the group is about."""
    wanted = frozenset().union(*(term for one in group.group.alternatives[:1] for term in one.words))
    typed = [
        words[token.start : token.end]
        for token in tokens(words[:MOST_LETTERS], language)
        if any(word.terms & wanted for word in token.words)
    ]
    return " ".join(typed) or words


def _of_score(score: Any) -> Iterator[Reason]:
    if score.is_exact:
        yield Reason(
            gettext("Its title, or what it is about, is just what was searched for: that comes before all else.")
        )
    if score.fresh < 1:
        yield Reason(gettext("It is older, or over: newer pages and coming events stand above it."), True)
    if score.weight < 1:
        yield Reason(gettext("It is a list of other pages: these stand above it."), True)
