"""The translator's desk: what says something wrong, what says nothing, what is under way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from events.models import EventPage
from home.bootstrap import home_of
from newsroom import translation_panels as translators_desk
from tests.newsroom.test_dashboard import HOME, panels, queries
from tests.reading import source
from tests.translation.fixtures import news_pair
from tests.workflow import draft_of, edit_url, fresh, in_an_hour, publish_properly, submit, take_step
from tests.workflow_fixtures import MAKERS
from translation import buttons, drafts, originals

MAKES_ITS_OWN_PAGES = True  # but for those of its classes


def begin_url(page, language="en") -> str:
    return reverse("translation:begin", args=(page.pk, language))


# --- Beginning


def test_what_is_not_public_is_not_begun(client_as, tlumaczka, draft, english):
    assert "newsroom-buttons" not in source(client_as(tlumaczka).get(begin_url(draft)))
    client_as(tlumaczka).post(begin_url(draft))
    assert not draft.has_translation(english)


def test_what_is_approved_and_waits_for_its_time_can_be_begun(client_as, tlumaczka, scheduled, english):
    assert "newsroom-buttons" in source(client_as(tlumaczka).get(begin_url(scheduled)))
    client_as(tlumaczka).post(begin_url(scheduled))
    assert scheduled.has_translation(english)


# --- The heaps


def test_what_came_back_stands_first_with_its_comment(
    client_as, tlumaczka, redaktorka, autorka, koordynatorka, english
):
    for title in ("First", "Second"):
        page = publish_properly(draft_of(autorka, title), autorka, redaktorka, koordynatorka)
        last = drafts.begin(page, english, tlumaczka)
    submit(last, tlumaczka)
    take_step(last, redaktorka, "reject", comment="Brakuje nazwy projektu.")
    panel = panels(client_as(tlumaczka))["underway"]
    assert "Brakuje nazwy projektu." in panel
    assert panel.index("Second") < panel.index("First")


def test_upcoming_events_go_before_news_and_newer_news_before_older(autorka, redaktorka, koordynatorka):
    today = timezone.localdate()
    for title, days in (("Older", 5), ("Newer", 1)):
        page = draft_of(autorka, title, date=today - timedelta(days=days))
        publish_properly(page, autorka, redaktorka, koordynatorka)
    for title, days in (("Later", 9), ("Sooner", 2), ("Past", -9)):
        publish_properly(event(autorka, title, days), autorka, redaktorka, koordynatorka)
    titles = [row.title for row in translators_desk.TranslatorPanels().missing().rows]
    assert [title for title in titles if title != "Past"][:4] == ["Sooner", "Later", "Newer", "Older"]
    assert titles.index("Past") > titles.index("Older")


def test_a_full_heap_is_cut_and_leads_to_the_report(
    client_as, monkeypatch, tlumaczka, autorka, redaktorka, koordynatorka
):
    monkeypatch.setattr(translators_desk, "MOST", 2)
    for number in range(3):
        publish_properly(draft_of(autorka, f"News {number}"), autorka, redaktorka, koordynatorka)
    panel = translators_desk.TranslatorPanels().missing()
    assert len(panel.rows) == 2
    assert panel.count >= 3
    page = client_as(tlumaczka).get(HOME).content.decode()
    assert f"{reverse('translation:report')}?state=none" in page


def test_full_screens_cost_as_many_queries_as_emptier_ones(
    client_as, tlumaczka, autorka, redaktorka, koordynatorka, english
):
    report = reverse("translation:report")
    screens = [(tlumaczka, HOME), (koordynatorka, report), (koordynatorka, f"{report}?export=csv")]
    fill(tlumaczka, autorka, redaktorka, koordynatorka, english, "few")
    few = [queries(client_as(who), screen) for who, screen in screens]
    fill(tlumaczka, autorka, redaktorka, koordynatorka, english, "more")
    assert [queries(client_as(who), screen) for who, screen in screens] == few


def fill(tlumaczka, autorka, redaktorka, koordynatorka, english, name: str) -> None:
    """One original each without translation, with a draft, with a returned draft, out of date."""
    people = (autorka, redaktorka, koordynatorka)
    publish_properly(draft_of(autorka, f"{name} missing"), *people)
    drafts.begin(publish_properly(draft_of(autorka, f"{name} begun"), *people), english, tlumaczka)
    returned = drafts.begin(publish_properly(draft_of(autorka, f"{name} returned"), *people), english, tlumaczka)
    submit(returned, tlumaczka)
    take_step(returned, redaktorka, "reject", comment="Jeszcze raz")
    original = publish_properly(draft_of(autorka, f"{name} outdated"), *people)
    publish_properly(drafts.begin(original, english, tlumaczka), tlumaczka, redaktorka, koordynatorka)
    changed = fresh(original).get_latest_revision_as_object()
    changed.lead = "Inne słowa"
    changed.save_revision(user=autorka)
    publish_properly(fresh(original), *people)


def event(author, title: str, days: int) -> EventPage:
    parent = home_of(Locale.get_default()).get_children().filter(slug="wydarzenia").get()
    start = timezone.now() + timedelta(days=days)
    page = EventPage(title=title, slug=title.lower(), owner=author, live=False, locale=parent.locale)
    page.kind, page.start, page.end = "meeting", start, start + timedelta(hours=2)
    parent.add_child(instance=page)
    page.save_revision(user=author, log_action="wagtail.create")
    return page


class TestAPublicText:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def made_once(cls, tree) -> None:
        MAKERS["live"]()

    def test_one_button_makes_the_draft_and_opens_it(self, client_as, tlumaczka, live_page, english):
        answer = client_as(tlumaczka).post(begin_url(live_page))
        page = live_page.get_translation(english)
        assert answer.url == reverse("wagtailadmin_pages:edit", args=(page.pk,))
        assert not page.live
        assert page.owner == tlumaczka

    def test_a_link_asks_first_and_changes_nothing(self, client_as, tlumaczka, live_page, english):
        answer = client_as(tlumaczka).get(begin_url(live_page))
        assert answer.status_code == 200
        assert 'method="post"' in answer.content.decode()
        assert not live_page.has_translation(english)

    def test_a_link_to_what_is_begun_leads_to_its_editor(self, client_as, tlumaczka, live_page, english):
        page = drafts.begin(live_page, english, tlumaczka)
        assert client_as(tlumaczka).get(begin_url(live_page)).url == reverse("wagtailadmin_pages:edit", args=(page.pk,))

    @pytest.mark.parametrize("who", ["autorka", "redaktorka"])
    def test_only_translators_begin(self, client_as, request, who, live_page, english):
        browser = client_as(request.getfixturevalue(who))
        assert browser.get(begin_url(live_page)).status_code in (302, 403)
        browser.post(begin_url(live_page))
        assert not live_page.has_translation(english)

    def test_there_is_no_translation_into_the_first_language_or_an_unknown_one(self, client_as, tlumaczka, live_page):
        assert client_as(tlumaczka).get(begin_url(live_page, "pl")).status_code == 404
        assert client_as(tlumaczka).get(begin_url(live_page, "xx")).status_code == 404

    def test_what_has_no_translation_has_a_button_to_begin(self, client_as, tlumaczka, live_page):
        page = client_as(tlumaczka).get(HOME).content.decode()
        assert f'action="{begin_url(live_page)}"' in page

    def test_a_draft_goes_to_what_is_under_way_and_nowhere_else(self, client_as, tlumaczka, live_page, english):
        drafts.begin(live_page, english, tlumaczka)
        found = panels(client_as(tlumaczka))
        assert "Live" in found["underway"]
        assert "polski → angielski" in found["underway"], "a draft has the title of its original"
        assert "Live" not in found["translate"]
        assert "Live" not in found["mine"]

    def test_the_menu_of_a_row_in_a_listing_asks_the_database_nothing(
        self, tlumaczka, live_page, django_assert_num_queries
    ):
        page = Page.objects.select_related("locale").get(pk=live_page.pk)
        assert tlumaczka.has_perm(drafts.PERMISSION)
        with django_assert_num_queries(0):
            found = list(buttons.in_listing(page, tlumaczka))
        assert [button.url for button in found] == [begin_url(live_page)]


class TestATranslation:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def made_once(cls, tree) -> None:
        news_pair()

    def test_a_changed_original_makes_the_translation_out_of_date_until_its_update_is_begun(
        self, client_as, tlumaczka, translated, change
    ):
        browser = client_as(tlumaczka)
        change(keeps=True, lead="Poprawiona literówka")
        assert "outdated" not in panels(browser)
        change(lead="Zupełnie inne słowa", title="Inny tytuł")
        panel = panels(browser)["outdated"]
        assert translated.title in panel
        assert "Zmieniono 2 fragmenty" in panel
        draft = fresh(translated).get_latest_revision_as_object()
        draft.lead = "Quite other words"
        draft.save_revision(user=tlumaczka)
        found = panels(browser)
        assert "outdated" not in found
        assert translated.title in found["underway"]

    def test_what_waits_for_its_time_is_in_a_panel_where_something_is_left_to_do(
        self, client_as, tlumaczka, redaktorka, koordynatorka, translated, change
    ):
        change(lead="Zupełnie inne słowa")
        draft = fresh(translated).get_latest_revision_as_object()
        draft.lead, draft.go_live_at = "Quite other words", in_an_hour()
        draft.source_version = originals.original_of(translated).source_version
        draft.save_revision(user=tlumaczka)
        publish_properly(translated, tlumaczka, redaktorka, koordynatorka)
        assert fresh(translated).scheduled_revision
        assert not {"outdated", "underway"} & panels(client_as(tlumaczka)).keys(), "it says what the original says"
        change(lead="I znów inne słowa")
        assert translated.title in panels(client_as(tlumaczka))["outdated"]
        draft = fresh(translated).get_latest_revision_as_object()
        draft.lead = "And other words again"
        draft.save_revision(user=tlumaczka)
        found = panels(client_as(tlumaczka))
        assert translated.title in found["underway"] and "outdated" not in found

    def test_over_the_editor_stands_the_way_to_the_other_language(
        self, client_as, tlumaczka, admin, translated, live_page
    ):
        """To its editor for those to whom that opens; translators read the original on the site."""
        assert begin_url(live_page) in client_as(admin).get(edit_url(live_page)).content.decode()
        whole = f"{edit_url(translated)}?whole=1"  # beside segments the original stands anyway
        assert f'href="{edit_url(live_page)}"' in client_as(admin).get(whole).content.decode()
        shown = client_as(tlumaczka).get(whole).content.decode()
        assert f'href="{live_page.get_url()}"' in shown and f'href="{edit_url(live_page)}"' not in shown
