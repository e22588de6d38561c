"""Attacks on synonyms and recommended results: they lead visitors, so nobody decides about them alone."""

import pytest
from django.urls import reverse

from approval import roles
from approval.models import Act, LedgerEntry
from approval.publish_guard import NotApprovedError
from home.models import SearchRecommendation, SearchSynonym
from search import recommendations
from search.synonyms import thesaurus
from tests import factories
from tests.approval.scene import crew
from tests.workflow import SMUGGLED, fresh, person, publish_properly, refused_politely, submit, take_step

pytestmark = pytest.mark.django_db
EVERYBODY = ("autorka", "redaktorka", "koordynatorka", "tlumaczka", "admin")
WRITERS = {"redaktorka", "koordynatorka", "admin"}
TAKE_DOWN = {"koordynatorka", "admin"}


def url(name, *args, model=SearchSynonym):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def approved(row):
    _author, editor, coordinator, _translator = crew()
    row.live = False
    row.save()
    row.save_revision(user=editor)
    return publish_properly(row, editor, person("korektorka", roles.LANGUAGE_EDITORS), coordinator)


@pytest.fixture(scope="module")
def synonym_row(module_tree):
    return approved(SearchSynonym(words="porada\ndoradztwo", only_asked="pomoc"))


@pytest.fixture
def synonym(synonym_row):
    return fresh(synonym_row)


def others_of(word):
    return {term for words in thesaurus("pl").at([word])[1] for terms in words for term in terms}


def test_what_two_have_approved_counts_in_its_direction(synonym):
    assert synonym.live
    assert others_of("doradztwo") & others_of("pomoc")
    assert "pomoc" not in str(others_of("porada"))


def test_words_of_a_draft_change_no_search(synonym, redaktorka):
    before = others_of("porada")
    synonym.words = f"porada\n{SMUGGLED}"
    synonym.save_revision(user=redaktorka)
    SearchSynonym.objects.create(live=False, words=f"porada\n{SMUGGLED}")
    assert others_of("porada") == before
    with pytest.raises(NotApprovedError):
        synonym.save()


def test_nobody_publishes_edits_or_takes_away_alone(client_as, pages, synonym):
    bulk = reverse("wagtail_bulk_action", args=["home", "searchsynonym", "delete"])
    for who in EVERYBODY:
        browser = client_as(pages(who))
        for action in ({"action-publish": "1"}, {}):
            form = {"words": f"porada\n{SMUGGLED} {who}", "only_asked": "", "language": "", **action}
            assert refused_politely(browser.post(url("edit", synonym.pk), form)), who
            assert refused_politely(browser.post(url("add"), form)), who
        takes_down = () if who in TAKE_DOWN else (url("unpublish", synonym.pk),)
        for address in (*takes_down, url("delete", synonym.pk), f"{bulk}?id={synonym.pk}&next=/admin/"):
            assert refused_politely(browser.get(address)), (who, address)
            assert refused_politely(browser.post(address)), (who, address)
    assert fresh(synonym).live
    assert SMUGGLED not in fresh(synonym).words
    assert SearchSynonym.objects.filter(live=True).count() == 1
    writers = {row.get_latest_revision().user.username for row in SearchSynonym.objects.filter(live=False)}
    assert writers <= WRITERS


@pytest.mark.parametrize("who", ["autorka", "redaktorka", "tlumaczka"])
def test_words_taken_down_by_whoever_may_take_no_page_down(client_as, pages, synonym, who):
    browser, address = client_as(pages(who)), url("unpublish", synonym.pk)
    for answer in (browser.get(address), browser.post(address, {"reason": "Nie podoba mi się."})):
        assert answer.status_code in (302, 403), answer.status_code
    assert fresh(synonym).live
    assert not taken_down(synonym).exists()


def taken_down(row):
    return LedgerEntry.objects.for_instance(row).filter(act=Act.TAKEN_DOWN)


def test_a_coordinator_takes_words_down_at_once_and_the_record_says_why(client_as, koordynatorka, synonym, module_tree):
    page = factories.news(title="Jak dołączyć")
    recommended = approved(SearchRecommendation(words="jak dołączyć", first_page=page, reason="Pytają."))
    assert SearchSynonym.rows() and recommendations.keys_for("jak dołączyć", "pl") == [page.pk]
    browser = client_as(koordynatorka)
    for row in (synonym, recommended):
        takes_down = url("unpublish", row.pk, model=type(row))
        assert takes_down in browser.get(url("edit", row.pk, model=type(row))).content.decode()
        assert 'name="reason"' in browser.get(takes_down).content.decode()
        assert browser.post(takes_down, {"reason": "To zniewaga."}).status_code == 302
        assert not fresh(row).live
        assert takes_down not in browser.get(url("edit", row.pk, model=type(row))).content.decode()
        assert browser.get(takes_down).status_code in (302, 403), "it is down"
        entry = taken_down(row).get()
        assert (entry.user_name, entry.reason) == (koordynatorka.get_full_name(), "To zniewaga.")
        assert refused_politely(browser.post(url("delete", row.pk, model=type(row))))
        assert fresh(row), "what was public is kept"
    assert SearchSynonym.rows() == ()
    assert recommendations.keys_for("jak dołączyć", "pl") == []


def test_nobody_approves_their_own_words(client_as, koordynatorka, redaktorka, synonym):
    synonym.words = f"porada\n{SMUGGLED}"
    synonym.save_revision(user=koordynatorka)
    submit(synonym, koordynatorka)
    screens = url("edit", synonym.pk), url("history", synonym.pk), "/admin/", reverse("newsroom:under_way")
    decision = reverse("newsroom:decide", args=[fresh(synonym).current_workflow_task_state.pk])
    for screen in (*screens, decision):  # of a text without a language
        assert client_as(redaktorka).get(screen).status_code == 200, screen
    take_step(synonym, redaktorka)
    state = fresh(synonym).current_workflow_task_state
    browser = client_as(koordynatorka)
    assert refused_politely(browser.post(url("workflow_action", synonym.pk, "approve", state.pk)))
    assert refused_politely(browser.post(reverse("newsroom:decide", args=[state.pk]), {"action": "approve"}))
    assert SMUGGLED not in fresh(synonym).words


def test_recommended_is_what_is_approved_public_and_of_the_language(module_tree):
    polish, hidden = factories.news(title="Jak dołączyć"), factories.news(title="Szkic", live=False)
    english = factories.translated(polish, title="How to join")
    row = approved(
        SearchRecommendation(
            words="jak dołączyć\nprzystąpienie", first_page=polish, second_page=english, reason="Pytają."
        )
    )
    assert recommendations.keys_for("JAK DOLACZYC?", "pl") == [polish.pk]
    assert recommendations.keys_for("przystąpienia", "pl") == [polish.pk]
    assert recommendations.keys_for("przystąpienie", "en") == [english.pk]
    for other in ("jak", "jak dołączyć do koalicji", "", "\x00", "🙂"):
        assert recommendations.keys_for(other, "pl") == [], other
    row.second_page = hidden
    with pytest.raises(Exception, match="second_page"):
        row.full_clean()


LONG, MANY = "a1 b1 c1 d1 e1 f1 g1\nporada", "\n".join(f"słowo {number}" for number in range(21))


@pytest.mark.parametrize("words", ["porada", "porada\nporada", "—\nporada", LONG, MANY])
def test_words_that_say_nothing_are_refused(words):
    with pytest.raises(Exception, match="words"):
        SearchSynonym(words=words).full_clean()
