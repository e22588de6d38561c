"""Topics are translated too: a page and its filters show the topics that are named in their language."""

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from taggit.models import Tag

from approval.views.subjects import decision_address
from home.models import TopicTranslation
from home.topics import propose, spellings
from tests.reading import document, words
from tests.workflow import (
    draft_of,
    edit_url,
    form_of,
    fresh,
    news_index,
    nothing_changes_for_visitors,
    publish_properly,
    take_step,
    whole_url,
)
from translation import drafts, originals

pytestmark = pytest.mark.django_db
BENCHES, YARDS = "żółte ławki", "podwórka"


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


@pytest.fixture
def publish(autorka, redaktorka, koordynatorka) -> Any:
    """`publish("Ławki", BENCHES)`: an approved Polish page with topics."""

    def act(title: str, *topics: str) -> Any:
        page = draft_of(autorka, title)
        text = page.get_latest_revision_as_object()
        text.tags.add(*topics)
        text.save_revision(user=autorka, log_action=True)
        return publish_properly(fresh(page), autorka, redaktorka, koordynatorka)

    return act


@pytest.fixture
def browser(client_as, tlumaczka) -> Any:
    return client_as(tlumaczka)


@pytest.fixture
def name(browser) -> Any:
    """`name(page, żółte_ławki="yellow benches")`: a translator fills in the form of a translation."""

    def act(page: Any, names: dict[str, str], title: str = "Benches", **more: str) -> Any:
        fields = {f"tags-{Tag.objects.get(name=topic).pk}": name for topic, name in names.items()}
        return browser.post(edit_url(page), form_of(page, title=title, **fields, **more))

    return act


@pytest.fixture
def approve(redaktorka, koordynatorka) -> Any:
    def act(page: Any) -> Any:
        take_step(page, redaktorka)
        take_step(page, koordynatorka)
        return fresh(page)

    return act


@pytest.fixture
def benches(publish, english, tlumaczka, name, approve) -> Any:
    """A live English page whose topics were named by its translator."""
    page = drafts.begin(publish("Ławki", BENCHES, YARDS), english, tlumaczka)
    name(page, {BENCHES: "yellow benches", YARDS: "yards"}, **{"action-submit": "1", "same_on_purpose": "on"})
    return approve(page)


class TestTheTranslator:
    def test_is_asked_for_the_name_of_each_topic_in_its_language(self, publish, english, tlumaczka, browser):
        page = drafts.begin(publish("Ławki", BENCHES), english, tlumaczka)
        form = document(browser.get(whole_url(page)))
        (label,) = [one for one in form.xpath("//label[@lang='pl']") if words(one) == BENCHES]
        field = form.get_element_by_id(label.get("for"))
        assert (field.get("lang"), field.get("value")) == ("en", "")

    def test_is_asked_once_for_all_later_pages(self, benches, publish, english, tlumaczka):
        page = drafts.begin(publish("Inne ławki", BENCHES, "drzewa"), english, tlumaczka)
        assert [tag.name for tag in fresh(page).get_latest_revision_as_object().tags.all()] == ["yellow benches"]

    def test_finds_another_spelling_of_a_name_as_it_is_known(self, benches, publish, english, tlumaczka, name):
        page = drafts.begin(publish("Inne ławki", "drzewa"), english, tlumaczka)
        name(page, {"drzewa": "YELLOW  benches"}, title="Trees")
        assert [tag.name for tag in fresh(page).get_latest_revision_as_object().tags.all()] == ["yellow benches"]

    def test_learns_that_a_name_is_too_long(self, publish, english, tlumaczka, name):
        page = drafts.begin(publish("Ławki", BENCHES), english, tlumaczka)
        answer = name(page, {BENCHES: "b" * 101})
        assert "tags" in answer.context["form"].errors
        assert not TopicTranslation.objects.exists()

    def test_is_asked_for_a_topic_that_came_later(self, benches, publish, autorka, redaktorka, koordynatorka, name):
        original = originals.original_of(benches)
        text = original.get_latest_revision_as_object()
        text.tags.add("drzewa")
        text.save_revision(user=autorka, log_action=True)
        original = publish_properly(fresh(original), autorka, redaktorka, koordynatorka)
        known = {BENCHES: "yellow benches", YARDS: "yards"}
        seen = {"action-submit": "1", "says_source_version-seen": original.source_version.isoformat()}
        asked = name(benches, known, **seen)
        (link,) = document(asked).xpath("//*[@data-pending-changes]//*[@data-show-place]")
        assert document(asked).get_element_by_id(link.get("data-show-place")).tag == "input"
        assert not fresh(benches).workflow_in_progress
        assert name(benches, {**known, "drzewa": "trees"}, **seen).status_code == 302
        assert fresh(benches).get_latest_revision_as_object().source_version == original.source_version

    def test_keeps_topics_of_a_page_that_translates_nothing(self, tlumaczka, browser, approve):
        page = draft_of(tlumaczka, "Only in English", language="en")
        browser.post(edit_url(page), form_of(page, tags='"open data"', **{"action-submit": "1"}))
        assert shown(approve(page)) == ["open data"]


class TestWhatIsOfferedWhileTyping:
    @staticmethod
    def suggested(browser: Any, language: str, beginning: str) -> list[str]:
        return browser.get(reverse("topic_suggestions", args=(language,)), {"term": beginning}).json()

    def test_names_in_the_language_of_the_page_alone(self, benches, browser):
        assert self.suggested(browser, "pl", "y") == []
        assert self.suggested(browser, "en", "y") == ["yards", "yellow benches"]
        assert self.suggested(browser, "pl", "p") == [YARDS]
        assert self.suggested(browser, "en", "p") == []

    def test_a_name_that_is_the_same_in_both(self, publish, english, tlumaczka, name, browser):
        page = drafts.begin(publish("Sieć", "MOWES"), english, tlumaczka)
        name(page, {"MOWES": "MOWES"})
        assert [self.suggested(browser, language, "mo") for language in ("pl", "en")] == [["MOWES"], ["MOWES"]]

    def test_the_editor_asks_there(self, publish, client_as, autorka):
        page = publish("Ławki", BENCHES)
        address = reverse("topic_suggestions", args=("pl",))
        assert f'data-w-tag-url-value="{address}"' in client_as(autorka).get(edit_url(page)).content.decode()

    def test_is_for_staff_and_only_reads(self, benches, browser, client):
        address = reverse("topic_suggestions", args=("en",))
        assert client.get(address, {"term": "y"}).status_code == 302
        assert browser.post(address, {"term": "y"}).status_code == 405
        assert browser.get(address, {"term": "y\0"}).status_code == 200
        assert browser.get(address).json() == []


class TestVisitors:
    def test_meet_the_topics_of_the_language_they_read(self, benches):
        assert shown(benches) == ["yards", "yellow benches"]
        assert offered("en") == ["yards", "yellow benches"]
        assert offered("pl") == [YARDS, BENCHES]
        assert shown(originals.original_of(benches)) == [YARDS, BENCHES]

    def test_are_led_on_from_the_address_of_the_topic_in_polish(self, benches):
        assert listed("tag=zolte-lawki") == listed("tag=yellow-benches") == [benches.title]

    def test_meet_no_topic_that_nobody_named(self, publish, english, tlumaczka, name, approve):
        page = drafts.begin(publish("Ławki", BENCHES, YARDS), english, tlumaczka)
        name(page, {BENCHES: "", YARDS: "yards"}, **{"action-submit": "1", "same_on_purpose": "on"})
        assert shown(approve(page)) == ["yards"]
        assert offered("en") == ["yards"]

    def test_meet_two_names_of_a_topic_as_one_in_the_filter(self, benches, publish, english, tlumaczka, name, approve):
        other = drafts.begin(publish("Inne ławki", BENCHES), english, tlumaczka)
        name(other, {BENCHES: "amber benches"}, title="Others", **{"action-submit": "1", "same_on_purpose": "on"})
        other = approve(other)
        assert (shown(other), shown(benches)) == (["amber benches"], ["yards", "yellow benches"])
        assert len(offered("en")) == 2
        for slug in ("amber-benches", "yellow-benches", "zolte-lawki"):
            assert sorted(listed(f"tag={slug}")) == sorted([benches.title, other.title])

    def test_see_what_was_left_in_polish_no_more(self, publish, english, tlumaczka, redaktorka, koordynatorka):
        page = drafts.begin(publish("Ławki", BENCHES), english, tlumaczka)
        text = page.get_latest_revision_as_object()
        text.tags.add(BENCHES)  # as every translation had them once
        text.save_revision(user=tlumaczka, log_action=True)
        page = publish_properly(fresh(page), tlumaczka, redaktorka, koordynatorka)
        importlib.import_module("news.migrations.0002_name_topics_of_translations").name_topics(apps, None)
        assert (shown(page), offered("en")) == ([], [])
        assert len(listed("tag=zolte-lawki")) == len(listed(""))  # a filter that isn't there

    def test_go_on_seeing_what_was_typed_in_english_before(
        self, publish, english, tlumaczka, redaktorka, koordynatorka
    ):
        page = drafts.begin(publish("Ławki", BENCHES), english, tlumaczka)
        text = page.get_latest_revision_as_object()
        text.tags.add("benches")
        text.save_revision(user=tlumaczka, log_action=True)
        page = publish_properly(fresh(page), tlumaczka, redaktorka, koordynatorka)
        importlib.import_module("news.migrations.0002_name_topics_of_translations").name_topics(apps, None)
        assert shown(page) == ["benches"]


class TestTheGate:
    """A name that visitors see was approved with the page that carries it."""

    def test_a_new_name_in_a_draft_shows_nowhere(self, benches, name):
        cache.clear()
        with nothing_changes_for_visitors(benches, news_index("en"), news_index()):
            assert name(benches, {BENCHES: "smuggled benches", YARDS: "smuggled yards"}).status_code == 302
            cache.clear()
        assert offered("en") == ["yards", "yellow benches"]

    def test_a_draft_makes_no_name_of_a_tag_that_stayed_hidden(
        self, benches, publish, english, tlumaczka, name, approve
    ):
        same = drafts.begin(publish("MOWES", "MOWES"), english, tlumaczka)
        text = same.get_latest_revision_as_object()
        text.tags.add("MOWES")
        text.save_revision(user=tlumaczka, log_action=True)
        name(same, {"MOWES": ""}, title="MOWES in English", **{"action-submit": "1", "same_on_purpose": "on"})
        same = approve(same)
        other = drafts.begin(publish("Inne", "MOWES"), english, tlumaczka)
        with nothing_changes_for_visitors(same, news_index("en")):
            assert name(other, {"MOWES": "MOWES"}, title="Other").status_code == 302
            cache.clear()

    def test_half_a_word_that_autosave_saw_is_no_name(self, publish, english, tlumaczka, name, approve):
        page = drafts.begin(publish("Ławki", BENCHES), english, tlumaczka)
        for typed in ("ye", "yelow benches"):
            name(page, {BENCHES: typed})
        name(page, {BENCHES: "yellow benches"}, **{"action-submit": "1", "same_on_purpose": "on"})
        approve(page)
        assert spellings("en")["zolte-lawki"] == "yellow-benches"
        assert {one.slug for one in Tag.objects.all()} & set(spellings("en")) == {"zolte-lawki", "yellow-benches"}

    def test_a_mistake_in_a_draft_makes_two_topics_no_one(self, publish, english, tlumaczka, name, approve):
        page = drafts.begin(publish("Ławki", BENCHES, YARDS), english, tlumaczka)
        name(page, {BENCHES: "yellow benches", YARDS: "yellow benches"})
        right = {BENCHES: "yellow benches", YARDS: "yards"}
        name(page, right, **{"action-submit": "1", "same_on_purpose": "on"})
        assert shown(approve(page)) == ["yards", "yellow benches"]
        assert offered("en") == ["yards", "yellow benches"]

    def test_the_approver_sees_the_new_names_on_the_page(
        self, publish, english, tlumaczka, name, client_as, redaktorka
    ):
        page = drafts.begin(publish("Ławki", BENCHES), english, tlumaczka)
        name(page, {BENCHES: "yellow benches"}, **{"action-submit": "1", "same_on_purpose": "on"})
        seen = document(client_as(redaktorka).get(f"/admin/pages/{page.pk}/view_draft/"))
        assert [words(one) for one in seen.xpath("//ul[@class='tags']//a[contains(@href, '?tag=')]")] == [
            "yellow benches"
        ]

    def test_who_may_not_edit_the_translation_names_nothing(self, publish, english, tlumaczka, client_as, autor2):
        page = drafts.begin(publish("Ławki", BENCHES), english, tlumaczka)
        client = client_as(autor2)
        key = f"tags-{Tag.objects.get(name=BENCHES).pk}"
        for send in (client.post, client.get):
            send(edit_url(page), form_of(page, **{key: "smuggled"}))
        Client().post(edit_url(page), form_of(page, **{key: "smuggled"}))
        assert not TopicTranslation.objects.exists()
        assert not Tag.objects.filter(name="smuggled").exists()

    def test_looking_at_the_form_names_nothing(self, publish, english, tlumaczka, browser):
        page = drafts.begin(publish("Ławki", BENCHES), english, tlumaczka)
        browser.get(edit_url(page), form_of(page, tags="smuggled"))
        assert not TopicTranslation.objects.exists()

    def test_an_approval_in_the_editor_puts_no_name_in(
        self, publish, english, tlumaczka, name, redaktorka, client_as, koordynatorka
    ):
        page = drafts.begin(publish("Ławki", BENCHES), english, tlumaczka)
        name(page, {BENCHES: ""}, **{"action-submit": "1", "same_on_purpose": "on"})
        (benches,) = Tag.objects.filter(name=BENCHES)
        propose(benches, english, Tag.objects.create(name="yellow benches"))
        field = document(client_as(redaktorka).get(whole_url(page))).get_element_by_id(f"id_tags-{benches.pk}")
        assert field.get("value") == ""

    def test_the_approver_reads_each_topic_beside_the_original(
        self, publish, english, tlumaczka, name, redaktorka, client_as
    ):
        page = drafts.begin(publish("Ławki", BENCHES, YARDS), english, tlumaczka)
        name(page, {BENCHES: "yellow benches", YARDS: ""}, **{"action-submit": "1", "same_on_purpose": "on"})
        answer = client_as(redaktorka).get(decision_address(fresh(page).current_workflow_task_state))
        rows = document(answer).xpath("//table[@class='source-table']//tr")
        told = {words(row.xpath("./td[1]")[0]): words(row.xpath("./td[2]")[0]) for row in rows if row.xpath("./td[2]")}
        assert told[BENCHES] == "yellow benches"
        assert told[YARDS].startswith("(")


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
