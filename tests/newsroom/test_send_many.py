"""Many texts sent at once from a list of pages: each for itself, and nothing goes live by it."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from approval import policy
from newsroom.views.send_many import SendManyView
from tests.approval.release_scene import together
from tests.newsroom.test_decision import waiting, words
from tests.workflow import draft_of, fresh, in_an_hour, publish_properly, shown_to_visitors, take_step
from translation import drafts


def address_for(*pages) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?{ids}&next=/admin/"


def test_the_list_offers_to_send_and_not_to_publish(client_as, autorka, draft):
    text = words(client_as(autorka).get(reverse("wagtailadmin_explore", args=[draft.get_parent().pk])))
    assert reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) in text
    assert "Opublikuj" not in text


def test_each_is_sent_for_itself_with_one_line_in_its_log(client_as, autorka, draft):
    second = draft_of(autorka, "Second")
    before = shown_to_visitors()
    client_as(autorka).post(address_for(draft, second), {"note": "Dwa teksty na sobotę"})
    for page in (draft, second):
        assert waiting(page).task.specific.step == "review"
        assert waiting(page).note.text == "Dwa teksty na sobotę"
        assert waiting(page).workflow_state.requested_by == autorka
        assert PageLogEntry.objects.filter(page=page, action="wagtail.workflow.start", user=autorka).count() == 1
    assert shown_to_visitors() == before


def test_a_returned_text_goes_on_in_its_workflow(client_as, autorka, redaktorka, in_review):
    take_step(in_review, redaktorka, "reject", comment="Popraw")
    state = fresh(in_review).current_workflow_state
    client_as(autorka).post(address_for(in_review))
    assert waiting(in_review).workflow_state == state


def test_what_is_missing_is_named_and_not_sent(client_as, autorka, draft):
    text = draft.get_latest_revision_as_object()
    text.kind = ""
    text.save_revision(user=autorka, clean=False)
    browser = client_as(autorka)
    assert "Rodzaj" in words(browser.get(address_for(draft)))
    browser.post(address_for(draft))
    assert fresh(draft).current_workflow_state is None


def test_looking_sends_nothing(client_as, autorka, draft):
    client_as(autorka).get(address_for(draft))
    assert fresh(draft).current_workflow_state is None


@pytest.mark.parametrize("who", ["autor2", "tlumaczka", "koordynatorka"])
def test_nobody_publishes_with_it(client_as, request, who, draft, in_review, in_approval, live_page):
    """Neither the texts of others nor what is under way: whatever role it is, nothing goes live."""
    before = shown_to_visitors()
    stands = waiting(in_approval).pk, waiting(in_review).pk
    client_as(request.getfixturevalue(who)).post(address_for(draft, in_review, in_approval, live_page))
    assert shown_to_visitors() == before
    assert (waiting(in_approval).pk, waiting(in_review).pk) == stands
    assert fresh(live_page).current_workflow_state is None


def test_an_author_sends_no_text_of_another(client_as, autor2, draft):
    client_as(autor2).post(address_for(draft))
    assert fresh(draft).current_workflow_state is None


def test_whoever_sends_can_not_approve(client_as, autorka, redaktorka, koordynatorka, draft):
    client_as(koordynatorka).post(address_for(draft))
    take_step(draft, redaktorka)
    with pytest.raises(policy.NotYoursError):
        take_step(draft, koordynatorka)


def test_what_waits_for_its_time_is_not_sent_again(client_as, autorka, redaktorka, koordynatorka):
    page = publish_properly(draft_of(autorka, "Later", go_live_at=in_an_hour()), autorka, redaktorka, koordynatorka)
    client_as(koordynatorka).post(address_for(page))
    assert fresh(page).current_workflow_state is None


def test_what_waits_for_its_other_language_is_not_sent_again(client_as, autorka, redaktorka, koordynatorka, draft):
    together(draft, autorka)
    publish_properly(draft, autorka, redaktorka, koordynatorka)
    browser = client_as(koordynatorka)
    assert browser.get(address_for(draft)).context["items_with_no_access"][0]["reason"]
    browser.post(address_for(draft))
    SendManyView.execute_action([fresh(draft)], user=koordynatorka)
    assert fresh(draft).current_workflow_state is None


def test_a_translation_about_which_its_editor_would_ask_is_sent_from_there(client_as, tlumaczka, live_page, english):
    translation = drafts.begin(live_page, english, tlumaczka)
    browser = client_as(tlumaczka)
    assert "wyślij go z edytora" in words(browser.get(address_for(translation)))
    browser.post(address_for(translation))
    assert fresh(translation).current_workflow_state is None
