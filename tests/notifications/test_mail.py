"""Who hears of what, in which words. The rows of the outbox are the mails: test_outbox.py sends them."""

import re
from datetime import date, datetime

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageSubscription

from approval import claims, deadlines, emergency, publish_guard, roles, schedule
from approval.models import Act, LedgerEntry
from approval.models.gated import record
from home.models import SiteSettings
from notifications import delivery, letters, outbox, reminders
from notifications.models import MailChoice, OutgoingMail
from tests.records import told
from tests.workflow import draft_of, form_of, fresh, in_an_hour, person, publish_properly, submit, take_step

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)


def forget() -> None:
    OutgoingMail.objects.all().delete()


def the_mail(kind: str, user):
    """The letter that `user` gets."""
    return letters.message([OutgoingMail.objects.get(kind=kind, user=user)])


def html_of(message) -> str:
    return message.alternatives[0].content


@pytest.fixture(autouse=True, scope="module")
def newsroom(module_tree) -> None:
    """Everybody is there to be written to."""
    groups = {
        roles.AUTHORS: ("autorka", "autor2"),
        roles.LANGUAGE_EDITORS: ("redaktorka",),
        roles.COORDINATORS: ("koordynatorka", "koordynator2"),
        roles.TRANSLATORS: ("tlumaczka",),
    }
    for role, logins in groups.items():
        for login in logins:
            person(login, role)
    person("admin", superuser=True)


# --- Those who can act, and nobody else -----------------------------------------------------


def test_a_submitted_text_is_told_to_those_who_can_review_it(autorka) -> None:
    submit(draft_of(autorka, "Szkolenie"), autorka)
    assert told("submitted") == {"redaktorka", "koordynatorka", "koordynator2"}
    assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {"submitted"}


def test_a_reviewer_who_wrote_it_is_not_asked(redaktorka) -> None:
    submit(draft_of(redaktorka), redaktorka)
    assert "redaktorka" not in told("submitted")


def test_passing_on_asks_only_those_who_can_approve(autorka, redaktorka) -> None:
    page = draft_of(autorka)
    submit(page, autorka)
    take_step(page, redaktorka)
    assert told("passed-on") == {"koordynatorka", "koordynator2"}


def test_a_coordinator_who_took_the_review_is_not_asked_to_approve(autorka, koordynatorka) -> None:
    page = draft_of(autorka)
    submit(page, autorka)
    take_step(page, koordynatorka)
    assert told("passed-on") == {"koordynator2"}


def test_who_left_or_has_no_address_gets_nothing(autorka, redaktorka, koordynatorka) -> None:
    redaktorka.is_active = False
    redaktorka.save()
    koordynatorka.email = ""
    koordynatorka.save()
    submit(draft_of(autorka), autorka)
    assert told("submitted") == {"koordynator2"}


def test_wagtail_sends_no_mail_of_its_own(autorka, redaktorka, koordynatorka) -> None:
    page = draft_of(autorka)
    submit(page, autorka)
    take_step(page, redaktorka, "reject", comment="Za długie.")
    submit_again(page, autorka)
    take_step(page, redaktorka)
    take_step(page, koordynatorka)
    assert mail.outbox == []


def submit_again(page, author) -> None:
    fresh(page).current_workflow_state.resume(user=author)


def test_a_text_submitted_again_is_told_again(autorka, redaktorka) -> None:
    page = draft_of(autorka)
    submit(page, autorka)
    take_step(page, redaktorka, "reject")
    forget()
    submit_again(page, autorka)
    assert told("submitted") == {"redaktorka", "koordynatorka", "koordynator2"}


def test_an_operators_command_tells_nobody(autorka) -> None:
    page = draft_of(autorka)
    with publish_guard.trusted_command("a test"):
        submit(page, autorka)
    assert not OutgoingMail.objects.exists()


# --- Decisions ------------------------------------------------------------------------------


def test_a_rejection_with_its_comment_goes_to_every_contributor(autorka, autor2, redaktorka, koordynatorka) -> None:
    page = draft_of(autorka)
    page.lead = "What somebody else wrote on"
    page.save_revision(user=autor2)
    submit(page, autorka)
    take_step(page, redaktorka)
    take_step(page, koordynatorka, "reject", comment="Brakuje daty naboru.")
    assert told("rejected") == {"autorka", "autor2"}
    message = the_mail("rejected", autor2)
    assert "Brakuje daty naboru." in message.body
    assert "Brakuje daty naboru." in html_of(message)


def test_an_approval_goes_to_the_author_with_the_public_link(autorka, redaktorka, koordynatorka) -> None:
    page = publish_properly(draft_of(autorka, "Nabór"), autorka, redaktorka, koordynatorka)
    assert told("published") == {"autorka"}
    message = the_mail("published", autorka)
    assert page.full_url in message.body
    assert f'href="{page.full_url}"' in html_of(message)
    assert koordynatorka.name in message.body


def test_approving_with_a_comment_sends_the_comment(autorka, redaktorka, koordynatorka) -> None:
    page = draft_of(autorka)
    submit(page, autorka)
    take_step(page, redaktorka, comment="Poprawiłam przecinki.")
    assert told("commented") == {"autorka"}
    assert "Poprawiłam przecinki." in the_mail("commented", autorka).body
    assert "Poprawiłam przecinki." in the_mail("passed-on", koordynatorka).body
    take_step(page, koordynatorka, comment="Świetny tekst!")
    assert "Świetny tekst!" in the_mail("published", autorka).body
    assert told("commented") == {"autorka"}


def test_a_scheduled_text_is_told_with_its_time_and_again_when_it_is_public(autorka, redaktorka, koordynatorka) -> None:
    time = in_an_hour()
    page = publish_properly(draft_of(autorka, go_live_at=time), autorka, redaktorka, koordynatorka)
    assert told("scheduled") == {"autorka"}
    assert timezone.localtime(time).strftime("%H:%M") in the_mail("scheduled", autorka).subject
    approval = LedgerEntry.objects.for_instance(page).get(act=Act.SCHEDULED)
    record(Act.PUBLISHED, page, page.get_latest_revision(), approval.digest, named=approval.named, answered=approval)
    assert told("due") == {"autorka"}


def test_a_withdrawn_approval_is_told_to_author_and_approvers(scheduled, koordynator2) -> None:
    forget()
    schedule.withdraw(scheduled, koordynator2, "Zmiana terminu debaty.")
    assert told("withdrawn") == {"autorka", "redaktorka", "koordynatorka"}
    assert OutgoingMail.objects.filter(kind="withdrawn", facts__reason="Zmiana terminu debaty.").count() == 3


def test_an_emergency_is_told_to_all_coordinators_at_once_whatever_they_chose(
    autorka, koordynatorka, koordynator2
) -> None:
    MailChoice.objects.create(user=koordynator2, when=MailChoice.When.DIGEST)
    page = draft_of(autorka)
    emergency.publish(page, koordynatorka, "Awaria wodociągu, mieszkańcy pytają.", page.get_latest_revision().pk)
    assert told("emergency") == {"koordynatorka", "koordynator2"}
    assert not OutgoingMail.objects.filter(kind="emergency", in_digest=True).exists()
    assert "Awaria wodociągu" in the_mail("emergency", koordynator2).body


def test_a_confirmed_emergency_is_told_to_all_coordinators(autorka, koordynatorka, koordynator2) -> None:
    page = draft_of(autorka)
    entry = emergency.publish(page, koordynatorka, "Awaria wodociągu, pytają.", page.get_latest_revision().pk)
    emergency.confirm(entry, koordynator2)
    assert told("confirmed") == {"koordynatorka", "koordynator2"}


def test_taking_down_is_told_to_all_coordinators(live_page, koordynatorka) -> None:
    forget()
    live_page.unpublish(user=koordynatorka)
    assert told("taken-down") == {"koordynatorka", "koordynator2"}
    assert the_mail("taken-down", koordynatorka).subject.endswith("Live")


def test_snippets_are_told_like_pages(koordynatorka, redaktorka) -> None:
    settings = SiteSettings.objects.first()
    settings.tagline = "Nowe hasło"
    settings.save_revision(user=koordynatorka)
    submit(settings, koordynatorka)
    row = OutgoingMail.objects.get(kind="submitted", user=redaktorka)
    assert row.facts["url"].startswith("http://localhost:8000/admin/")
    assert f"/{settings.pk}/" in row.facts["edit_url"]
    letters.message([row])


def test_comments_beside_a_text_go_through_the_outbox(draft, autorka, redaktorka, client_as) -> None:
    PageSubscription.objects.create(page=draft, user=autorka, comment_notifications=True)
    form = form_of(draft)
    form |= {
        "comments-TOTAL_FORMS": "1",
        "comments-0-id": "",
        "comments-0-text": "Czy to jest aktualne?",
        "comments-0-contentpath": "lead",
        "comments-0-position": "",
        "comments-0-resolved": "",
        "comments-0-DELETE": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-MIN_NUM_FORMS": "0",
        "comments-0-replies-MAX_NUM_FORMS": "0",
    }
    answer = client_as(redaktorka).post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), form)
    assert answer.status_code in (200, 302)
    assert told("comments") == {"autorka"}
    assert "Czy to jest aktualne?" in the_mail("comments", autorka).body
    assert mail.outbox == []


# --- A new password -------------------------------------------------------------------------


def ask_for_a_password(client, email: str):
    return client.post(reverse("wagtailadmin_password_reset"), {"email": email}, follow=True)


def test_a_new_password_is_offered_by_the_queue_in_the_language_of_its_owner(autorka, client) -> None:
    MailChoice.objects.create(user=autorka, when=MailChoice.When.DIGEST)
    answer = ask_for_a_password(client, autorka.email)
    assert mail.outbox == [], "nobody waits for the mail server"
    row = OutgoingMail.objects.get(kind="password")
    assert not row.in_digest
    assert "reset" not in str(row.facts), "no table holds the way to somebody's account"
    message = letters.message([row])
    assert message.to == [autorka.email]
    assert "Nowe hasło" in message.subject
    assert SiteSettings.for_language("pl").disclaimer in message.body
    link = re.search(r"http://localhost:8000(/admin/password_reset/confirm/\S+)", message.body)[1]
    assert f'href="http://localhost:8000{link}"' in html_of(message)
    assert client.get(link, follow=True).context["validlink"]
    assert ask_for_a_password(client, "nobody@koalicja.example").redirect_chain == answer.redirect_chain


def test_asking_for_a_password_again_and_again_fills_no_mailbox(autorka, client, monkeypatch) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    for _time in range(3):
        ask_for_a_password(client, autorka.email)
    assert OutgoingMail.objects.filter(kind="password").count() == 1


# --- What each person chose -----------------------------------------------------------------


def test_only_what_waits_for_me(autorka, redaktorka, koordynatorka) -> None:
    for user in (autorka, koordynatorka):
        MailChoice.objects.create(user=user, when=MailChoice.When.WAITING)
    page = publish_properly(draft_of(autorka), autorka, redaktorka, koordynatorka)
    assert told("passed-on") == {"koordynatorka", "koordynator2"}
    assert told("published") == set()
    second = draft_of(autorka, "Drugi")
    submit(second, autorka)
    take_step(second, redaktorka, "reject")
    assert told("rejected") == {"autorka"}
    assert page.live


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        ((2026, 11, 23, 6, 59), (2026, 11, 23)),
        ((2026, 11, 23, 7, 0), (2026, 11, 24)),
        ((2026, 11, 20, 15, 0), (2026, 11, 23)),  # Friday afternoon → Monday
        ((2026, 11, 10, 15, 0), (2026, 11, 12)),  # before Independence Day
        ((2026, 12, 23, 15, 0), (2026, 12, 28)),  # before Christmas
    ],
)
def test_the_digest_comes_on_the_next_working_morning(moment, morning) -> None:
    now = timezone.make_aware(datetime(*moment))
    assert outbox.next_digest(now) == timezone.make_aware(datetime(*morning, 7, 0))


def test_a_digest_is_one_mail_of_what_is_still_true(autorka, redaktorka, koordynatorka) -> None:
    MailChoice.objects.create(user=redaktorka, when=MailChoice.When.DIGEST)
    pages = [draft_of(autorka, f"Tekst {number}") for number in range(3)]
    for page in pages:
        submit(page, autorka)
    take_step(pages[0], koordynatorka)  # waits for redaktorka no more
    OutgoingMail.objects.exclude(user=redaktorka).delete()
    assert delivery.deliver().sent == 0, "the morning has not come"
    morning = OutgoingMail.objects.first().send_after
    outcome = delivery.deliver(morning)
    assert (outcome.sent, outcome.dropped) == (2, 1)
    (message,) = mail.outbox
    assert "Tekst 1" in message.body
    assert "Tekst 2" in message.body
    assert "Tekst 0" not in message.body


def test_the_choice_is_made_in_my_account(autorka, client_as) -> None:
    browser = client_as(autorka)
    page = browser.get(reverse("wagtailadmin_account")).content.decode()
    assert 'name="mail-choice-when"' in page
    assert "notifications-submitted_notifications" not in page
    assert "notifications-approved_notifications" not in page
    answer = browser.post(
        reverse("wagtailadmin_account"),
        {
            "mail-choice-when": "digest",
            "name_email-first_name": "Anna",
            "name_email-last_name": "Autorska",
            "name_email-email": autorka.email,
            "locale-preferred_language": "pl",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
        },
    )
    assert answer.status_code == 302
    assert MailChoice.objects.get(user=autorka).when == "digest"


# --- Words ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_letter_speaks_its_readers_language_in_text_and_html(autorka, redaktorka, language: str) -> None:
    redaktorka.preferred_language = language
    submit(draft_of(autorka, "Szkolenie"), autorka)
    message = the_mail("submitted", redaktorka)
    site = SiteSettings.for_language(language)
    for text in (message.body, html_of(message)):
        assert site.disclaimer in text
        assert site.funder_statement in text
        assert "Szkolenie" in text
    assert f'<html lang="{language}">' in html_of(message)
    assert "http://localhost:8000/static/img/eu-emblem.png" in html_of(message)
    assert message.extra_headers["Content-Language"] == language


def test_a_title_cannot_smuggle_headers_or_markup(autorka, redaktorka) -> None:
    page = draft_of(autorka, "<b>Nabór</b> & 100% %(who)s")
    page.title += "\r\nBcc: everyone@example.org"
    page.draft_title = page.title
    page.save_revision(user=autorka)
    submit(page, autorka)
    message = the_mail("submitted", redaktorka)
    assert "\n" not in message.subject
    assert "<b>Nabór</b>" not in html_of(message)
    assert "<b>Nabór</b> & 100% %(who)s" in message.body
    message.message().as_bytes()


def test_every_kind_can_be_written_in_both_languages(autorka) -> None:
    facts = {"title": "Tekst", "model": "news.newspage", "day": "2026-11-23", "time": "2026-11-23T10:00:00+01:00"}
    for language in ("pl", "en"):
        for kind in letters.KINDS:
            row = OutgoingMail(event=kind, user=autorka, language=language, kind=kind, facts=facts)
            message = letters.message([row])
            assert "%(" not in message.body + message.subject, kind


def test_a_submission_costs_the_same_for_two_reviewers_and_for_twenty(autorka) -> None:
    few = queries_of_submitting(draft_of(autorka, "Few"), autorka)
    for number in range(18):
        person(f"reviewer{number}", roles.LANGUAGE_EDITORS)
    many = queries_of_submitting(draft_of(autorka, "Many"), autorka)
    assert OutgoingMail.objects.count() == 3 + 21
    assert many <= few + 2


def queries_of_submitting(page, author) -> int:
    with CaptureQueriesContext(connection) as queries:
        submit(page, author)
    return len(queries)


# --- Somebody without an account ------------------------------------------------------------


def test_a_mail_goes_to_any_address_once_in_its_language_without_words_for_staff() -> None:
    for _time in range(2):
        outbox.write_to_address("event:1", "published", "gosc@example.org", "en", {"title": "Tekst"})
    outbox.write_to_address("event:1", "published", "inny@example.org", "pl", {"title": "Tekst"})
    assert delivery.deliver().sent == 2
    first, second = mail.outbox
    assert first.to == ["gosc@example.org"]
    assert first.extra_headers["Content-Language"] == "en"
    assert second.to == ["inny@example.org"]
    for text in (first.body, html_of(first)):
        assert "Hello," in text
        assert "/admin/" not in text


def test_a_corrected_address_of_an_account_gets_what_was_written_before(autorka, redaktorka) -> None:
    submit(draft_of(autorka), autorka)
    redaktorka.email = "nowy@koalicja.example"
    redaktorka.save()
    assert the_mail("submitted", redaktorka).to == ["nowy@koalicja.example"]


def test_two_people_who_share_an_address_are_both_written_to(autorka, redaktorka, koordynatorka) -> None:
    koordynatorka.email = redaktorka.email
    koordynatorka.save()
    submit(draft_of(autorka), autorka)
    assert told("submitted") == {"redaktorka", "koordynatorka", "koordynator2"}


# --- Reminders ------------------------------------------------------------------------------


@pytest.fixture
def needed_on_monday(autorka):
    page = draft_of(autorka, "Pilny")
    deadlines.set_needed_by(page, MONDAY, autorka)
    submit(page, autorka)
    forget()
    return page


def test_reminders_go_to_those_who_can_act_before_and_after(needed_on_monday) -> None:
    assert reminders.remind(date(2026, 11, 19)) == 0
    assert reminders.remind(FRIDAY) == 3
    assert told("soon") == {"redaktorka", "koordynatorka", "koordynator2"}
    assert reminders.remind(MONDAY) == 0, "nobody is told twice"
    assert reminders.remind(TUESDAY) == 3
    assert told("overdue") == {"redaktorka", "koordynatorka", "koordynator2"}


def test_nobody_is_reminded_on_a_holiday(needed_on_monday) -> None:
    assert reminders.remind(date(2026, 11, 21)) == 0


def test_whoever_took_the_step_is_reminded_alone(needed_on_monday, redaktorka) -> None:
    claims.take(fresh(needed_on_monday).current_workflow_task_state, redaktorka)
    reminders.remind(FRIDAY)
    assert told("soon") == {"redaktorka"}


def test_a_returned_text_is_the_authors_to_remember(needed_on_monday, redaktorka) -> None:
    take_step(needed_on_monday, redaktorka, "reject")
    reminders.remind(TUESDAY)
    assert told("overdue-yours") == {"autorka"}
    assert told("overdue") == set()


def test_a_changed_day_reminds_anew(needed_on_monday, autorka) -> None:
    reminders.remind(FRIDAY)
    deadlines.set_needed_by(needed_on_monday, TUESDAY, autorka)
    assert reminders.remind(MONDAY) == 3


def test_a_scheduled_text_needs_no_reminder(autorka, redaktorka, koordynatorka) -> None:
    page = draft_of(autorka, go_live_at=in_an_hour())
    deadlines.set_needed_by(page, MONDAY, autorka)
    publish_properly(page, autorka, redaktorka, koordynatorka)
    assert reminders.remind(TUESDAY) == 0


# --- With the decision, or not at all -------------------------------------------------------


def test_a_decision_that_is_rolled_back_writes_nothing(autorka) -> None:
    page = draft_of(autorka)
    with pytest.raises(RuntimeError), transaction.atomic():
        submit(page, autorka)
        raise RuntimeError("the disk is full")
    assert not OutgoingMail.objects.exists()


def test_the_same_event_is_told_once(redaktorka) -> None:
    for _time in range(2):
        outbox.write("event:1", "submitted", [redaktorka, redaktorka], {"title": "Tekst"})
    assert OutgoingMail.objects.count() == 1


def test_the_name_of_each_kind_fits_into_its_column():
    """SQLite takes any length, PostgreSQL doesn't."""
    longest = OutgoingMail._meta.get_field("kind").max_length
    assert [kind for kind in letters.KINDS if len(kind) > longest] == []
