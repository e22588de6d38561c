"""A fact lives once: whatever shows it shows its newest approved words, in each language, and no others."""

import datetime
import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ReferenceIndex
from wagtail.rich_text import expand_db_html

from approval import validation
from approval.diff import comparison
from approval.refusals import RefusedError
from home import cache, facts
from home.fact_markup import with_words
from home.fact_places import count_places, places_of
from home.models import Fact
from home.rich_text import RichTextArea
from search.searching import search
from tests import factories
from tests.workflow import fresh, publish_properly, submit, take_step
from translation import markup

pytestmark = pytest.mark.django_db
SEARCHES = True
SAID = {"pl": {"label": "Ilu inicjatorów", "value": "10"}, "en": {"label": "How many initiators", "value": "ten"}}
HOSTILE = '"><script>alert(1)</script>&'


def sign(fact: Any, form: str = "sentence") -> str:
    return f'<embed embedtype="fact" format="{form}" id="{fact.pk}"/>'


def body_with(*shown: Any) -> str:
    """A paragraph with each fact in it, and a block with the cards of all."""
    paragraphs = "".join(f"<p>Wniosek składa {sign(fact)} organizacji.</p>" for fact in shown)
    cards = [{"type": "item", "value": fact.pk, "id": f"card-{fact.pk}"} for fact in shown]
    blocks = [{"type": "text", "value": paragraphs, "id": "text"}, {"type": "facts", "value": cards, "id": "facts"}]
    return json.dumps(blocks)


def page_with(*shown: Any, **fields: Any) -> Any:
    return factories.standard_page(body=body_with(*shown), **fields)


def read(page: Any) -> str:
    cache._request.has_changed = False
    return Client().get(page.url).content.decode()


def words_in(page: Any) -> str:
    return read(page).replace("\N{NO-BREAK SPACE}", " ")


def changed(fact: Fact, people: Any, **values: str) -> Fact:
    """`fact` with other values, by language, written, reviewed and approved."""
    draft = fact.latest_revision.as_object()
    for words in draft.words.all():
        words.value = words.sentence = values[words.locale.language_code]
    draft.save_revision(user=people[0])
    return publish_properly(draft, *people)


def found(words: str, language: str) -> set[int]:
    return {hit.page.pk for hit in search(words, language).hits}


@pytest.fixture
def people(autorka: Any, redaktorka: Any, koordynatorka: Any) -> tuple[Any, Any, Any]:
    return autorka, redaktorka, koordynatorka


# --- What readers get


def test_one_approval_changes_all_places_in_both_languages(people):
    fact = factories.fact(**SAID)
    pages = {code: page_with(fact, title=f"Strona {code}", language=code) for code in ("pl", "en")}
    chapter = factories.chapter(body=body_with(fact), title="Rozdział")
    assert "Wniosek składa <span" in read(pages["pl"])
    changed(fact, people, pl="dwadzieścia", en="twenty")
    for page, new, old in ((pages["pl"], "dwadzieścia", ">10<"), (pages["en"], "twenty", ">ten<")):
        words = read(page)
        assert words.count(new) == 2
        assert old not in words
    assert read(chapter).count("dwadzieścia") == 2
    assert found("dwadzieścia", "pl") == {pages["pl"].pk, chapter.pk}
    assert found("twenty", "en") == {pages["en"].pk}


def test_a_draft_of_a_fact_shows_nowhere(people):
    fact = factories.fact(**SAID)
    page = page_with(fact)
    draft = fact.latest_revision.as_object()
    for words in draft.words.all():
        words.value = "Tajne"
    draft.save_revision(user=people[0])
    submit(draft, people[0])
    assert "Tajne" not in read(page)


def test_a_fact_that_nobody_has_established_says_so():
    page = page_with(factories.fact(pl={"label": "Kadencja"}, en={"label": "Term"}), language="en")
    assert words_in(page).count("to be checked in the rules of procedure") == 2


def test_a_fact_that_is_not_public_reads_as_one_that_is_not_established():
    fact = factories.fact(live=False, **SAID)
    for shown in (
        sign(fact),
        '<embed embedtype="fact" format="value" id="99999"/>',
        '<embed embedtype="fact" id="x"/>',
    ):
        with override("en"):
            assert "to be checked in the rules of procedure" in expand_db_html(f"<p>{shown}</p>")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"checked_on": datetime.date(2020, 1, 5)}, "checked on 5 January 2020, may be out of date"),
        ({"valid_until": datetime.date(2020, 1, 5)}, "was valid until 5 January 2020"),
        ({"valid_from": datetime.date(2099, 1, 5)}, "valid from 5 January 2099"),
    ],
)
def test_what_may_be_out_of_date_says_so_to_readers_and_staff(fields, words, client_as, koordynatorka):
    fact = factories.fact(**SAID, **fields)
    assert words_in(page_with(fact, language="en")).count(words) == 2
    assert [one.pk for one in facts.due()] == [fact.pk]
    assert "Ilu inicjatorów" in client_as(koordynatorka).get("/admin/").content.decode()


def test_pages_change_on_the_day_on_which_a_fact_grows_old():
    factories.fact(checked_on=factories.day(-10), months=1, **SAID)
    factories.fact(valid_until=factories.day(4), **SAID)
    assert facts.next_change().date() == factories.day(5)


def test_months_are_counted_as_people_do():
    assert facts.add_months(datetime.date(2025, 1, 31), 1) == datetime.date(2025, 2, 28)
    assert facts.add_months(datetime.date(2025, 12, 5), 12) == datetime.date(2026, 12, 5)


def test_hostile_words_stay_words():
    said = {"label": HOSTILE, "value": HOSTILE, "sentence": HOSTILE, "note": HOSTILE, "source_name": HOSTILE}
    fact = factories.fact(pl=said, en=said, source="https://x.example/?a=%22%3E%3Cscript%3E")
    assert "<script>alert" not in read(page_with(fact))
    assert "<script>" not in with_words(f"<p>{sign(fact)}</p>")
    with pytest.raises(ValidationError):
        factories.fact(pl=SAID["pl"], en=SAID["en"], source="javascript:alert(1)")


def test_words_of_another_language_say_so():
    fact = factories.fact(**SAID)
    fact.words.remove(next(words for words in fact.words.all() if words.locale.language_code == "en"))
    fact = factories.approved(fact)
    assert 'lang="pl">10</a>' in read(page_with(fact, language="en"))


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_costs_the_same_for_one_fact_and_for_thirty(number, django_assert_max_num_queries):
    page = page_with(*(factories.fact(**SAID) for _time in range(number)))
    read(page)
    cache._request.has_changed = False
    facts.public()
    with django_assert_max_num_queries(16) as counted:
        Client().get(page.url)
    assert not any("home_fact" in query["sql"] for query in counted.captured_queries)


# --- In the editor, in translations and comparisons


def test_the_editor_keeps_a_fact_as_it_is():
    fact = factories.fact(**SAID)
    stored = f'<p data-block-key="abc">Wniosek składa {sign(fact)} osób, <b>a</b> {sign(fact, "value")}.</p>'
    converter = RichTextArea(features=["bold", "link"]).converter
    assert (
        "Wniosek składa Ilu inicjatorów osób" in json.loads(converter.from_database_format(stored))["blocks"][0]["text"]
    )
    assert converter.to_database_format(converter.from_database_format(stored)) == stored


def test_an_editor_that_sends_nonsense_makes_no_fact():
    content = {
        "blocks": [
            {"key": "a", "text": "x", "type": "unstyled", "entityRanges": [{"key": 0, "offset": 0, "length": 1}]}
        ],
        "entityMap": {
            "0": {"type": "FACT", "mutability": "IMMUTABLE", "data": {"id": '1"/><script>', "format": "<b>"}}
        },
    }
    converter = RichTextArea(features=["bold"]).converter
    assert "script" not in converter.to_database_format(json.dumps(content))


@pytest.mark.parametrize("number", ["", 'id=""', 'id="x"', 'id="-1"', 'id="99999999999999999999"'])
def test_a_fact_without_a_number_can_be_edited_and_is_gone_with_the_next_version(number):
    stored = f'<p data-block-key="abc">Od <embed embedtype="fact" {number}/> osób</p>'
    converter = RichTextArea(features=["bold"]).converter
    shown = converter.from_database_format(stored)
    assert json.loads(shown)["blocks"][0]["text"] == "Od #? osób"
    assert "embed" not in converter.to_database_format(shown)
    expand_db_html(stored)


def test_a_translator_moves_a_fact_and_can_not_change_it():
    fact = factories.fact("inicjatorzy", **SAID)
    source = f'<p data-block-key="abc">Wniosek składa {sign(fact)} organizacji.</p>'
    seen: list[Any] = []

    def translate(_number: int, words: str, links: Any) -> str:
        seen.append((words, links))
        return 'By <a id="a1">eleven</a> organisations.'

    made = markup.rewritten(source, translate, int)
    assert made == f'<p data-block-key="abc">By {sign(fact)} organisations.</p>'
    assert seen == [('Wniosek składa <a id="a1">[inicjatorzy]</a> organizacji.', (f"fact sentence {fact.pk}",))]


def test_who_decides_reads_which_fact_a_text_shows():
    fact = factories.fact(**SAID)
    page = page_with(fact)
    with override("en"):
        said = str(comparison.whole(fresh(page)))
    assert "[fact “How many initiators”: ten]" in said


# --- What is public, and where it stands


def test_a_text_with_a_fact_that_nobody_approved_is_not_published():
    fact = factories.fact(live=False, **SAID)
    page = page_with(fact, live=False)
    problems = validation.problems(page.get_latest_revision())
    assert [problem.comes_first for problem in problems if problem.prevents] == [fact]


def test_the_index_of_references_knows_both_ways_to_show_a_fact():
    fact = factories.fact(**SAID)
    page_with(fact)
    assert ReferenceIndex.get_references_to(fact).count() == 2


def test_a_fact_in_use_is_neither_taken_down_nor_deleted():
    fact = factories.fact(**SAID)
    page = page_with(fact)
    for attempt in (fact.unpublish, fact.delete):
        with pytest.raises(RefusedError, match=page.title):
            attempt()
    assert fresh(fact).live


def test_a_fact_that_stands_nowhere_is_taken_down():
    fact = factories.fact(**SAID)
    fact.unpublish()
    assert not fresh(fact).live


def test_the_list_counts_what_visitors_are_shown_each_text_once(client_as, people):
    fact, other = factories.fact(**SAID), factories.fact(**SAID)
    page_with(fact, fact)
    page_with(fact, other)
    page_with(fact, live=False)
    taken_down = page_with(other)
    taken_down.unpublish()
    assert count_places([fact, other]) == {fact.pk: 2, other.pk: 1}
    rows = client_as(people[2]).get(reverse(Fact.snippet_viewset.get_url_name("list"))).context["object_list"]
    assert {row.pk: row.count_of_places for row in rows} == {fact.pk: 2, other.pk: 1}


def test_texts_of_two_kinds_with_one_number_are_two_places():
    fact = factories.fact(**SAID)
    page = page_with(fact)
    known = ReferenceIndex.get_references_to(fact).filter(object_id=str(page.pk)).first()
    user = ContentType.objects.get_for_model(get_user_model())
    get_user_model().objects.create(pk=page.pk, username="x")
    known.pk, known.base_content_type, known.content_type = None, user, user
    known.save()
    assert count_places([fact]) == {fact.pk: 2}


def test_who_decides_sees_each_place_as_it_will_read(people, client_as):
    fact = factories.fact(**SAID)
    public = {code: page_with(fact, title=f"Strona {code}", language=code) for code in ("pl", "en")}
    draft = page_with(fact, title="Szkic", live=False)
    version = fact.latest_revision.as_object()
    for words in version.words.all():
        words.value = {"pl": "12", "en": "twelve"}[words.locale.language_code]
    version.save_revision(user=people[0])
    found = places_of(fresh(fact).get_latest_revision_as_object())
    assert {(place.title, place.is_draft) for place in found.rows} == {
        (public["pl"].title, False),
        (public["en"].title, False),
        (draft.title, True),
    }
    polish = next(place for place in found.rows if place.title == "Strona pl")
    parts = [(part.kind, part.text) for part in polish.sentences[0]]
    assert ("removed", "10") in parts
    assert ("added", "12") in parts
    assert "".join(text for kind, text in parts if kind != "removed") == "Wniosek składa 12 organizacji."
    submit(fact, people[0])
    take_step(fresh(fact), people[1])
    state = fresh(fact).current_workflow_task_state
    screen = client_as(people[2]).get(reverse("newsroom:decide", args=[state.pk])).content.decode()
    assert "Strona en" in screen
    assert "twelve" in screen


def test_the_places_of_a_fact_cost_the_same_for_two_and_for_twenty():
    costs = []
    for number in (2, 20):
        fact = factories.fact(**SAID)
        for _time in range(number):
            page_with(fact)
            page_with(fact, live=False)
        cache._request.has_changed = False
        facts.public()
        with CaptureQueriesContext(connection) as counted:
            assert places_of(fact).count == 2 * number
        costs.append(len(counted))
    assert costs[0] == costs[1]


# --- What the form asks


@pytest.mark.parametrize(
    ("fields", "said", "words"),
    [
        ({"source": ""}, SAID, "source"),
        ({"checked_on": None}, SAID, "last read"),
        ({"checked_by": ""}, SAID, "Who read"),
        ({"checked_on": datetime.date(2999, 1, 1)}, SAID, "still to come"),
        ({}, {"pl": SAID["pl"], "en": {"label": "x"}}, "missing in another"),
        ({}, {"pl": {"label": "x", "sentence": "y"}, "en": {"label": "x"}}, "no value"),
        ({"valid_from": factories.day(5), "valid_until": factories.day(1)}, SAID, "ends before"),
    ],
)
def test_a_fact_without_its_source_is_not_approved(fields, said, words):
    with override("en"), pytest.raises(ValidationError, match=words):
        factories.fact(**said, **fields)
