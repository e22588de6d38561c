"""Beside a segment stands what may be wrong in it; whoever writes puts it away, and nothing is stopped by it."""

from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.translation.fixtures import FIRST, standard_pair
from tests.translation.test_segments import ENGLISH, rows_of, send
from tests.workflow import fresh, log_in
from translation.models import DismissedNotice
from translation.notices.base import TranslatedSegment
from translation.notices.checks import CHECKS
from translation.notices.figures import figures_of
from translation.notices.finder import NoticeFinder
from translation.notices.names import ENOUGH, Vocabulary
from translation.segments import Segment
from translation.suggestions import TranslationMemory

pytestmark = pytest.mark.usefixtures("shared_standard_draft")


def noticed(original_words: str, said: str, kind: Any = "text", target: str = "en", known: Any = None) -> set[str]:
    """Keys of the checks that have something to say."""
    unit = TranslatedSegment(Segment("lead", "lead", kind, "Lead", original_words), said, "pl", target)
    checks = [check(known or Vocabulary()) for check in CHECKS]
    return {notice.check for check in checks for notice in check.find(unit)}


# --- What is noticed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("polish", "english"),
    [
        ("1 250,50 zł", "PLN 1,250.50"),
        ("1\N{NO-BREAK SPACE}250 osób", "1,250 people"),
        ("2,5 mln zł i 300 tys. zł", "PLN 2.5 million and PLN 300,000"),
        ("6 stycznia 2027 r.", "6 January 2027"),
        ("do 6.01.2027", "by January 6th, 2027"),
        ("od 3 do 14 marca", "from 3 to 14 March"),
        ("w maju", "in May"),
        ("od 17.00", "from 5 pm"),
        ("godz. 10.30–13.00", "10:30 am–1 p.m."),
        ("w godz. 9–17", "9:00–17:00"),
        ("w południe", "at noon"),
        ("trzy osoby z 15", "3 people of fifteen"),
        ("w XIX wieku", "in the 19th century"),
        ("tel. 12 345 67 89", "phone +48 12 345 67 89"),
        ("Kto może przyjść?", "Who can come?"),
        ("Trwa do 6 stycznia 2027 r.", "It runs until 6 January 2027."),
        ("Pisz: biuro@koalicja.example.", "Write to biuro@koalicja.example."),
        ("Posiedzenia komisji", "Sittings of the commission"),
        ("Regulamin KDO", "Rules of the KDO"),
        ("Śniadanie 12.05, od 8 do 9", "Śniadanie 12.05, od 8 do 9"),
        ("Termin: 12.05", "Date: 12.05"),
    ],
)
def test_figures_and_signs_as_each_language_writes_them_are_right(polish, english):
    assert noticed(polish, english) == set()


@pytest.mark.parametrize(
    ("polish", "english", "check"),
    [
        ("1 250,50 zł", "PLN 1,250.05", "numbers"),
        ("1 250,50 zł", "PLN 125,050", "numbers"),
        ("15 osób", "people", "numbers"),
        ("osoby", "15 people", "numbers"),
        ("6 stycznia 2027 r.", "7 January 2027", "dates"),
        ("6 stycznia", "6 June", "dates"),
        ("w lutym", "in March, perhaps", "dates"),
        ("o 17.00", "at 5 am", "dates"),
        ("godz. 17–19", "5–8 pm", "dates"),
        ("o 12.05 i o 13.15", "at 12.05 and 13:25", "dates"),
        ("biuro@koalicja.example", "office@koalicja.example", "links"),
        ("Zobacz um.krakow.pl", "See the city’s page", "links"),
        ("Kto może przyjść?", "Who can come.", "ending"),
        ("Przyjdź", "Come!", "ending"),
        ("Wpłyń na politykę miejską", "Influence what the city does", "glossary"),
    ],
)
def test_a_fault_is_noticed(polish, english, check):
    assert noticed(polish, english) == {check}


def test_a_language_whose_figures_nobody_described_goes_without_them():
    assert noticed("15 osób 6 stycznia", "людей", target="uk") == set()


def test_a_time_is_no_number_and_a_number_no_time():
    assert figures_of("o 17.00 dla 17 osób", "pl").times == {17 * 60}
    assert {int(number) for number in figures_of("o 17.00 dla 17 osób", "pl").numbers} == {17}


@pytest.fixture
def known() -> Vocabulary:
    pairs = [("Mieszkańcy Podgórza piszą do Unii", "Residents of Podgórze write to the Union")] * ENOUGH
    return Vocabulary.learnt(pairs)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("A party in Podgórze for the Union", set()),
        ("A party in Pogdórze for the Union", {"names"}),
        ("A party for the Union", {"names"}),
    ],
)
def test_a_name_stays_unless_it_is_known_to_be_translated(known, said, expected):
    assert noticed("Święto w Podgórzu dla Unii", said, known=known) == expected


@pytest.mark.parametrize(
    ("original", "said", "target", "expected"),
    [
        ("Opłata to 300 zł", "The fee is PLN 300", "en", set()),
        ("Opłata to 300 złotych", "The fee is PLN 300", "en", set()),
        ("The fee is PLN 300", "Opłata to 300 zł", "pl", set()),
        ("Opłata to 300 euro", "The fee is EUR 300", "en", set()),
        ("Opłata to 300 euro", "The fee is PLN 300", "en", {"names"}),
    ],
)
def test_a_currency_is_one_however_it_is_written(known, original, said, target, expected):
    assert noticed(original, said, target=target, known=known) == expected


def test_without_enough_that_was_approved_nothing_is_said_of_names():
    assert noticed("Święto w Podgórzu", "A party") == set()


# --- Beside the segment ------------------------------------------------------------------------------


WRONG = {**ENGLISH, FIRST: "The first paragraph is about 3 neighbours from the yard"}


def notices_of(browser: Any, page: Any) -> dict[str, str]:
    return {notice.check: fingerprint for row in rows_of(browser, page) for fingerprint, notice in row.notices}


def address(page: Any) -> str:
    return reverse("translation:notices", args=[page.pk])


@pytest.fixture
def draft(standard_draft) -> Any:
    return standard_draft


@pytest.fixture
def browser(tlumaczka, client_as) -> Any:
    return client_as(tlumaczka)


class TestInADraft:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def wrong(cls, tree) -> None:
        """The translator said something wrong of the first paragraph."""
        _original, draft = standard_pair()
        send(log_in(draft.owner), draft, WRONG)

    def test_stand_beside_the_segment_and_stop_nothing(self, draft, browser):
        assert set(notices_of(browser, draft)) == {"numbers", "ending"}
        assert send(browser, draft, {}, **{"action-submit": "1"}).status_code == 302
        assert fresh(draft).workflow_in_progress
        assert browser.post(address(draft), {"notice": "a" * 64}).status_code in (302, 403), "none is put away now"
        assert browser.post(address(draft), {"again": "1"}).status_code in (302, 403)
        assert not DismissedNotice.objects.exists()

    def test_put_away_they_stay_away_until_there_is_another_fault(self, draft, browser):
        said = browser.post(address(draft), {"notice": notices_of(browser, draft)["numbers"]})
        assert "Ukryto 1 uwagę" in said.content.decode()
        assert set(notices_of(browser, draft)) == {"ending"}
        send(browser, draft, {**WRONG, FIRST: "The first paragraph tells of 3 neighbours from the yard"})
        assert set(notices_of(browser, draft)) == {"ending"}
        send(browser, draft, {**WRONG, FIRST: "The first paragraph tells of 4 neighbours from the yard"})
        assert set(notices_of(browser, draft)) == {"ending", "numbers"}
        revision = fresh(draft).latest_revision_id
        assert browser.post(address(draft), {"again": "1"}).status_code == 302
        assert not DismissedNotice.objects.exists()
        assert fresh(draft).latest_revision_id == revision

    def test_are_put_away_by_nobody_who_may_not_write_the_page(self, draft, browser, client_as, autorka, redaktorka):
        notice = notices_of(browser, draft)["numbers"]
        for other in (autorka, redaktorka):
            may = draft.permissions_for_user(other).can_edit()
            answer = client_as(other).post(address(draft), {"notice": notice})
            assert (answer.status_code == 200) == may, other
            assert DismissedNotice.objects.exists() == may, other


def test_what_is_saved_by_itself_is_looked_at_at_once(draft, browser):
    shown = browser.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    row = shown.context["rows"][1]
    form = {"pieces-of-a-translation": "1", "revision": fresh(draft).latest_revision_id}
    form |= {"source_version": shown.context["source_version"], f"words:{row.unit.segment.path}": "<b>3</b> & more"}
    said = browser.post(shown.request["PATH_INFO"], form, headers={"accept": "application/json"})
    assert "problem" in said.json()
    form[f"words:{row.unit.segment.path}"] = "It is about 3 &amp; more"
    said = browser.post(shown.request["PATH_INFO"], form, headers={"accept": "application/json"}).json()
    assert "3" in said["rows"][str(row.number)]["notices"]


def test_the_same_words_translated_two_ways_are_noticed(standard_original, draft):
    finder = NoticeFinder(standard_original, draft, TranslationMemory(standard_original.locale, draft.locale))
    here, there = (Segment(path, path, "text", path, "Nasz adres") for path in ("here", "there"))
    assert not finder.find([(here, "Our address"), (there, "Our address")])["here"]
    (notice,) = finder.find([(here, "Our address"), (there, "Where we are")])["here"]
    assert "Where we are" in notice.message
    home = Segment("title", "title", "text", "Title", factories.home().title)  # its own page knows it
    (notice,) = finder.find([(home, "Other neighbourhoods")])["title"]
    assert factories.home("en").title in notice.message


def test_a_notice_is_put_away_by_a_form_of_this_site_alone(draft, browser, client):
    notice = "a" * 64
    assert browser.get(address(draft), {"notice": notice}).status_code == 405
    for wrong in ("", "x" * 64, "a" * 65, f"{'a' * 63}\n", "<script>"):
        assert browser.post(address(draft), {"notice": wrong}).status_code == 400
    assert client.post(address(draft), {"notice": notice}).status_code == 302, "strangers are asked to log in"
    assert not DismissedNotice.objects.exists()
