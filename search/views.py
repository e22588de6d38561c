"""The results page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.queries import search_pages

MOST_WORDS = 100  # characters; nobody asks for more, and nobody makes the database chew on more


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages of the current language that hold all the words asked for."""
    words = request.GET.get("q", "")[:MOST_WORDS]  # cleaned (site_config.middleware)
    results = search_pages(words, get_language(), request.GET.get("page"))
    return render(request, "search/results.html", {"query": words, "results": results})
