"""Topics are translated too: a page and its filters show the topics that are named in their language."""

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from taggit.models import Tag

from approval import roles
from approval.views.subjects import decision_address
from home.models import TopicTranslation
from home.topics import propose, spellings
from news.models import NewsPage
from tests.reading import document, words
from tests.translation.fixtures import approved, into_english
from tests.workflow import (
    draft_of,
    edit_url,
    form_of,
    fresh,
    log_in,
    news_index,
    nothing_changes_for_visitors,
    person,
    take_step,
    whole_url,
)
from translation import originals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drafts_begun")]
BENCHES, YARDS = "żółte ławki", "podwórka"
SENT = {"action-submit": "1", "same_on_purpose": "on"}


def read(address: str) -> Any:
    cache.clear()  # as a commit does, which no test makes
    return document(Client().get(address))


def shown(page: Any) -> list[str]:
    return [words(link) for link in read(fresh(page).url).xpath("//ul[@class='tags']//a[contains(@href, '?tag=')]")]


def offered(language: str) -> list[str]:
    options = read(news_index(language).url).xpath("//select[@name='tag']/option[@value!='']")
    return [words(option).rsplit(" (", 1)[0] for option in options]


def listed(query: str, language: str = "en") -> list[str]:
    cache.clear()
    answer = Client().get(f"{news_index(language).url}?{query}")
    return [page.title for page in answer.context["results"].object_list]


def publish(title: str, *topics: str) -> Any:
    """`publish("Ławki", BENCHES)`: an approved Polish page with topics."""
    author = person("autorka", roles.AUTHORS)
    page = draft_of(author, title)
    text = page.get_latest_revision_as_object()
    text.tags.add(*topics)
    text.save_revision(user=author, log_action=True)
    return approved(page)


def begin(title: str, *topics: str) -> Any:
    return into_english(publish(title, *topics))


def name(page: Any, names: dict[str, str], title: str = "Benches", **more: str) -> Any:
    """`name(page, {BENCHES: "yellow benches"})`: a translator fills in the form of a translation."""
    fields = {f"tags-{Tag.objects.get(name=topic).pk}": name for topic, name in names.items()}
    browser = log_in(person("tlumaczka", roles.TRANSLATORS))
    return browser.post(edit_url(page), form_of(page, title=title, **fields, **more))


def approve(page: Any) -> Any:
    take_step(page, person("redaktorka", roles.LANGUAGE_EDITORS))
    take_step(page, person("koordynatorka", roles.COORDINATORS))
    return fresh(page)


@pytest.fixture
def browser(client_as, tlumaczka) -> Any:
    return client_as(tlumaczka)


@pytest.fixture(scope="module")
def drafts_begun(module_tree) -> tuple[int, int]:
    return begin("Ławki", BENCHES).pk, begin("Ławki i podwórka", BENCHES, YARDS).pk


@pytest.fixture
def one_topic(drafts_begun, db) -> NewsPage:
    """The English draft of a page about benches, whose name nobody has translated."""
    return NewsPage.objects.get(pk=drafts_begun[0])


@pytest.fixture
def two_topics(drafts_begun, db) -> NewsPage:
    """The English draft of a page about benches and yards."""
    return NewsPage.objects.get(pk=drafts_begun[1])


class TestTheTranslator:
    def test_is_asked_for_the_name_of_each_topic_in_its_language(self, one_topic, browser):
        form = document(browser.get(whole_url(one_topic)))
        (label,) = [one for one in form.xpath("//label[@lang='pl']") if words(one) == BENCHES]
        field = form.get_element_by_id(label.get("for"))
        assert (field.get("lang"), field.get("value")) == ("en", "")

    def test_learns_that_a_name_is_too_long(self, one_topic):
        answer = name(one_topic, {BENCHES: "b" * 101})
        assert "tags" in answer.context["form"].errors
        assert not TopicTranslation.objects.exists()

    def test_keeps_topics_of_a_page_that_translates_nothing(self, tlumaczka, browser):
        page = draft_of(tlumaczka, "Only in English", language="en")
        browser.post(edit_url(page), form_of(page, tags='"open data"', **{"action-submit": "1"}))
        assert shown(approve(page)) == ["open data"]

    def test_is_offered_a_name_that_is_the_same_in_both(self, browser):
        page = begin("Sieć", "MOWES")
        name(page, {"MOWES": "MOWES"})
        assert [suggested(browser, language, "mo") for language in ("pl", "en")] == [["MOWES"], ["MOWES"]]


def suggested(browser: Any, language: str, beginning: str) -> list[str]:
    return browser.get(reverse("topic_suggestions", args=(language,)), {"term": beginning}).json()


class TestTranslatedTopics:
    @pytest.fixture(scope="class")
    @classmethod
    def named(cls, tree, drafts_begun) -> int:
        """A live English page whose topics were named by its translator."""
        page = NewsPage.objects.get(pk=drafts_begun[1])
        name(page, {BENCHES: "yellow benches", YARDS: "yards"}, **SENT)
        return approve(page).pk

    @pytest.fixture
    def benches(self, named, db) -> NewsPage:
        return NewsPage.objects.get(pk=named)

    def test_are_what_visitors_of_each_language_meet(self, benches):
        assert shown(benches) == ["yards", "yellow benches"]
        assert offered("en") == ["yards", "yellow benches"]
        assert offered("pl") == [YARDS, BENCHES]
        assert shown(originals.original_of(benches)) == [YARDS, BENCHES]
        assert listed("tag=zolte-lawki") == listed("tag=yellow-benches") == [benches.title]

    def test_are_offered_while_typing_in_the_language_of_the_page_alone(self, benches, browser):
        assert suggested(browser, "pl", "y") == []
        assert suggested(browser, "en", "y") == ["yards", "yellow benches"]
        assert suggested(browser, "pl", "p") == [YARDS]
        assert suggested(browser, "pl", "zolta law") == suggested(browser, "pl", "ławk") == [BENCHES]
        assert suggested(browser, "en", "p") == []

    def test_are_offered_to_staff_and_only_read(self, benches, browser, client, client_as, autorka):
        address = reverse("topic_suggestions", args=("en",))
        assert client.get(address, {"term": "y"}).status_code == 302
        assert browser.post(address, {"term": "y"}).status_code == 405
        assert browser.get(address, {"term": "y\0"}).status_code == 200
        assert browser.get(address).json() == []
        address = reverse("topic_suggestions", args=("pl",))
        shown = client_as(autorka).get(edit_url(originals.original_of(benches))).content.decode()
        assert f'data-w-tag-url-value="{address}"' in shown, "the editor asks there"

    def test_are_asked_once_for_all_later_pages(self, benches):
        page = begin("Inne ławki", BENCHES, "drzewa")
        assert [tag.name for tag in fresh(page).get_latest_revision_as_object().tags.all()] == ["yellow benches"]

    def test_are_found_in_another_spelling_as_they_are_known(self, benches):
        page = begin("Inne ławki", "drzewa")
        name(page, {"drzewa": "YELLOW  benches"}, title="Trees")
        assert [tag.name for tag in fresh(page).get_latest_revision_as_object().tags.all()] == ["yellow benches"]

    def test_of_which_one_came_later_are_asked_for(self, benches):
        original = originals.original_of(benches)
        text = original.get_latest_revision_as_object()
        text.tags.add("drzewa")
        text.save_revision(user=original.owner, log_action=True)
        original = approved(original)
        known = {BENCHES: "yellow benches", YARDS: "yards"}
        seen = {"action-submit": "1", "says_source_version-seen": original.source_version.isoformat()}
        asked = name(benches, known, **seen)
        (link,) = document(asked).xpath("//*[@data-pending-changes]//*[@data-show-place]")
        assert document(asked).get_element_by_id(link.get("data-show-place")).tag == "input"
        assert not fresh(benches).workflow_in_progress
        assert name(benches, {**known, "drzewa": "trees"}, **seen).status_code == 302
        assert fresh(benches).get_latest_revision_as_object().source_version == original.source_version

    def test_with_two_names_of_one_are_one_in_the_filter(self, benches):
        other = begin("Inne ławki", BENCHES)
        name(other, {BENCHES: "amber benches"}, title="Others", **SENT)
        other = approve(other)
        assert (shown(other), shown(benches)) == (["amber benches"], ["yards", "yellow benches"])
        assert len(offered("en")) == 2
        for slug in ("amber-benches", "yellow-benches", "zolte-lawki"):
            assert sorted(listed(f"tag={slug}")) == sorted([benches.title, other.title])

    def test_show_no_new_name_of_a_draft(self, benches):
        cache.clear()
        with nothing_changes_for_visitors(benches, news_index("en"), news_index()):
            assert name(benches, {BENCHES: "smuggled benches", YARDS: "smuggled yards"}).status_code == 302
            cache.clear()
        assert offered("en") == ["yards", "yellow benches"]


class TestVisitors:
    def test_meet_no_topic_that_nobody_named(self, two_topics):
        name(two_topics, {BENCHES: "", YARDS: "yards"}, **SENT)
        assert shown(approve(two_topics)) == ["yards"]
        assert offered("en") == ["yards"]

    @pytest.mark.parametrize(("typed", "expected"), [(BENCHES, []), ("benches", ["benches"])])
    def test_see_what_was_left_in_polish_no_more_and_what_was_typed_in_english_before(
        self, one_topic, tlumaczka, typed, expected
    ):
        text = one_topic.get_latest_revision_as_object()
        text.tags.add(typed)  # as every translation had them once
        text.save_revision(user=tlumaczka, log_action=True)
        page = approved(one_topic, "tlumaczka")
        importlib.import_module("news.migrations.0002_name_topics_of_translations").name_topics(apps, None)
        assert (shown(page), offered("en")) == (expected, expected)
        assert expected or len(listed("tag=zolte-lawki")) == len(listed("")), "a filter that isn't there"


class TestTheGate:
    """A name that visitors see was approved with the page that carries it."""

    def test_a_draft_makes_no_name_of_a_tag_that_stayed_hidden(self, tlumaczka):
        same = begin("MOWES", "MOWES")
        text = same.get_latest_revision_as_object()
        text.tags.add("MOWES")
        text.save_revision(user=tlumaczka, log_action=True)
        name(same, {"MOWES": ""}, title="MOWES in English", **SENT)
        same = approve(same)
        other = begin("Inne", "MOWES")
        with nothing_changes_for_visitors(same, news_index("en")):
            assert name(other, {"MOWES": "MOWES"}, title="Other").status_code == 302
            cache.clear()

    def test_half_a_word_that_autosave_saw_is_no_name(self, one_topic):
        for typed in ("ye", "yelow benches"):
            name(one_topic, {BENCHES: typed})
        name(one_topic, {BENCHES: "yellow benches"}, **SENT)
        approve(one_topic)
        assert spellings("en")["zolte-lawki"] == "yellow-benches"
        assert {one.slug for one in Tag.objects.all()} & set(spellings("en")) == {"zolte-lawki", "yellow-benches"}

    def test_a_mistake_in_a_draft_makes_two_topics_no_one(self, two_topics):
        name(two_topics, {BENCHES: "yellow benches", YARDS: "yellow benches"})
        name(two_topics, {BENCHES: "yellow benches", YARDS: "yards"}, **SENT)
        assert shown(approve(two_topics)) == ["yards", "yellow benches"]
        assert offered("en") == ["yards", "yellow benches"]

    def test_the_approver_reads_each_topic_beside_the_original_and_its_new_name_on_the_page(
        self, two_topics, client_as, redaktorka
    ):
        name(two_topics, {BENCHES: "yellow benches", YARDS: ""}, **SENT)
        browser = client_as(redaktorka)
        page = document(browser.get(f"/admin/pages/{two_topics.pk}/view_draft/"))
        links = page.xpath("//ul[@class='tags']//a[contains(@href, '?tag=')]")
        assert [words(one) for one in links] == ["yellow benches"]
        answer = browser.get(decision_address(fresh(two_topics).current_workflow_task_state))
        rows = document(answer).xpath("//table[@class='source-table']//tr")
        told = {words(row.xpath("./td[1]")[0]): words(row.xpath("./td[2]")[0]) for row in rows if row.xpath("./td[2]")}
        assert told[BENCHES] == "yellow benches"
        assert told[YARDS].startswith("(")

    def test_who_may_not_edit_the_translation_names_nothing(self, one_topic, client_as, autor2):
        client = client_as(autor2)
        key = f"tags-{Tag.objects.get(name=BENCHES).pk}"
        for send in (client.post, client.get):
            send(edit_url(one_topic), form_of(one_topic, **{key: "smuggled"}))
        Client().post(edit_url(one_topic), form_of(one_topic, **{key: "smuggled"}))
        assert not TopicTranslation.objects.exists()
        assert not Tag.objects.filter(name="smuggled").exists()

    def test_looking_at_the_form_names_nothing(self, one_topic, browser):
        browser.get(edit_url(one_topic), form_of(one_topic, tags="smuggled"))
        assert not TopicTranslation.objects.exists()

    def test_an_approval_in_the_editor_puts_no_name_in(self, one_topic, english, redaktorka, client_as, koordynatorka):
        name(one_topic, {BENCHES: ""}, **SENT)
        (benches,) = Tag.objects.filter(name=BENCHES)
        propose(benches, english, Tag.objects.create(name="yellow benches"))
        field = document(client_as(redaktorka).get(whole_url(one_topic))).get_element_by_id(f"id_tags-{benches.pk}")
        assert field.get("value") == ""


def test_names_that_cross_lead_to_one_address_each(english):
    def tag(name: str) -> Tag:
        return Tag.objects.create(name=name)

    one, two, three = tag("jeden"), tag("dwa"), tag("trzy")
    a, b, c = tag("a-name"), tag("b-name"), tag("c-name")
    for topic, name in ((one, a), (one, b), (two, b), (three, c), (three, a), (None, c)):
        propose(topic, english, name)
        TopicTranslation.objects.update(is_approved=True)
    found = spellings("en")
    assert found["a-name"] == found["b-name"] == found["jeden"] == found["dwa"] == "a-name"
    assert found["c-name"] == found["trzy"] == "c-name"
    assert "jeden" in spellings()
