"""A fact lives once: whatever the chapters and the glossary say of its figures is shown from the fact itself.

Then a fact that changes, changes everywhere; a figure typed by hand would stay behind.
"""

import re

import pytest

from catalog.models import ChapterPage, GlossaryPage
from home import facts
from home.models import Fact

NO_FIGURES = {
    "kdo-legal-basis": "the number of a provision, which a footnote cites with the name of its act",
    "kdo-opinions": "“does not bind” is a principle in words, and headings say it",
}
"""Facts that a text may say in words of its own, and why."""
COINCIDENCES = {
    "pl": {("14 dni", "Nagranie spotkania"): "recordings have a deadline of their own, by another act"},
    "en": {("14 days", "A recording of a meeting"): "the same"},
}
"""(figure, the beginning of its sentence): why it is another one."""

FIGURE = re.compile(r"\d+(?:/\d+)? [^\W\d]{2,}|\d{4}(?:/\d+)?|\d+/\d+")
"""„16 osób”, “3 years”, 1379/2019: a small number alone says nothing."""


def figures_of(language: str) -> set[str]:
    """Of each public fact its value and the figures in it."""
    found: set[str] = set()
    for versions in facts.public().values():
        fact = versions.get(language)
        if fact and fact.is_known and fact.key not in NO_FIGURES:
            found |= {fact.value, *FIGURE.findall(fact.value)}
    return found


def typed_words(page) -> str:
    """The words of a page that come from no fact."""
    (main,) = page.document.xpath("//main")
    shown = "descendant::*[contains(concat(' ', @class, ' '), ' fact ') or contains(@class, 'fact-card')]"
    for element in main.xpath(shown):
        element.text, element[:] = "", []
    return " ".join(" ".join(main.itertext()).split())


def sentence_around(text: str, place: int) -> str:
    return text[text.rfind(". ", 0, place) + 1 : place].strip()


@pytest.mark.parametrize("language", ["pl", "en"])
def test_no_figure_of_a_fact_is_typed_by_hand(shown, language):
    figures = figures_of(language)
    assert {"pl": {"16 osób", "3 lata", "14 dni", "1379/2019"}, "en": {"16 people", "3 years"}}[language] <= figures
    typed = []
    for page in shown:
        if page.language == language and isinstance(page.page, ChapterPage | GlossaryPage):
            text = typed_words(page)
            for figure in figures:
                for match in re.finditer(rf"(?<!\w){re.escape(figure)}(?!\w)", text, re.IGNORECASE):
                    beginning = sentence_around(text, match.start())
                    known = {(one, start) for one, start in COINCIDENCES[language] if beginning.startswith(start)}
                    if figure not in {one for one, _start in known}:
                        typed.append((page.url, figure, beginning[-80:]))
    assert typed == []


def test_each_exception_is_still_a_fact(demo):
    assert Fact.objects.filter(live=True, key__in=NO_FIGURES).count() == len(NO_FIGURES)
