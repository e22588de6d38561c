"""What staff see of the search: what is looked for, and why a page is found."""

import datetime

import lxml.html
import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from approval import roles
from home.models import SearchedWords, SearchRecommendation
from home.search_report import NOTHING_YET
from tests import factories
from tests.workflow import person

pytestmark = pytest.mark.django_db
SEARCHES = True
REPORT, WHY = "/admin/searches/", "/admin/searches/why/"


def counted(words, times, results, language="pl", months_ago=0):
    month = timezone.localdate().replace(day=1)
    for _month in range(months_ago):
        month = (month - datetime.timedelta(days=1)).replace(day=1)
    row = {"words": words, "language": language, "month": month, "last_day": month}
    SearchedWords.objects.create(**row, times=times, results=results)


@pytest.fixture
def editor(client_as):
    return client_as(person("redaktorka", roles.LANGUAGE_EDITORS))


def rows(answer):
    found = lxml.html.document_fromstring(answer.content).xpath("//main//tbody/tr")
    return [[cell.text_content().strip() for cell in row.xpath("./td")[:4]] for row in found]


def test_what_found_nothing_comes_first_and_months_are_one_row(editor):
    with override("pl"):
        nothing = str(NOTHING_YET)
    assert nothing in editor.get(REPORT).content.decode()
    counted("nabór", 40, 11)
    counted("granty", 3, 0)
    counted("granty", 4, 2, months_ago=1)
    counted("neighborhood", 2, 0, language="en")
    counted("=1+1 <b>", 9, 0)
    found = rows(editor.get(REPORT))
    assert [row[0] for row in found] == ["=1+1 <b>", "granty", "neighborhood", "nabór"]
    assert found[1][2:] == ["7", "0"]
    assert [row[0] for row in rows(editor.get(REPORT, {"q": "NABOR"}))] == ["nabór"]
    assert [row[0] for row in rows(editor.get(REPORT, {"found": "some"}))] == ["nabór"]
    assert [row[0] for row in rows(editor.get(REPORT, {"language": "en"}))] == ["neighborhood"]
    assert rows(editor.get(REPORT, {"ordering": "-total"}))[0][0] == "nabór"
    links = lxml.html.document_fromstring(editor.get(REPORT).content).xpath("//ul[@class='search-ways']//a")
    addresses = [link.get("href") for link in links[8:12]]
    assert addresses[0] == "/en/search/?q=neighborhood"
    for address in addresses:
        assert editor.get(address).status_code == 200, address
    assert 'value="granty"' in editor.get(WHY, {"words": "granty", "language": "pl"}).content.decode()


def test_whoever_may_teach_the_search_nothing_is_not_led_there(client_as):
    counted("granty", 3, 0)
    words = client_as(person("autorka", roles.AUTHORS)).get(REPORT).content.decode()
    assert "granty" in words
    assert "searchsynonym" not in words


def test_the_reasons_of_a_page_are_said(editor):
    factories.news(title="Granty dla sąsiadów", lead="Nabór trwa.")
    other = factories.news(title="Piknik na Podgórzu", lead="Bez wniosków.")
    draft = factories.news(title="Granty za rok", live=False)
    factories.approved(SearchRecommendation(words="spacer", first_page=other, reason="Pytają o to."))
    nowhere = "“%(words)s” stands nowhere on it, in no form. A synonym may help, or the word itself in its lead."
    with override("pl"):  # until the first request
        title = {"words": "granty", "where": gettext("in the title"), "found": "„Granty”"}
        in_title = gettext("“%(words)s” stands %(where)s: %(found)s.") % title
        is_first = gettext("It is number %(place)d of %(count)d.") % {"place": 1, "count": 1}
        others = (
            (other, "granty", gettext(nowhere) % title),
            (draft, "granty", gettext("Visitors can’t read this page now, so no search finds it.")),
            (None, "spacery", gettext("It was recommended for these words, so it comes first.")),
        )
    said = [reason.text for reason in reasons_of(editor, "granty dla sąsiada")]
    assert in_title in said
    assert said[-1] == is_first
    for page, words, first in others:
        assert reasons_of(editor, words, page)[0].text == first


def test_the_button_of_an_english_page_asks_in_english(editor):
    english = factories.translated(factories.news(title="Granty"), title="Grants", slug="grants")
    asked = [editor.get("/admin/searches/why/", {"page": page}).context["form"] for page in (english.pk, 10**30, "x")]
    assert [(form["language"].value(), form["page"].value()) for form in asked] == [
        ("en", english.pk),
        ("pl", None),
        ("pl", None),
    ]


def reasons_of(browser, words, page=None):
    answer = browser.get(WHY, {"words": words, "language": "pl", **({"page": page.pk} if page else {})})
    return answer.context_data["reasons"]


def test_odd_questions_are_answered(editor):
    for asked in (
        {"words": '" OR ('},
        {"words": "x" * 5000},
        {"words": "a", "language": "xx"},
        {"words": "a", "page": "abc"},
        {"page": "x"},
    ):
        assert editor.get(WHY, {"language": "pl", **asked}).status_code == 200, asked
