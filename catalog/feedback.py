"""„Czy ten rozdział pomógł?”: the form at the end of a chapter, and what becomes of the answers.

The page with the form is the same for everybody and kept for all of them, so it can carry no token, and it sets no
cookie. A token would protect nobody here: the answer is anonymous, and counts for nothing that a reader owns. What is
left to prevent is that another site makes its visitors vote, and browsers tell of that themselves (`Sec-Fetch-Site`,
`Origin`); and that programs send more than anybody reads (`catalog/feedback_limits.py`).
"""

import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.addresses import client_address
from approval.row_keys import is_key
from approval.text_cleaning import clean_words
from catalog import feedback_limits
from catalog.models import ChapterFeedback, ChapterPage
from catalog.models.feedback import LONGEST_ANSWER
from home.contacts import without_contacts

LONGEST_SHOWN = 4096
"""Characters of what somebody sent: more of it is neither read nor shown again."""
LONG_NUMBER = re.compile(r"\d(?:[\s–—-]{0,3}\d){7,}")
"""Eight digits are no year, article or sum that a chapter lacks: they are of a person, a case or an account."""
TRAP = "website"
"""A field that no person sees."""
THANKS = "thanks"
KEPT_DAYS, KEPT_DAYS_HANDLED = 365, 30


class FeedbackForm(forms.Form):
    helped = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    words = forms.CharField(
        required=False,
        max_length=LONGEST_ANSWER,
        error_messages={
            "max_length": gettext_lazy("Shorten it to %(limit_value)d characters: there are %(show_value)d now.")
        },
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("helped") == "no" and cleaned.get("words") == "":
            self.add_error("words", _("Write what was missing: without a word we don't know what to mend."))
        return cleaned


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Takes an answer and leads back to the chapter; where it doesn't, the words stay on the page that says why."""
    if not is_key(number):
        raise Http404
    here = ChapterPage.objects.published().filter(locale__language_code=get_language())
    chapter = get_object_or_404(here.defer_streamfields(), pk=number)
    if request.method != "POST":
        return HttpResponseRedirect(chapter.url)
    sent = request.POST.get("words", "")
    words = clean_words("\n".join(sent[:LONGEST_SHOWN].splitlines()))  # forms send two signs for each
    form = FeedbackForm({"helped": request.POST.get("helped", ""), "words": words})
    problem, beside, status = "", list[str](), HTTPStatus.UNPROCESSABLE_ENTITY
    if too_many := feedback_limits.of_network(client_address(request)):
        problem, status = too_many, HTTPStatus.TOO_MANY_REQUESTS
    elif not _comes_from_here(request):
        problem, status = _("Your answer came from another site. Send it from this page."), HTTPStatus.FORBIDDEN
    elif len(sent) > LONGEST_SHOWN:
        told = _("That was too long to be read. Shorten it to %(most)d characters: only its beginning stands here.")
        beside, status = [told % {"most": LONGEST_ANSWER}], HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    elif not form.is_valid():
        beside = [str(error) for error in form.errors.get("words", ())]
        problem = "" if beside else _("Choose one of the two answers.")
    elif request.POST.get(TRAP):
        return _thanks(chapter)
    elif too_many := feedback_limits.of_day(chapter, helped=form.cleaned_data["helped"] == "yes"):
        problem, status = too_many, HTTPStatus.TOO_MANY_REQUESTS
    else:
        _keep(chapter, helped=form.cleaned_data["helped"] == "yes", words=form.cleaned_data["words"])
        return _thanks(chapter)
    context = {"page": chapter, "helped": form["helped"].value(), "beside": beside, "problem": problem, "words": words}
    return render(request, "catalog/feedback.html", context, status=status)


def _thanks(chapter: ChapterPage) -> HttpResponse:
    """Back at the chapter, whose page says thank you where its address has this fragment."""
    return HttpResponseRedirect(f"{chapter.url}#{THANKS}", status=HTTPStatus.SEE_OTHER)


def _keep(chapter: ChapterPage, *, helped: bool, words: str) -> None:
    """Nobody can be answered, so addresses and numbers that somebody writes there all the same are never stored."""
    masked = LONG_NUMBER.sub("…", without_contacts(words))
    ChapterFeedback.objects.create(page=chapter, day=timezone.localdate(), helped=helped, words=masked[:LONGEST_ANSWER])


def _comes_from_here(request: HttpRequest) -> bool:
    """Whether nothing says that another site has sent it. Old browsers say nothing.

    A foreign `Origin` says it whatever else is said. Where a browser keeps the origin for itself ("null"), it has to
    say that the site is the same.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    ours = {f"{request.scheme}://{request.get_host()}", settings.SITE_URL, *settings.CSRF_TRUSTED_ORIGINS}
    if origin == "null":
        return site == "same-origin"
    return (origin is None or origin.lower() in ours) and site in (None, "same-origin", "none")


def forget() -> int:
    """Words go a month after somebody has seen to them, and after a year in any case; returns how many these were.

    The answers stay to be counted.
    """
    today, now = timezone.localdate(), timezone.now()
    is_old = Q(day__lt=today - timedelta(days=KEPT_DAYS))
    is_done = Q(handled_at__lt=now - timedelta(days=KEPT_DAYS_HANDLED))
    return ChapterFeedback.objects.with_words().filter(is_old | is_done).update(words="")
