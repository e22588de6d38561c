"""From the outbox to a real mail server: nothing lost, no mail in the way of another, and an operator who knows."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from notifications import delivery, health, outbox, tasks
from notifications.models import LONGEST_WAIT, MailChoice, OutgoingMail
from site_config import settings as site_settings
from tests.workflow import draft_of, fresh, submit, take_step

ALL = ["koordynator2@koalicja.example", "koordynatorka@koalicja.example", "redaktorka@koalicja.example"]
State = OutgoingMail.State


def later(minutes: int = 0, **more: Any):
    return timezone.now() + timedelta(minutes=minutes, **more)


def states() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("state", flat=True))


# --- The usual way --------------------------------------------------------------------------


def test_each_receiver_gets_one_mail_with_text_and_html(three_mails, server) -> None:
    assert delivery.deliver().sent == 3
    assert server.receivers == ALL
    for mail in server.mails:
        assert mail["Auto-Submitted"] == "auto-generated"
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert delivery.deliver().sent == 0
    assert len(server.mails) == 3


def test_a_mail_is_sent_after_the_decision_is_safe(
    autorka, redaktorka, server, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        submit(draft_of(autorka), autorka)
        assert server.mails == [], "the decision may still be rolled back"
    assert callbacks
    assert server.receivers == [redaktorka.email]


def test_a_mail_server_that_is_down_stops_no_decision(
    autorka, redaktorka, server, django_capture_on_commit_callbacks
) -> None:
    server.stop()
    with django_capture_on_commit_callbacks(execute=True):
        state = submit(draft_of(autorka), autorka)
    assert state.status == "in_progress"
    assert OutgoingMail.objects.get().state == State.WAITING


# --- The mail server fails ------------------------------------------------------------------


def test_nothing_is_lost_while_the_server_is_down_and_the_try_is_repeated(three_mails, server) -> None:
    server.stop()
    assert delivery.deliver().put_off == 1, "one try tells enough"
    assert states() == [State.WAITING] * 3
    row = OutgoingMail.objects.get(attempts=1)
    assert "Refused" in row.error
    server.start()
    assert delivery.deliver().sent == 2, "the one that was tried waits for its pause"
    assert delivery.deliver(later(2)).sent == 1
    assert server.receivers == ALL


def test_pauses_grow_and_end_with_an_operator(three_mails, server) -> None:
    OutgoingMail.objects.exclude(user__username="redaktorka").delete()
    server.on_address = lambda address: "451 try later"
    pauses, now = [], timezone.now()
    while OutgoingMail.objects.get().state == State.WAITING:
        delivery.deliver(now)
        row = OutgoingMail.objects.get()
        pauses.append(row.send_after - now)
        now = row.send_after
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=1)
    assert len(pauses) == delivery.TRIES
    assert timedelta(days=6) < sum(pauses, timedelta()) < timedelta(days=9)
    assert OutgoingMail.objects.get().state == State.FAILED
    assert health.waiting().failed == 1
    server.on_address = lambda address: "250 OK"
    assert delivery.release() == 1
    assert delivery.deliver().sent == 1


def test_one_refused_address_stops_no_other(three_mails, server) -> None:
    server.on_address = lambda address: "550 no such person" if address.startswith("koordynatorka") else "250 OK"
    outcome = delivery.deliver()
    assert (outcome.sent, outcome.put_off) == (2, 1)
    assert "550" in OutgoingMail.objects.get(state=State.WAITING).error


def test_a_text_that_the_server_refuses_is_tried_again(three_mails, server) -> None:
    server.on_mail = lambda mail: "452 disk full"
    assert delivery.deliver().put_off == 3
    server.on_mail = lambda mail: "250 OK"
    assert delivery.deliver(later(2)).sent == 3
    assert server.receivers == ALL


def test_a_server_that_dies_between_two_mails_gets_each_once(three_mails, server) -> None:
    def die(mail: Any) -> str:
        server.on_address = lambda address: "421 going down"
        return "250 OK"

    server.on_mail = die
    outcome = delivery.deliver()
    assert outcome.sent == 1
    server.on_address = server.on_mail = lambda _any: "250 OK"
    delivery.deliver(later(2))
    assert server.receivers == ALL


def test_a_mail_of_which_nobody_knows_whether_it_left_is_sent_again_rather_than_lost(three_mails, server) -> None:
    """It did leave, in this test: its receiver gets it twice, and the number tells."""
    server.dies_after_mail = True
    assert delivery.deliver().put_off == 3
    server.dies_after_mail = False
    assert delivery.deliver(later(2)).sent == 3
    assert server.receivers == sorted(ALL * 2)
    assert len({mail["Message-ID"] for mail in server.mails}) == 3


@pytest.mark.parametrize("door", [{"EMAIL_HOST_USER": "site", "EMAIL_HOST_PASSWORD": "wrong"}, {"EMAIL_USE_TLS": True}])
def test_a_server_that_lets_nobody_in_gets_no_mail_by_another_way(three_mails, server, settings, door) -> None:
    """Nor in the clear where the settings ask for encryption. One try tells enough."""
    for name, value in door.items():
        setattr(settings, name, value)
    assert delivery.deliver().put_off == 1
    assert server.mails == []
    assert OutgoingMail.objects.filter(attempts=0).count() == 2


def test_a_server_that_hangs_at_one_mail_gets_the_others_now_and_that_one_later(three_mails, server, settings) -> None:
    settings.EMAIL_TIMEOUT = 1
    server.hangs_at_address = "koordynator2"
    outcome = delivery.deliver()
    assert (outcome.sent, outcome.put_off) == (2, 1)
    server.hangs_at_address = ""
    assert delivery.deliver(later(2)).sent == 1
    assert server.receivers == ALL


def test_a_letter_that_cannot_be_written_stops_no_other(three_mails, server) -> None:
    OutgoingMail.objects.filter(user__username="redaktorka").update(kind="from-the-future")
    outcome = delivery.deliver()
    assert (outcome.sent, outcome.put_off) == (2, 1)
    assert "from-the-future" in OutgoingMail.objects.get(state=State.WAITING).error


def test_what_waits_for_somebody_no_more_is_not_sent(autorka, redaktorka, three_mails, server) -> None:
    redaktorka.groups.clear()
    outcome = delivery.deliver()
    assert (outcome.sent, outcome.dropped) == (2, 1)
    assert redaktorka.email not in server.receivers


def test_nobody_is_asked_to_correct_what_was_deleted(autorka, redaktorka, server) -> None:
    page = draft_of(autorka)
    submit(page, autorka)
    take_step(page, redaktorka, "reject", comment="Popraw.")
    fresh(page).delete()
    assert OutgoingMail.objects.filter(kind="rejected").exists()
    delivery.deliver()
    assert server.mails == []


# --- Workers --------------------------------------------------------------------------------


def test_a_job_sends_its_own_row_at_once(three_mails, server) -> None:
    row = OutgoingMail.objects.get(user__username="redaktorka")
    tasks.send_mail.enqueue(row.pk)
    assert server.receivers == [row.address]
    tasks.send_mail.enqueue(row.pk)
    assert len(server.mails) == 1, "another job for the same row finds nothing to do"


def test_a_row_is_held_by_one_worker_at_a_time(three_mails) -> None:
    now = timezone.now()
    for row in OutgoingMail.objects.all():
        assert delivery.claim(row.pk, now) == [row]
        assert delivery.claim(row.pk, now) == []
        assert delivery.claim(row.pk, now + delivery.HOLD) == [row], "a worker that died lets go of it"


def test_a_row_is_held_longer_than_a_slow_mail_server_may_take() -> None:
    """From its greeting to its last word it answers about a dozen times."""
    assert timedelta(seconds=12 * site_settings.EMAIL_TIMEOUT) <= delivery.HOLD


@pytest.mark.parametrize("days", [3650, 2])
def test_a_clock_that_was_ahead_holds_no_mail_for_days(three_mails, server, days: int) -> None:
    delivery.claim(OutgoingMail.objects.first().pk, timezone.now() + timedelta(days=days))
    assert delivery.deliver().sent == 3


def test_no_pause_is_longer_than_a_wrong_clock_is_believed() -> None:
    assert max(*delivery.PAUSES, delivery.LONGEST_PAUSE, delivery.HOLD) < LONGEST_WAIT


def test_a_digest_is_held_as_a_whole(redaktorka) -> None:
    MailChoice.objects.create(user=redaktorka, when=MailChoice.When.DIGEST)
    for number in range(3):
        outbox.write(f"event:{number}", "confirmed", [redaktorka], {"title": "Tekst"})
    rows = list(OutgoingMail.objects.all())
    morning = rows[0].send_after
    assert delivery.claim(rows[1].pk, morning) == rows
    assert delivery.claim(rows[0].pk, morning) == []


class Killed(BaseException):
    """Ends a worker as SIGKILL does: nothing can be tidied up. (test_workers.py does it for real, once.)"""


@pytest.mark.parametrize("has_left", [False, True], ids=["before the server has it", "after the server has it"])
def test_a_worker_killed_while_it_sends_loses_nothing(three_mails, server, monkeypatch, has_left: bool) -> None:
    OutgoingMail.objects.exclude(user__username="redaktorka").delete()

    def die(self: Any, messages: Any) -> None:
        if has_left:
            send_messages(self, messages)
        raise Killed

    send_messages = EmailBackend.send_messages
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(EmailBackend, "send_messages", die)
        delivery.deliver()
    assert delivery.deliver().sent == 0, "somebody may be sending it at this moment"
    assert health.waiting(later(21)).count == 1, "an operator would hear of it"
    assert delivery.deliver(timezone.now() + delivery.HOLD).sent == 1
    assert server.receivers == [ALL[2]] * (1 + has_left)
    assert len({mail["Message-ID"] for mail in server.mails}) == 1


# --- The operator ---------------------------------------------------------------------------


def test_the_operator_sees_what_waits_and_since_when(three_mails, server) -> None:
    assert health.waiting().is_well, "a fresh mail is no trouble"
    OutgoingMail.objects.update(created_at=later(-30), send_after=later(-30))
    state = health.waiting()
    assert state.count == 3
    assert state.sentences()
    with pytest.raises(SystemExit):
        call_command("check_mail_queue", stderr=StringIO())
    call_command("send_mail_queue", verbosity=0)
    assert health.waiting().is_well
    call_command("check_mail_queue", stdout=StringIO())


def test_the_operator_hears_of_an_approved_time_that_passed_unnoticed(scheduled) -> None:
    OutgoingMail.objects.all().delete()
    due = scheduled.get_latest_revision().approved_go_live_at
    assert health.waiting(due).is_well, "the scheduler comes by every five minutes"
    state = health.waiting(due + timedelta(minutes=11))
    assert state.unpublished == 1
    assert not state.is_well
    assert state.sentences()


def test_only_administrators_see_it_on_their_desk(three_mails, admin, autorka, client_as) -> None:
    OutgoingMail.objects.update(state=State.FAILED)
    dashboard = reverse("wagtailadmin_home")
    with translation.override("pl"):
        sentence = escape(health.waiting().sentences()[0])
    assert sentence in client_as(admin).get(dashboard).content.decode()
    assert sentence not in client_as(autorka).get(dashboard).content.decode()


def test_what_was_tried_in_vain_is_seen_during_its_pause(three_mails, server) -> None:
    server.stop()
    delivery.deliver()
    OutgoingMail.objects.update(created_at=later(-30))
    OutgoingMail.objects.filter(attempts=0).delete()
    assert health.waiting().count == 1
