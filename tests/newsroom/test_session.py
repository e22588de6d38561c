"""A session ends while somebody writes: nothing is saved that shouldn't be, and no word is lost."""

import errno
import re
from html import unescape

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.workflow import SMUGGLED, edit_url, form_of, fresh, log_in

SESSION = reverse("newsroom:session")
HERE = "http://testserver"
NEW = "Words “typed” after\nthe session ended"
SCRIPT = {"accept": "application/json"}


def strict(user=None) -> Client:
    """A browser whose forms need their token."""
    browser = Client(enforce_csrf_checks=True)
    if user:
        browser.force_login(user)
    return browser


def newest_lead(page) -> str:
    return fresh(page).get_latest_revision_as_object().lead


def kept(answer) -> dict[str, str]:
    """The form that the page holds."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.content.decode())
    return {name: unescape(value) for name, value in found}


def test_a_form_that_arrives_after_its_session_is_kept_word_for_word(draft):
    answer = Client(headers={"origin": HERE}).post(edit_url(draft), form_of(draft, lead=NEW))
    assert kept(answer)["lead"] == NEW
    assert reverse("wagtailadmin_login") in answer.content.decode()
    assert newest_lead(draft) != NEW


def test_a_form_with_the_token_of_an_earlier_session_is_kept_and_can_be_sent(draft, autorka):
    browser = strict(autorka)
    browser.get(edit_url(draft))
    stale = form_of(draft, lead=NEW) | {"csrfmiddlewaretoken": "a" * 64}
    answer = browser.post(edit_url(draft), stale, headers={"origin": HERE})
    assert newest_lead(draft) != NEW, "nothing is sent again by itself"
    assert autorka.name in answer.content.decode(), "it says under whose name"
    browser.post(edit_url(draft), kept(answer), headers={"origin": HERE})
    assert newest_lead(draft) == NEW


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", None])
def test_no_other_site_gets_its_form_offered_with_our_token(draft, autorka, origin):
    browser = strict(autorka)
    headers = {"origin": origin} if origin else {}
    answer = browser.post(edit_url(draft), form_of(draft, lead=SMUGGLED), headers=headers)
    assert answer.status_code == 403
    assert SMUGGLED not in answer.content.decode()
    assert kept(answer) == {}


def test_a_decision_is_made_by_whoever_saw_the_text_and_only_its_words_are_kept(in_approval, koordynator2):
    step = in_approval.current_workflow_task_state
    address = reverse("newsroom:decide", args=[step.pk])
    decision = {"action": "approve", "comment": NEW, "shown": str(in_approval.latest_revision_id)}
    answer = strict(koordynator2).post(address, decision, headers={"origin": HERE})
    assert kept(answer) == {}
    assert NEW in unescape(answer.content.decode())
    assert address in answer.content.decode()
    assert fresh(in_approval).current_workflow_task_state.pk == step.pk


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (OperationalError("database or disk is full"), 503),
        (OSError(errno.ENOSPC, "No space left on device"), 503),
        (RuntimeError("broken on purpose"), 500),
    ],
)
def test_a_form_that_meets_a_fault_is_kept_and_can_be_sent_again(draft, autorka, monkeypatch, fault, status):
    def fail(*args, **kwargs):
        raise fault

    browser = strict(autorka)
    browser.raise_request_exception = False
    browser.get(edit_url(draft))
    sent = form_of(draft, lead=NEW) | {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    with monkeypatch.context() as broken:
        broken.setattr(type(draft), "save_revision", fail)
        answer = browser.post(edit_url(draft), sent, headers={"origin": HERE})
        assert answer.status_code == status
        elsewhere = browser.post(edit_url(draft), sent, headers={"origin": "https://elsewhere.example"})
        assert kept(elsewhere) == {}
    browser.post(edit_url(draft), kept(answer), headers={"origin": HERE})
    assert newest_lead(draft) == NEW


def test_a_decision_that_meets_a_fault_is_not_offered_again_but_its_words_are(in_approval, koordynator2, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("the connection is closed")

    address = reverse("newsroom:decide", args=[in_approval.current_workflow_task_state.pk])
    browser = Client(raise_request_exception=False)
    browser.force_login(koordynator2)
    monkeypatch.setattr(SessionStore, "load", fail)  # nobody knows who it is
    answer = browser.post(address, {"action": "reject", "comment": NEW}, headers={"origin": HERE})
    assert (answer.status_code, kept(answer)) == (503, {})
    assert NEW in unescape(answer.content.decode())


def test_a_password_is_never_put_into_a_page(autorka):
    address = reverse("wagtailadmin_account")
    sent = {"password-old_password": "sesame", "name": "x"}
    answer = strict(autorka).post(address, sent, headers={"origin": HERE})
    assert "sesame" not in answer.content.decode()


def test_a_login_form_that_was_open_too_long_opens_again(db):
    address = reverse("wagtailadmin_login")
    answer = strict().post(address, {"username": "autorka", "password": "sesame"}, headers={"origin": HERE})
    assert (answer.status_code, answer["location"]) == (302, address)


def test_autosave_hears_that_it_was_logged_out(draft):
    answer = Client().post(edit_url(draft), form_of(draft, lead=NEW), headers=SCRIPT)
    assert (answer.status_code, answer.json()["error_code"]) == (401, "logged_out")


def test_autosave_hears_that_somebody_logged_in_meanwhile(draft, autorka):
    answer = strict(autorka).post(edit_url(draft), form_of(draft, lead=NEW), headers=SCRIPT)
    assert (answer.status_code, answer.json()["error_code"]) == (403, "stale_token")
    assert newest_lead(draft) != NEW


def test_scripts_learn_who_is_logged_in_and_nothing_where_nobody_is(autorka):
    answer = log_in(autorka).get(SESSION, headers=SCRIPT).json()
    assert (answer["user"], answer["name"]) == (autorka.pk, autorka.name)
    nobody = Client().get(SESSION, headers=SCRIPT)
    assert (nobody.status_code, "token" in nobody.json()) == (401, False)
    assert log_in(autorka).post(SESSION).status_code == 405


@pytest.mark.parametrize("where", ["editor", "decision"])
def test_the_session_is_watched_wherever_somebody_writes(client_as, redaktorka, in_review, where):
    step = in_review.current_workflow_task_state
    address = edit_url(in_review) if where == "editor" else reverse("newsroom:decide", args=[step.pk])
    page = client_as(redaktorka).get(address).content.decode()
    assert f'data-session="{SESSION}" data-user="{redaktorka.pk}"' in page
