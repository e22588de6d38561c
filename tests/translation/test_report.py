"""The report of all pages × languages, and the badges."""

import csv
import io
import re

import lxml.html
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests import factories
from tests.reading import NBSP, source
from tests.translation.fixtures import approved
from tests.workflow import draft_of, edit_url, fresh, submit, whole_url
from translation import badges, drafts, freshness
from translation.freshness import State

pytestmark = pytest.mark.usefixtures("shared_translation")

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
    browser = client_as(koordynatorka)
    assert lines(browser)["Live"]["Stan"] == "W serwisie, aktualne"
    approved(draft_of(autorka, "Nothing yet"))
    drafts.begin(approved(draft_of(autorka, "Begun")), english, tlumaczka)
    sent = drafts.begin(approved(draft_of(autorka, "Sent")), english, tlumaczka)
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


def test_what_is_not_begun_is_begun_from_the_report(client_as, autorka, tlumaczka, redaktorka, english):
    original = approved(draft_of(autorka, "Nothing yet"))
    address = reverse("translation:begin", args=(original.pk, "en"))
    browser = client_as(tlumaczka)
    found = lxml.html.fromstring(browser.get(REPORT).content)
    (form,) = found.xpath(f"//form[@action='{address}']")
    assert form.get("method") == "post"
    assert "Nothing yet" in form.text_content()
    assert form.xpath(".//input[@name='csrfmiddlewaretoken']")[0].get("value")
    assert address not in client_as(redaktorka).get(REPORT).content.decode()
    drafts.begin(original, english, tlumaczka)
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


def test_a_sheet_for_excel_with_a_harmless_title(client_as, koordynatorka, autorka, redaktorka):
    approved(draft_of(autorka, "=1+1"))
    answer = client_as(koordynatorka).get(REPORT, {"export": "xlsx"})
    document = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    titles = [row[0].value for row in document.iter_rows()]
    assert "'=1+1" in titles


# --- Badges


def explored(browser, page) -> str:
    return browser.get(reverse("wagtailadmin_explore", args=(page.get_parent().pk,))).content.decode()


def test_whatever_lists_pages_marks_what_is_out_of_date_in_both_languages(
    client_as, redaktorka, koordynatorka, live_page, translated, change
):
    browser, coordinator = client_as(redaktorka), client_as(koordynatorka)
    change(keeps=True, lead="Poprawiona literówka")
    assert "nieaktualne" not in explored(browser, live_page), "a correction raises no alarm"
    change(lead="Inne słowa")
    assert "EN: nieaktualne" in explored(browser, live_page)
    assert "nieaktualne od" in explored(browser, translated)
    assert "EN: nieaktualne" in browser.get(edit_url(live_page)).content.decode()
    assert "nieaktualne" in browser.get(whole_url(translated)).content.decode()
    page = source(coordinator.get(REPORT))
    assert page.index(OUTDATED) < page.index("W serwisie, aktualne"), "it stands first"
    assert OUTDATED in source(coordinator.get(f"{REPORT}results/"))


def test_a_listing_says_what_is_missing_and_what_is_under_way(client_as, autorka, redaktorka, tlumaczka, english):
    browser, original = client_as(redaktorka), approved(draft_of(autorka, "Nothing yet"))
    assert "EN: brak" in explored(browser, original)
    page = drafts.begin(original, english, tlumaczka)
    assert re.search(r"EN: \D+0\D+2\D", explored(browser, original))
    submit(page, tlumaczka)
    assert "EN: czeka na zatwierdzenie" in explored(browser, original)


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
