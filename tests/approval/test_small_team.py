"""A team of two: one step suffices, and still nobody approves what they wrote."""

import html

import pytest
from django.core.management import call_command

from tests.approval.attacks import press
from tests.workflow import (
    create_url,
    draft_of,
    edit_url,
    fresh,
    news_index,
    nothing_changes_for_visitors,
    submit,
    take_step,
    what_visitors_see,
)


@pytest.fixture
def in_one_step(db, settings) -> None:
    settings.APPROVAL_IN_ONE_STEP = True
    call_command("setup_site")


def steps() -> list[str]:
    return [task.specific.step for task in news_index().get_workflow().tasks]


def test_the_setting_decides_on_the_steps_again_and_again(settings, in_one_step):
    assert steps() == ["approval"]
    call_command("setup_site")
    assert steps() == ["approval"]
    settings.APPROVAL_IN_ONE_STEP = False
    call_command("setup_site")
    assert steps() == ["review", "approval"]


def test_each_approves_what_the_other_one_wrote(in_one_step, client_as, koordynatorka, koordynator2):
    for writer, other in ((koordynatorka, koordynator2), (koordynator2, koordynatorka)):
        page = draft_of(writer, f"By {writer.username}")
        submit(page, writer)
        with nothing_changes_for_visitors(page):
            press(client_as(writer), page)
        press(client_as(other), page)
        assert what_visitors_see(page)[0] == 200


def test_two_are_warned_of_two_steps_and_not_of_one(settings, client_as, koordynatorka, koordynator2):
    def warned(address: str) -> bool:
        return "nie zostałby nikt" in html.unescape(client_as(koordynatorka).get(address).content.decode())

    addresses = (create_url(news_index()), edit_url(draft_of(koordynatorka)))
    assert all(warned(address) for address in addresses)
    settings.APPROVAL_IN_ONE_STEP = True
    call_command("setup_site")
    assert not any(warned(address) for address in addresses)


def test_a_text_that_waits_at_the_review_goes_on(settings, autorka, redaktorka, koordynatorka, in_review):
    settings.APPROVAL_IN_ONE_STEP = True
    call_command("setup_site")
    take_step(in_review, redaktorka)
    take_step(in_review, koordynatorka)
    assert fresh(in_review).live
