"""Taking a step and giving it back."""

import pytest
from django.urls import reverse

from approval import claims, policy
from approval.models import Claim
from tests.approval.attacks import state_of
from tests.workflow import fresh, take_step


def test_a_reviewer_takes_a_step_and_others_see_it(in_review, redaktorka, koordynatorka) -> None:
    claims.take(state_of(in_review), redaktorka)
    assert claims.claim_of(state_of(in_review)).user == redaktorka
    assert "redaktorka" in claims.notice(state_of(in_review), koordynatorka).lower()
    assert claims.notice(state_of(in_review), redaktorka) == ""


def test_taking_twice_changes_nothing(in_review, redaktorka) -> None:
    claims.take(state_of(in_review), redaktorka)
    claims.take(state_of(in_review), redaktorka)
    assert Claim.objects.count() == 1


def test_the_second_person_is_told_who_was_first(in_review, redaktorka, koordynatorka) -> None:
    claims.take(state_of(in_review), redaktorka)
    with pytest.raises(policy.NotYoursError, match=redaktorka.name):
        claims.take(state_of(in_review), koordynatorka)


def test_only_those_who_could_decide_can_take_it(in_review, autorka, tlumaczka) -> None:
    for person in (autorka, tlumaczka):
        with pytest.raises(policy.NotYoursError):
            claims.take(state_of(in_review), person)
    assert not Claim.objects.exists()


def test_only_whoever_took_it_gives_it_back(in_review, redaktorka, koordynatorka) -> None:
    claims.take(state_of(in_review), redaktorka)
    assert not claims.give_back(state_of(in_review), koordynatorka)
    assert claims.give_back(state_of(in_review), redaktorka)
    assert claims.claim_of(state_of(in_review)) is None


def test_a_claim_locks_nobody_out(in_review, redaktorka, koordynatorka) -> None:
    claims.take(state_of(in_review), redaktorka)
    take_step(in_review, koordynatorka)
    assert fresh(in_review).current_workflow_task.step == "approval"


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_a_claim_ends_with_its_step(in_review, redaktorka, action: str) -> None:
    claims.take(state_of(in_review), redaktorka)
    take_step(in_review, redaktorka, action)
    assert not Claim.objects.exists()


def test_a_claim_ends_when_the_author_takes_the_text_back(in_review, autorka, redaktorka) -> None:
    claims.take(state_of(in_review), redaktorka)
    fresh(in_review).current_workflow_state.cancel(user=autorka)
    assert not Claim.objects.exists()


def test_a_step_that_is_over_cannot_be_taken(in_review, redaktorka, koordynatorka) -> None:
    old = state_of(in_review)
    take_step(in_review, redaktorka)
    with pytest.raises(policy.NotYoursError):
        claims.take(old, koordynatorka)


# --- In the browser -------------------------------------------------------------------------


def test_the_button_takes_and_gives_back(in_review, redaktorka, client_as) -> None:
    browser, pk = client_as(redaktorka), state_of(in_review).pk
    answer = browser.post(reverse("approval:take_step", args=[pk]), follow=True)
    assert answer.status_code == 200
    assert Claim.objects.get().user == redaktorka
    browser.post(reverse("approval:give_back_step", args=[pk]))
    assert not Claim.objects.exists()


def test_the_author_cannot_take_the_step_by_its_address(in_review, autorka, client_as) -> None:
    answer = client_as(autorka).post(reverse("approval:take_step", args=[state_of(in_review).pk]), follow=True)
    assert answer.status_code in (200, 403)
    assert not Claim.objects.exists()


def test_following_a_link_takes_nothing(in_review, redaktorka, client_as) -> None:
    answer = client_as(redaktorka).get(reverse("approval:take_step", args=[state_of(in_review).pk]))
    assert answer.status_code == 405
    assert not Claim.objects.exists()


def test_the_button_leads_back_only_to_this_site(in_review, redaktorka, client_as) -> None:
    url = reverse("approval:take_step", args=[state_of(in_review).pk])
    answer = client_as(redaktorka).post(url, {"next": "https://elsewhere.example/"})
    assert answer.status_code == 302
    assert "elsewhere" not in answer["Location"]


def test_the_author_names_a_day_and_changes_it_while_the_text_waits(in_review, autorka, client_as) -> None:
    url = reverse("approval:needed_by", args=["wagtailcore", "page", in_review.pk])
    browser = client_as(autorka)
    assert browser.get(url).status_code == 200
    browser.post(url, {"day": "2026-12-04"})
    browser.post(url, {"day": "2026-12-07"})
    assert b"2026-12-07" in browser.get(url).content
    browser.post(url, {"day": ""})
    assert b"2026-12-07" not in browser.get(url).content


def test_who_has_nothing_to_do_with_a_text_names_no_day(in_review, autor2, client_as) -> None:
    url = reverse("approval:needed_by", args=["wagtailcore", "page", in_review.pk])
    answer = client_as(autor2).post(url, {"day": "2026-12-04"}, follow=True)
    assert b"2026-12-04" not in answer.content


def test_the_editor_offers_the_day_beside_the_text(draft, autorka, client_as) -> None:
    browser = client_as(autorka)
    editor = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    url = reverse("approval:needed_by", args=["wagtailcore", "page", draft.pk])
    assert f'action="{url}"' in browser.get(editor).content.decode()
    answer = browser.post(url, {"day": "2026-12-04", "next": editor}, follow=True)
    assert 'value="2026-12-04"' in answer.content.decode()
