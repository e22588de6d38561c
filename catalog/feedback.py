"""„Czy ten rozdział pomógł?”: the form at the end of a chapter, and what becomes of the answers.

The page with the form is the same for everybody and kept for all of them, so it can carry no token, and it sets no
cookie. A token would protect nobody here: the answer is anonymous, and counts for nothing that a reader owns. What is
left to prevent is that another site makes its visitors vote, and browsers tell of that themselves (`Sec-Fetch-Site`,
`Origin`). Programs are slowed down by the address that they come from, which is kept as a fingerprint for an hour, in
the cache alone; the fingerprint of tomorrow is another one.
"""

import ipaddress
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.addresses import client_address
from approval.row_keys import is_key
from approval.text_cleaning import clean_words
from catalog.models import ChapterFeedback, ChapterPage
from catalog.models.feedback import LONGEST_ANSWER
from home.contacts import without_contacts

MOST_AN_HOUR = 20
"""Answers from one address: a shared office, or a workshop in a library, has one."""
MOST_A_DAY = 2000
"""From all addresses: nobody reads more, and whoever sends nonsense fills no disk."""
NETWORK_OF_A_HOUSE = 64
"""Bits of an IPv6 address that a household has for itself."""
TRAP = "website"
"""A field that no person sees."""
THANKS = "thanks"
KEPT_DAYS = 365


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
    words = clean_words("\n".join(request.POST.get("words", "").splitlines()))  # forms send two signs for each
    form = FeedbackForm({"helped": request.POST.get("helped", ""), "words": words})
    if not _comes_from_here(request):
        problem, status = _("Your answer came from another site. Send it from this page."), HTTPStatus.FORBIDDEN
    elif not form.is_valid():
        problem = "" if "words" in form.errors else _("Choose one of the two answers.")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif request.POST.get(TRAP):
        return _thanks(chapter)
    elif _is_flood(request):
        problem = _("Many answers have come from your network within an hour. Send yours again in an hour.")
        status = HTTPStatus.TOO_MANY_REQUESTS
    else:
        _keep(chapter, helped=form.cleaned_data["helped"] == "yes", words=form.cleaned_data["words"])
        return _thanks(chapter)
    context = {"page": chapter, "form": form, "problem": problem, "words": words}
    return render(request, "catalog/feedback.html", context, status=status)


def _thanks(chapter: ChapterPage) -> HttpResponse:
    """Back at the chapter, whose page says thank you where its address has this fragment."""
    return HttpResponseRedirect(f"{chapter.url}#{THANKS}", status=HTTPStatus.SEE_OTHER)


def _keep(chapter: ChapterPage, *, helped: bool, words: str) -> None:
    """Nobody can be answered, so addresses and numbers that somebody writes there all the same are never stored."""
    ChapterFeedback.objects.create(
        page=chapter, day=timezone.localdate(), helped=helped, words=without_contacts(words)[:LONGEST_ANSWER]
    )


def _comes_from_here(request: HttpRequest) -> bool:
    """Whether nothing says that another site has sent it. Old browsers say nothing."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return origin is None or origin in ours


def _is_flood(request: HttpRequest) -> bool:
    if ChapterFeedback.objects.filter(day=timezone.localdate()).count() >= MOST_A_DAY:
        return True
    key = f"feedback:{_fingerprint(client_address(request))}"
    cache.add(key, 0, timeout=3600)
    try:
        return (cache.incr(key) or 0) > MOST_AN_HOUR
    except ValueError:  # the hour ended just now
        return False


def _fingerprint(address: str) -> str:
    """The same for one household or office during a day; whoever has no SECRET_KEY can't try addresses out on it."""
    found = ipaddress.ip_address(address)
    if found.version == 6:
        found = ipaddress.ip_network((found, NETWORK_OF_A_HOUSE), strict=False).network_address
    return salted_hmac("catalog.feedback", f"{timezone.localdate()} {found}", algorithm="sha256").hexdigest()


def forget() -> int:
    """Words that are a year old go, the answers stay to be counted; returns how many these were."""
    oldest = timezone.localdate() - timedelta(days=KEPT_DAYS)
    return ChapterFeedback.objects.filter(day__lt=oldest).with_words().update(words="")
