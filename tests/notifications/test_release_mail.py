"""Who hears of texts that go live together: a working day before, when they did, and when they couldn't."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from approval import deadlines, releases, roles, submissions
from approval.models import Release
from news.models import NewsPage
from notifications import delivery, reminders
from notifications.letters import is_of_use, item_of, message
from notifications.models import OutgoingMail
from tests.approval.release_scene import Pair, together, two_drafts
from tests.newsroom.test_decision import decide_url
from tests.records import told
from tests.workflow import draft_of, fresh, in_an_hour, person, submit, take_step

WEDNESDAY = timezone.make_aware(datetime(2030, 5, 8, 10, 0))
"""The Tuesday and the Monday before are working days; the Friday, Saturday and Sunday before them are too, or not."""


def newest(kind: str) -> OutgoingMail:
    return OutgoingMail.objects.filter(kind=kind).latest("pk")


def remind_on(day: datetime) -> int:
    return reminders.remind(day.date(), day)


def test_whoever_can_begin_the_translation_hears_of_it_once_its_original_was_sent(
    autorka, tlumaczka, redaktorka, koordynatorka
):
    page, other = draft_of(autorka), draft_of(autorka, "Sent before")
    together(page, autorka)
    assert not told("together"), "a mere draft is nobody's to translate"
    submit(page, autorka)
    assert told("together") == {"tlumaczka"}
    submit(other, autorka)
    together(other, autorka, WEDNESDAY)
    assert told("together-at") == {"tlumaczka", "redaktorka", "koordynatorka"}, "and who can take its step"


def late_letter(user) -> str:
    return message([OutgoingMail.objects.get(kind="release-late", user=user)]).body


def test_the_original_that_went_alone_is_not_said_to_be_public_in_both_languages(
    autorka, tlumaczka, redaktorka, koordynatorka, monkeypatch
):
    polish, english = two_drafts(autorka, tlumaczka)
    time = in_an_hour()
    release = together(polish, autorka, time, Release.Rule.ALONE)
    Pair(polish, english, release, autorka, tlumaczka, redaktorka, koordynatorka).approve(polish)
    monkeypatch.setattr(timezone, "now", lambda: time + timedelta(minutes=5))
    call_command("publish_scheduled")
    assert fresh(polish).live
    assert told("due") == {"autorka"}
    assert told("release-went-alone") == {"tlumaczka", "redaktorka", "koordynatorka"}, "theirs to read, once it is sent"
    assert not told("released")


class TestOfAPair:
    @pytest.fixture(scope="class")
    @classmethod
    def made_once(cls, tree) -> tuple[int, int, int]:
        author, translator = person("autorka", roles.AUTHORS), person("tlumaczka", roles.TRANSLATORS)
        person("redaktorka", roles.LANGUAGE_EDITORS)
        person("koordynatorka", roles.COORDINATORS)
        polish, english = two_drafts(author, translator)
        return polish.pk, english.pk, together(polish, author, WEDNESDAY).pk

    @pytest.fixture
    def pair(self, made_once, autorka, tlumaczka, redaktorka, koordynatorka) -> Pair:
        polish, english = (NewsPage.objects.get(pk=pk) for pk in made_once[:2])
        release = Release.objects.get(pk=made_once[2])
        return Pair(polish, english, release, autorka, tlumaczka, redaktorka, koordynatorka)

    def test_everybody_concerned_hears_a_working_day_before_and_once(self, pair):
        submit(pair.polish, pair.author)
        assert remind_on(WEDNESDAY - timedelta(days=2)) == 0
        assert remind_on(WEDNESDAY - timedelta(days=1)) > 0
        assert remind_on(WEDNESDAY - timedelta(days=1, hours=-2)) == 0
        assert told("release-soon") == {"autorka", "tlumaczka", "redaktorka", "koordynatorka"}

    def test_nobody_is_reminded_of_what_is_ready(self, pair):
        pair.approve(pair.polish)
        pair.approve(pair.english)
        assert remind_on(WEDNESDAY - timedelta(days=1)) == 0

    def test_whoever_read_one_and_would_read_the_other_hears_that_it_is_late(self, pair):
        remind_on(WEDNESDAY - timedelta(days=1))
        assert "redaktorka" in told("release-soon"), "nobody has sent either, and both will be hers to read"

    def test_what_is_approved_and_waits_for_its_other_language_is_not_with_its_author(self, pair):
        pair.approve(pair.polish)
        deadlines.set_needed_by(pair.polish, WEDNESDAY.date(), pair.author)
        remind_on(WEDNESDAY - timedelta(days=1))
        assert not told("soon-yours")

    def test_the_rule_is_in_the_words(self, pair, monkeypatch):
        Release.objects.update(rule=Release.Rule.ALONE)
        remind_on(WEDNESDAY - timedelta(days=1))
        assert told("release-soon-alone")
        pair.approve(pair.english)
        monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY + timedelta(minutes=5))
        call_command("publish_scheduled")
        assert "Polska wersja nie jest jeszcze zatwierdzona" in item_of(newest("release-late-alone")).lead
        assert not told("release-late")

    def test_those_concerned_and_nobody_else_hear_that_it_is_arranged_moved_and_ended_but_not_who_does_it(
        self, pair, koordynator2
    ):
        # "pair" was made by the author, before anybody had sent anything.
        assert told("together-at") == {"tlumaczka"}
        pair.approve(pair.polish)
        releases.move(pair.release.pk, WEDNESDAY + timedelta(hours=1), koordynator2)
        concerned = {"autorka", "tlumaczka", "redaktorka", "koordynatorka"}
        assert told("together-moved") == concerned
        assert "10:00" not in item_of(newest("together-moved")).lead
        assert "11:00" in item_of(newest("together-moved")).lead
        releases.move(pair.release.pk, None, pair.approver)
        assert told("together-moved-ready") == concerned - {"koordynatorka"}
        submit(pair.english, pair.translator)
        releases.withdraw(pair.release.pk, koordynator2, "Nie\x00 razem")
        assert told("together-ended-again") == concerned
        assert item_of(newest("together-ended-again")).quote == "Nie razem"
        assert not told("withdrawn"), "one mail for both texts"
        everyone = OutgoingMail.objects.filter(kind__startswith="together").values_list("user", "event")
        assert len(everyone) == len(set(everyone))

    def test_another_rule_is_told_as_a_rule_and_not_as_another_time(self, pair, koordynator2):
        releases.move(pair.release.pk, WEDNESDAY, koordynator2, Release.Rule.ALONE)
        assert told("together-at-alone")
        assert not told("together-moved")

    def test_nobody_hears_of_a_time_that_lets_both_go_live_at_once(self, pair, koordynator2):
        pair.approve(pair.polish)
        pair.approve(pair.english)
        releases.move(pair.release.pk, None, koordynator2)
        assert not told("together-moved-ready")
        assert told("released")

    def test_when_the_time_has_come_and_one_is_not_ready_all_hear_once(self, pair, monkeypatch):
        pair.approve(pair.polish)
        monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY + timedelta(minutes=5))
        call_command("publish_scheduled")
        call_command("publish_scheduled")
        assert told("release-late") >= {"autorka", "tlumaczka", "koordynatorka"}
        mails = OutgoingMail.objects.filter(kind="release-late").values_list("user", flat=True)
        assert len(mails) == len(set(mails))
        # It says which text isn't ready, who has it, and where; the author can't go there.
        to_the_text = f"/admin/pages/{pair.english.pk}/edit/"
        for_translator, for_author = late_letter(pair.translator), late_letter(pair.author)
        for letter in (for_translator, for_author):
            assert "Pair in English" in letter and pair.translator.name in letter
        assert to_the_text in for_translator and to_the_text not in for_author
        submit(pair.english, pair.translator)
        assert pair.reviewer.name in late_letter(pair.author)
        assert decide_url(pair.english) in late_letter(pair.reviewer)
        take_step(pair.english, pair.reviewer)
        take_step(pair.english, pair.approver)
        assert not any(is_of_use(row) for row in OutgoingMail.objects.filter(kind="release-late")), "true no more"

    def test_both_languages_sent_together_are_one_mail_that_names_both(self, pair, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            submit(pair.polish, pair.author)
            submit(pair.english, pair.translator)
            submit(draft_of(pair.author, "Another text"), pair.author)
        to_reviewer = [letter for letter in mail.outbox if letter.to == [pair.reviewer.email]]
        both, other = sorted(to_reviewer, key=lambda letter: "Another" in letter.subject)
        assert "„Pair”, „Pair in English”" in both.subject
        assert decide_url(pair.polish) in both.body and decide_url(pair.english) in both.body
        assert "Another text" not in both.body and "Another text" in other.body

    def test_where_one_of_both_is_taken_back_the_mail_tells_of_the_other(self, pair):
        submit(pair.polish, pair.author)
        submit(pair.english, pair.translator)
        submissions.take_back(pair.english, fresh(pair.english).current_workflow_state, pair.translator)
        delivery.deliver()
        (letter,) = (letter for letter in mail.outbox if letter.to == [pair.reviewer.email])
        assert decide_url(pair.polish) in letter.body and "Pair in English" not in letter.body + letter.subject

    def test_whoever_wrote_one_of_them_hears_that_both_are_public(self, pair, monkeypatch):
        pair.approve(pair.polish)
        pair.approve(pair.english)
        monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY + timedelta(minutes=5))
        call_command("publish_scheduled")
        assert fresh(pair.polish).live
        assert told("held") == told("released") == {"autorka", "tlumaczka"}
