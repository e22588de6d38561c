"""Attacks by way of patterns: words that come in by a name, and people who may not keep or begin."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield

from approval import policy
from approval.contributors import contributors
from approval.views.subjects import address
from home.models import SiteSettings
from news.models import NewsPage
from newsroom import patterns
from newsroom.models import PagePattern
from tests.approval.attacks import press
from tests.forms import querydict_from_html
from tests.workflow import (
    QUOTE,
    SMUGGLED,
    create_url,
    draft_of,
    fresh,
    news_index,
    nothing_changes_for_visitors,
    publish_properly,
    refused_politely,
    submit,
    take_step,
)
from translation import drafts

pytestmark = pytest.mark.django_db

EVERYBODY = ("autorka", "redaktorka", "koordynatorka", "admin")


@pytest.fixture
def pattern(autorka, draft):
    content = patterns.content_for_pattern(draft) | {"lead": SMUGGLED}
    kind = ContentType.objects.get_for_model(draft)
    return PagePattern.objects.create(
        name="Pattern", content_type=kind, locale=draft.locale, content=content, made_by=autorka
    )


def test_a_page_of_somebody_else_is_not_kept(client_as, autor2, draft):
    answer = client_as(autor2).post(address("newsroom:save_pattern", draft), {"name": "Stolen"})
    assert refused_politely(answer)
    assert not PagePattern.objects.exists()


def test_whoever_may_not_make_patterns_makes_none(client_as, autorka, draft):
    autorka.groups.get().permissions.remove(*autorka.groups.get().permissions.filter(codename="add_pagepattern"))
    assert refused_politely(client_as(autorka).post(address("newsroom:save_pattern", draft), {"name": "Mine"}))
    assert not PagePattern.objects.exists()


def test_looking_keeps_nothing(client_as, autorka, draft):
    browser, place, name = client_as(autorka), address("newsroom:save_pattern", draft), {"name": "By an address"}
    assert browser.get(place, name).status_code == 200
    assert not PagePattern.objects.exists()
    browser.post(place, name)
    assert PagePattern.objects.filter(**name).exists(), "what keeps it is sending the same"


def test_settings_and_strangers_are_no_pattern(client, client_as, koordynatorka, draft):
    texts = SiteSettings.objects.first()
    assert client_as(koordynatorka).post(address("newsroom:save_pattern", texts), {"name": "x"}).status_code == 404
    assert client.post(address("newsroom:save_pattern", draft), {"name": "x"}).status_code == 302
    assert not PagePattern.objects.exists()


def test_a_pattern_brings_no_words_to_visitors(client_as, pages, pattern, live_page):
    """Kept, opened, saved, sent, with a "publish" that nobody has: it is a draft like any other."""
    begin = f"{create_url(news_index())}?pattern={pattern.pk}"
    with nothing_changes_for_visitors(live_page):
        for who in EVERYBODY:
            browser = client_as(pages(who))
            browser.post(address("newsroom:save_pattern", live_page), {"name": f"Again {who}"})
            form = querydict_from_html(browser.get(begin).content.decode(), form_id="page-edit-form")
            form.update(nested_form_data({"body": streamfield([("quote", QUOTE["value"])])}))
            for action in ("action-publish", "action-submit"):
                form.update({"title": f"Begun by {who}: {action}", action: "1"})
                assert refused_politely(browser.post(begin, form)), who
            assert NewsPage.objects.filter(title__startswith=f"Begun by {who}", live=False).count() == 2


def test_whoever_begins_with_a_pattern_does_not_approve_it(client_as, koordynatorka, redaktorka, pattern):
    """The words are somebody else's; who sends them answers for them."""
    browser = client_as(koordynatorka)
    page = begun_and_sent(browser, pattern)
    state = page.current_workflow_task_state
    assert policy.objection(state, koordynatorka)
    press(browser, page)
    assert fresh(page).current_workflow_task_state == state


def begun_and_sent(browser, pattern) -> NewsPage:
    browser.post(create_url(news_index()), opened_with(browser, pattern))
    return NewsPage.objects.get(title="Begun")


def opened_with(browser, pattern):
    """The form of a page that begins with `pattern`, ready to be sent."""
    answer = browser.get(f"{create_url(news_index())}?pattern={pattern.pk}")
    form = querydict_from_html(answer.content.decode(), form_id="page-edit-form")
    form.update({"title": "Begun", "action-submit": "1"})
    form.update(nested_form_data({"body": streamfield([("quote", QUOTE["value"])])}))
    return form


def kept_by(browser, page) -> PagePattern:
    browser.post(address("newsroom:save_pattern", page), {"name": "Kept"})
    return PagePattern.objects.get(name="Kept")


def test_whoever_wrote_an_unapproved_pattern_approves_no_page_of_it(
    client_as, autorka, redaktorka, koordynatorka, koordynator2
):
    """Her own words, begun and sent by somebody else: they are still hers."""
    pattern = kept_by(client_as(koordynatorka), draft_of(koordynatorka, "Hers", lead=SMUGGLED))
    page = begun_and_sent(client_as(autorka), pattern)
    take_step(page, redaktorka)
    with nothing_changes_for_visitors(page):
        press(client_as(koordynatorka), page)
    assert policy.objection(fresh(page).current_workflow_task_state, koordynator2) is None


def test_whoever_deletes_her_pattern_while_a_page_is_begun_approves_no_page_of_it(
    client_as, autorka, redaktorka, koordynatorka
):
    pattern = kept_by(client_as(koordynatorka), draft_of(koordynatorka, "Hers", lead=SMUGGLED))
    browser = client_as(autorka)
    form = opened_with(browser, pattern)
    client_as(koordynatorka).post(reverse("patterns:delete", args=[pattern.pk]))
    browser.post(create_url(news_index()), form)
    page = NewsPage.objects.get(title="Begun")
    take_step(page, redaktorka)
    with nothing_changes_for_visitors(page):
        press(client_as(koordynatorka), page)


def test_nobody_says_for_themselves_who_wrote_a_pattern(client_as, autorka, pattern):
    browser = client_as(autorka)
    form = opened_with(browser, pattern)
    for said in ("1", "x", "WyJIZXJzIixbXV0:1vPQ:forged"):
        form["pattern"] = said
        assert refused_politely(browser.post(create_url(news_index()), form))
        assert not NewsPage.objects.filter(title="Begun").exists(), said


def test_a_copy_of_a_page_has_the_writers_of_its_pattern_as_a_copy_of_the_copy_has(
    client_as, autorka, redaktorka, koordynatorka, tlumaczka
):
    pattern = kept_by(client_as(koordynatorka), draft_of(koordynatorka, "Hers", lead=SMUGGLED))
    browser = client_as(autorka)
    page = begun_and_sent(browser, pattern)
    translation = drafts.begin(page, Locale.objects.get(language_code="en"), tlumaczka)
    assert set(contributors(translation)) == {tlumaczka.pk}, "its words are the translator's, whoever wrote the page"
    for name in ("copy", "copy-of-the-copy"):
        target = {"new_title": name, "new_slug": name, "new_parent_page": news_index().pk, "copy_subpages": ""}
        browser.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), target)
        page = NewsPage.objects.get(slug=name)
    submit(page, autorka)
    take_step(page, redaktorka)
    with nothing_changes_for_visitors(page):
        press(client_as(koordynatorka), page)


def test_words_of_a_pattern_that_are_brought_back_are_still_her_own(
    client_as, autorka, redaktorka, koordynatorka, koordynator2
):
    pattern = kept_by(client_as(koordynatorka), draft_of(koordynatorka, "Hers", lead=SMUGGLED))
    browser = client_as(autorka)
    form = opened_with(browser, pattern)
    del form["action-submit"]
    browser.post(create_url(news_index()), form)
    page = NewsPage.objects.get(title="Begun")
    first = fresh(page).get_latest_revision()
    text = first.as_object()
    text.lead = "Other words"
    text.save_revision(user=autorka)
    page = publish_properly(fresh(page), autorka, redaktorka, koordynator2)
    assert koordynatorka.pk not in contributors(page)
    first.as_object().save_revision(user=autorka, log_action="wagtail.revert", previous_revision=first)
    assert koordynatorka.pk in contributors(page)


def test_a_pattern_of_approved_words_keeps_nobody_from_approving(
    client_as, autorka, redaktorka, koordynatorka, live_page
):
    page = begun_and_sent(client_as(autorka), kept_by(client_as(koordynatorka), live_page))
    take_step(page, redaktorka)
    assert policy.objection(page.current_workflow_task_state, koordynatorka) is None


def test_a_pattern_opens_no_section_and_no_language(client_as, autorka, pattern):
    """It fits where it was made; where somebody may not add a page, it changes nothing."""
    browser = client_as(autorka)
    assert browser.get(f"{create_url(news_index('en'))}?pattern={pattern.pk}").status_code == 404
    other = reverse("wagtailadmin_pages:add", args=["home", "standardpage", news_index().get_parent().pk])
    assert browser.get(f"{other}?pattern={pattern.pk}").status_code == 404
    GroupPagePermission.objects.filter(group__in=autorka.groups.all()).delete()
    answer = browser.get(f"{create_url(news_index())}?pattern={pattern.pk}")
    assert SMUGGLED not in answer.content.decode()


@pytest.mark.parametrize("number", ("x", "9" * 40, "-1", "²", "1_0"))
def test_a_pattern_with_an_impossible_number(client_as, autorka, number, db):
    assert client_as(autorka).get(create_url(news_index()), {"pattern": number}).status_code == 404


@pytest.mark.parametrize("who", ("autorka", "autor2", "tlumaczka"))
def test_only_those_who_keep_the_list_rename_or_delete(client_as, pages, pattern, who):
    browser = client_as(pages(who))
    for name in ("edit", "delete"):
        assert refused_politely(browser.post(reverse(f"patterns:{name}", args=[pattern.pk]), {"name": "Renamed"}))
    pattern.refresh_from_db()
    assert pattern.name == "Pattern"


def test_no_form_changes_what_a_pattern_holds(client_as, koordynatorka, pattern):
    before = pattern.content
    values = {"name": "Renamed", "content": '{"lead": "x"}', "locale": Locale.objects.get(language_code="en").pk}
    browser = client_as(koordynatorka)
    browser.post(reverse("patterns:edit", args=[pattern.pk]), values)
    pattern.refresh_from_db()
    assert (pattern.name, pattern.content, pattern.locale.language_code) == ("Renamed", before, "pl")
    assert refused_politely(browser.post(reverse("patterns:add"), {"name": "Out of nothing"}))
    assert PagePattern.objects.count() == 1


def test_a_pattern_of_an_unapproved_text_shows_to_no_visitor(client, client_as, autorka, pattern):
    begun = f"{create_url(news_index())}?pattern={pattern.pk}"
    assert SMUGGLED in client_as(autorka).get(begun).content.decode(), "the page that shows its words"
    its_own = [reverse(f"patterns:{name}", args=[pattern.pk]) for name in ("edit", "delete")]
    for place in (begun, reverse("patterns:index"), *its_own):
        answer = client.get(place)
        assert answer.status_code == 302 and answer["Location"].startswith(reverse("wagtailadmin_login")), place
