"""The way of a text, in words."""

import html
import re

from django.urls import reverse
from django.utils.translation import override

from approval import roles
from approval.timeline import timeline
from home.models import SiteSettings
from tests.reading import NBSP
from tests.workflow import (
    create_url,
    draft_of,
    edit_url,
    fresh,
    news_index,
    publish_properly,
    submit,
    take_step,
)


def words_of(answer) -> str:
    return html.unescape(answer.content.decode())


def told(instance) -> list[str]:
    """Newest first, as a person reads it."""
    return [event.words for event in timeline(fresh(instance)).events]


def test_who_wrote_who_reviewed_who_approved(autorka, redaktorka, koordynatorka):
    page = publish_properly(draft_of(autorka, "WithRecord"), autorka, redaktorka, koordynatorka)
    events = "\n".join(reversed(told(page)))
    assert re.search(rf"{autorka.name}.*\n.*{autorka.name}.*\n.*{redaktorka.name}.*\n.*{koordynatorka.name}", events)


def test_what_is_public_is_no_longer_this_version_once_somebody_types(live_page, draft):
    assert "dokładnie tę wersję" in timeline(live_page).standing
    assert "wcześniejszą wersję" in timeline(live_page).standing_once_changed
    assert timeline(draft).standing_once_changed == ""


def test_since_when_it_waits_and_for_whom(autorka, koordynatorka, in_approval):
    found = timeline(in_approval)
    assert re.search(r"\d{1,2}:\d\d", found.standing)
    assert koordynatorka.name in found.waits_for


def test_a_return_stands_there_with_its_comment(koordynatorka, in_approval):
    take_step(in_approval, koordynatorka, "reject", comment="Brakuje daty.")
    events = timeline(fresh(in_approval)).events
    assert any(event.comment == "Brakuje daty." and event.kind == "no" for event in events)


def test_many_saves_by_one_person_are_one_line(autorka, draft):
    for number in range(5):
        draft.lead = f"Version {number}"
        draft.save_revision(user=autorka)
    assert len(told(draft)) == 1


def test_saves_before_and_after_a_return_are_two_lines(autorka, redaktorka, in_review):
    take_step(in_review, redaktorka, "reject", comment="Krócej")
    text = in_review.get_latest_revision_as_object()
    text.lead = "Shorter"
    text.save_revision(user=autorka)
    submit_again(in_review, autorka)
    wrote = [event for event in timeline(fresh(in_review)).events if event.kind == "write"]
    assert len(wrote) == 2


def submit_again(page, user) -> None:
    fresh(page).current_workflow_state.resume(user)


def test_nobody_left_is_said_aloud(autorka, redaktorka, koordynatorka):
    page = draft_of(koordynatorka, "Own")
    submit(page, autorka)
    take_step(page, redaktorka)
    assert timeline(fresh(page)).waits_for != ""
    assert koordynatorka.name not in timeline(fresh(page)).waits_for


def test_the_panel_stands_beside_the_editor_of_pages(client_as, redaktorka, in_review):
    page = client_as(redaktorka).get(edit_url(in_review)).content.decode()
    assert 'data-side-panel="timeline"' in page
    assert 'class="timeline"' in page


def test_a_new_text_has_the_panel_too(client_as, autorka, redaktorka, koordynatorka):
    page = words_of(client_as(autorka).get(create_url(news_index())))
    assert 'data-side-panel="timeline"' in page
    assert redaktorka.name in page
    assert koordynatorka.name in page
    assert "nie zostałby nikt" not in page


def test_before_anything_is_saved_the_button_that_sends_warns_when_nobody_is_left(client_as, autorka, redaktorka):
    page = words_of(client_as(autorka).get(create_url(news_index())))
    note = page[page.index('class="send__warning"') :]
    assert "nie zostałby nikt" in note


def test_what_autosave_brings_to_a_new_text_finds_its_place(client_as, autorka, draft):
    """Wagtail moves each panel into the place of the same name, and stops with an error where there is none."""
    places = re.findall(r'data-side-panel="(\w+)"', words_of(client_as(autorka).get(create_url(news_index()))))
    brought = words_of(client_as(autorka).get(edit_url(draft), {"_w_hydrate_create_view": "1"}))
    wanted = re.findall(r"\[data-side-panel='(\w+)'\]", brought)
    assert "timeline" in wanted
    assert set(wanted) <= set(places)


def test_the_panel_stands_beside_the_editor_of_settings(client_as, koordynatorka):
    settings = SiteSettings.objects.first()
    address = f"/admin/snippets/home/sitesettings/edit/{settings.pk}/"
    assert 'class="timeline"' in client_as(koordynatorka).get(address).content.decode()


def test_dates_are_in_the_language_of_the_reader(client_as, redaktorka, in_review):
    redaktorka.preferred_language = "pl"
    polish = client_as(redaktorka).get(edit_url(in_review)).content.decode()
    redaktorka.preferred_language = "en"
    english = client_as(redaktorka).get(edit_url(in_review)).content.decode()
    when = re.compile(r'class="timeline__when">([^<]+)<')
    assert when.search(polish).group(1) != when.search(english).group(1)


def test_a_text_that_was_sent_again_says_so(autorka, redaktorka, in_review):
    take_step(in_review, redaktorka, "reject", comment="Krócej")
    submit_again(in_review, autorka)
    kinds = [event.kind for event in timeline(fresh(in_review)).events]
    assert kinds == ["submit", "no", "submit", "write"]


def test_steps_have_their_name_in_the_language_of_the_reader(in_review):
    with override("pl"):
        assert roles.PUBLICATION.steps[0].name in timeline(in_review).standing.replace(NBSP, " ")
    with override("en"):
        assert "Language and accessibility review" in timeline(in_review).standing


def test_there_is_one_history_and_the_way_of_the_text_leads_to_it(client_as, autorka, draft):
    browser = client_as(autorka)
    history = reverse("wagtailadmin_pages:history", args=[draft.pk])
    panel = browser.get(edit_url(draft)).content.decode().split('class="timeline-panel"')[1]
    assert f'href="{history}"' in panel
    second = reverse("wagtailadmin_pages:workflow_history", args=[draft.pk])
    assert second not in browser.get(history).content.decode()
