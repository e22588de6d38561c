"""The report of all pages × languages, and the badges."""

import csv
import io
import re

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests import factories
from tests.newsroom.test_translation_panels import fill
from tests.reading import NBSP, source
from tests.workflow import draft_of, edit_url, fresh, publish_properly, submit, whole_url
from translation import badges, drafts, freshness
from translation.freshness import State

OUTDATED = "W serwisie, nieaktualne"
REPORT = reverse("translation:report")


def lines(browser, **asked) -> dict[str, dict[str, str]]:
    """The exported rows by the title of the original."""
    answer = browser.get(REPORT, {**asked, "export": "csv"})
    text = b"".join(answer.streaming_content).decode().replace(NBSP, " ")
    return {row["Oryginał"]: row for row in csv.DictReader(io.StringIO(text))}


def test_every_state_has_its_line(
    client_as, tlumaczka, autorka, redaktorka, koordynatorka, english, translated, change
):
    people = (autorka, redaktorka, koordynatorka)
    browser = client_as(koordynatorka)
    assert lines(browser)["Live"]["Stan"] == "W serwisie, aktualne"
    publish_properly(draft_of(autorka, "Nothing yet"), *people)
    drafts.begin(publish_properly(draft_of(autorka, "Begun"), *people), english, tlumaczka)
    sent = drafts.begin(publish_properly(draft_of(autorka, "Sent"), *people), english, tlumaczka)
    submit(sent, tlumaczka)
    change(lead="Inne słowa")
    found = lines(browser)
    assert {title: found[title]["Stan"] for title in ("Live", "Nothing yet", "Sent")} == {
        "Live": "W serwisie, nieaktualne",
        "Nothing yet": "Brak",
        "Sent": "Czeka na zatwierdzenie",
    }
    assert re.findall(r"\d+", found["Begun"]["Stan"]) == ["0", "2"]
    assert found["Live"]["Zmienione fragmenty"] == "1"
    assert tlumaczka.name in found["Live"]["Kto"]
    assert koordynatorka.name in found["Live"]["Kto"]
    assert found["Begun"]["Kto"] == tlumaczka.name
    assert "Nothing yet" not in lines(browser, state="outdated")
    assert set(lines(browser, state="draft", title="Beg")) == {"Begun"}


def test_what_is_not_begun_is_begun_from_the_report(client_as, tlumaczka, redaktorka, live_page, english):
    address = reverse("translation:begin", args=(live_page.pk, "en"))
    browser = client_as(tlumaczka)
    found = lxml.html.fromstring(browser.get(REPORT).content)
    (form,) = found.xpath(f"//form[@action='{address}']")
    assert form.get("method") == "post"
    assert "Live" in form.text_content()
    assert form.xpath(".//input[@name='csrfmiddlewaretoken']")[0].get("value")
    assert address not in client_as(redaktorka).get(REPORT).content.decode()
    drafts.begin(live_page, english, tlumaczka)
    assert address not in browser.get(REPORT).content.decode()


def test_times_in_the_export_are_read_on_the_wall_clock(client_as, koordynatorka, live_page):
    since = timezone.localtime(fresh(live_page).last_published_at)
    assert lines(client_as(koordynatorka))["Live"]["Od kiedy"] == f"{since:%Y-%m-%d %H:%M}"


def test_filters_by_section_type_and_language(client_as, koordynatorka, live_page):
    browser = client_as(koordynatorka)
    section = live_page.get_parent()
    assert "Live" in lines(browser, section=section.pk)
    assert section.get_prev_sibling() is None or "Live" not in lines(browser, section=section.get_prev_sibling().pk)
    assert set(lines(browser, content_type=live_page.content_type_id)) == {"Live"}
    assert "Live" in lines(browser, language="en")


def test_the_screen_says_what_is_out_of_date_first(client_as, koordynatorka, translated, change):
    change(lead="Inne słowa")
    page = source(client_as(koordynatorka).get(REPORT))
    assert page.index(OUTDATED) < page.index("W serwisie, aktualne")
    assert OUTDATED in source(client_as(koordynatorka).get(f"{REPORT}results/"))


def test_a_sheet_for_excel_with_a_harmless_title(client_as, koordynatorka, autorka, redaktorka):
    publish_properly(draft_of(autorka, "=1+1"), autorka, redaktorka, koordynatorka)
    answer = client_as(koordynatorka).get(REPORT, {"export": "xlsx"})
    document = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    titles = [row[0].value for row in document.iter_rows()]
    assert "'=1+1" in titles


@pytest.mark.parametrize("address", [REPORT, f"{REPORT}?export=csv"])
def test_it_costs_as_many_queries_for_many_pages_as_for_few(
    client_as, tlumaczka, autorka, redaktorka, koordynatorka, english, address
):
    browser = client_as(koordynatorka)
    fill(tlumaczka, autorka, redaktorka, koordynatorka, english, "few")
    few = cost(browser, address)
    fill(tlumaczka, autorka, redaktorka, koordynatorka, english, "more")
    assert cost(browser, address) == few


def cost(browser, address: str) -> int:
    def read() -> None:
        answer = browser.get(address)
        assert b"".join(answer.streaming_content) if answer.streaming else answer.content

    read()
    with CaptureQueriesContext(connection) as found:
        read()
    return len(found)


# --- Badges


def explored(browser, page) -> str:
    return browser.get(reverse("wagtailadmin_explore", args=(page.get_parent().pk,))).content.decode()


def test_a_listing_marks_what_is_out_of_date_in_both_languages(client_as, redaktorka, live_page, translated, change):
    browser = client_as(redaktorka)
    assert "nieaktualne" not in explored(browser, live_page)
    change(lead="Inne słowa")
    assert "EN: nieaktualne" in explored(browser, live_page)
    assert "nieaktualne od" in explored(browser, translated)


def test_a_listing_says_what_is_missing_and_what_is_under_way(client_as, redaktorka, tlumaczka, live_page, english):
    browser = client_as(redaktorka)
    assert "EN: brak" in explored(browser, live_page)
    page = drafts.begin(live_page, english, tlumaczka)
    assert re.search(r"EN: \D+0\D+2\D", explored(browser, live_page))
    submit(page, tlumaczka)
    assert "EN: czeka na zatwierdzenie" in explored(browser, live_page)


def test_the_header_of_the_editor_bears_the_badge(client_as, redaktorka, live_page, translated, change):
    change(lead="Inne słowa")
    assert "EN: nieaktualne" in client_as(redaktorka).get(edit_url(live_page)).content.decode()
    assert "nieaktualne" in client_as(redaktorka).get(whole_url(translated)).content.decode()


def test_a_correction_raises_no_alarm(client_as, redaktorka, live_page, translated, change):
    change(keeps=True, lead="Poprawiona literówka")
    assert "nieaktualne" not in explored(client_as(redaktorka), live_page)


def test_badges_ask_once_and_of_nothing_but_what_is_shown(live_page, translated, django_assert_num_queries, rf):
    request = rf.get("/")
    elsewhere = factories.news()
    badges.badges_of(request, live_page, [live_page, translated])
    with django_assert_num_queries(0):
        badges.badges_of(request, live_page)
        badges.badges_of(request, translated)
    assert list(request.translation_badges.of_originals) == [live_page.pk]
    assert badges.badges_of(request, elsewhere)


def test_states_have_one_rule(live_page, translated, english):
    pairs = freshness.pairs(freshness.originals(), english)
    standings = freshness.standings(freshness.originals(), english)
    assert {pair.original.pk: (pair.state, pair.since, pair.draft) for pair in pairs} == {
        one.original: (one.state, one.since, one.draft) for one in standings
    }
    assert State.CURRENT in {pair.state for pair in pairs}
    if connection.vendor == "sqlite":  # PostgreSQL reads a small table as a whole
        assert "ledger_newest_of_text" in freshness.annotated(freshness.originals(), english).explain()
