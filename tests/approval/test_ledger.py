"""The publication record: complete, in words, exported, recomputed; refusals that a person can read."""

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import DraftStateMixin, GroupPagePermission, Locale, Page, Revision, WorkflowState

from approval import checks, roles
from approval.checks import check_nobody_holds_publish
from approval.models import Act, GatedMixin, LedgerEntry, LedgerPerson
from home.models import SiteSettings
from tests import factories
from tests.records import last
from tests.workflow import (
    SMUGGLED,
    draft_of,
    edit_url,
    form_of,
    fresh,
    news_index,
    publish_properly,
    submit,
    take_step,
    task_url,
)

LEDGER = reverse("approval:ledger")


def titles(browser: Client, **filters: Any) -> set[str]:
    answer = browser.get(LEDGER, {"export": "csv", **filters})
    text = b"".join(answer.streaming_content).decode()
    return {row[2] for row in list(csv.reader(io.StringIO(text)))[1:]}


# --- What it says ---------------------------------------------------------------------------


def test_publication_names_version_digest_writers_approvers_and_comments(autorka, redaktorka, koordynatorka):
    page = draft_of(autorka, "WithRecord")
    submit(page, autorka)
    take_step(page, redaktorka, comment="Przecinki poprawne")
    take_step(page, koordynatorka, comment="Dobrze")
    entry = last(page)
    page = fresh(page)
    assert (entry.act, entry.revision_number) == (Act.PUBLISHED, page.live_revision_id)
    assert len(entry.digest) == 64
    assert [person.name for person in entry.contributors] == [autorka.name]
    assert [(person.name, person.step_key, person.comment) for person in entry.approvals] == [
        (redaktorka.name, "review", "Przecinki poprawne"),
        (koordynatorka.name, "approval", "Dobrze"),
    ]


def test_ledger_takes_nothing_back(live_page):
    entry = last(live_page)
    entry.reason = "Another story"
    (writer,) = entry.contributors
    writer.name = "Somebody else"
    for act in (
        entry.save,
        entry.delete,
        LedgerEntry.objects.all().delete,
        lambda: LedgerEntry.objects.update(reason="Another story"),
        writer.save,
        writer.delete,
        entry.people.all().delete,
        lambda: entry.people.update(name="Somebody else"),
    ):
        with pytest.raises(TypeError):
            act()
    assert last(live_page).reason == ""
    assert last(live_page).contributors[0].name != "Somebody else"


def test_names_stay_as_they_were_when_people_are_renamed_or_leave(live_page, autorka, koordynatorka):
    before = [(person.user_id, person.name) for person in last(live_page).named]
    autorka.last_name = "Nowa"
    autorka.save()
    koordynatorka.delete()
    assert [(person.user_id, person.name) for person in last(live_page).named] == before


def test_history_of_a_page_tells_it_in_words(live_page, autorka, redaktorka, koordynatorka, client_as):
    shown = client_as(autorka).get(reverse("wagtailadmin_pages:history", args=[live_page.pk])).content.decode()
    timeline = shown[shown.index("record-timeline") :]
    for name in (autorka.name, redaktorka.name, koordynatorka.name):
        assert name in timeline


def test_history_of_a_snippet_tells_it_in_words(tlumaczka, redaktorka, koordynatorka, client_as):
    settings = SiteSettings.objects.get(locale=Locale.get_default())
    settings.tagline = "Another line"
    settings.save_revision(user=tlumaczka, log_action=True)
    publish_properly(settings, tlumaczka, redaktorka, koordynatorka)
    url = reverse("wagtailsnippets_home_sitesettings:history", args=[settings.pk])
    shown = client_as(koordynatorka).get(url).content.decode()
    timeline = shown[shown.index("record-timeline") :]
    for name in (tlumaczka.name, redaktorka.name, koordynatorka.name):
        assert name in timeline


def test_who_approved_last_time_may_write_next_time_and_the_other_way_round(autorka, redaktorka, koordynatorka):
    """Two coordinators and a reviewer are enough for ever: old hands don't stay in new texts."""
    second = autorka
    second.groups.add(Group.objects.get(role__key=roles.COORDINATORS.key))
    page = publish_properly(draft_of(second, "Turns"), second, redaktorka, koordynatorka)
    page.lead = "Second text"
    page.save_revision(user=koordynatorka, log_action=True)
    page = publish_properly(page, koordynatorka, redaktorka, second)
    assert last(page).act == Act.PUBLISHED
    assert [person.user_id for person in last(page).contributors] == [koordynatorka.pk]


# --- The report -----------------------------------------------------------------------------


def test_report_is_for_those_who_may_see_it(live_page, autorka, koordynatorka, client_as):
    assert client_as(autorka).get(LEDGER).status_code == 302
    shown = client_as(koordynatorka).get(LEDGER)
    assert shown.status_code == 200
    assert live_page.title in shown.content.decode()
    assert LEDGER in client_as(koordynatorka).get(reverse("wagtailadmin_home")).content.decode()


def test_report_filters_by_act_person_type_language_and_dates(
    live_page, scheduled, tlumaczka, redaktorka, autorka, koordynatorka, client_as
):
    english = publish_properly(draft_of(tlumaczka, "English", language="en"), tlumaczka, redaktorka, koordynatorka)
    browser = client_as(koordynatorka)
    news = ContentType.objects.get_for_model(live_page).pk
    index = ContentType.objects.get_for_model(news_index()).pk
    assert titles(browser, act="scheduled") == {scheduled.title}
    assert titles(browser, person=tlumaczka.pk) == {english.title}
    assert {live_page.title, scheduled.title, english.title} == titles(browser, person=redaktorka.pk)
    assert titles(browser, type=news) == {live_page.title, scheduled.title, english.title}
    assert live_page.title not in titles(browser, type=index)
    settings = ContentType.objects.get_for_model(SiteSettings).pk
    assert titles(browser, type=settings) == {str(one) for one in SiteSettings.objects.all()}
    assert english.title in titles(browser, language="en")
    assert live_page.title not in titles(browser, language="en")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert titles(browser, at_from=tomorrow) == set()
    assert live_page.title in titles(browser, at_to=tomorrow)


def test_exports_have_ordinary_spaces(client_as, koordynatorka, autorka, redaktorka):
    page = publish_properly(draft_of(autorka, "Gala\u00a0w\u202fmaju"), autorka, redaktorka, koordynatorka)
    for name in ("approval:ledger", "translation:report", "newsroom:archive"):
        if name == "newsroom:archive":
            page.unpublish(user=koordynatorka)
        for kind in ("csv", "xlsx"):
            answer = client_as(koordynatorka).get(reverse(name), {"export": kind})
            content = b"".join(answer.streaming_content)
            if kind == "xlsx":
                rows = openpyxl.load_workbook(io.BytesIO(content)).active.values
                content = " ".join(str(cell) for row in rows for cell in row).encode()
            text = content.decode()
            assert "Gala w maju" in text, (name, kind)
            assert not set("\u00a0\u202f") & set(text), (name, kind)


def test_report_exports_a_spreadsheet_without_formulas(autorka, redaktorka, koordynatorka, client_as):
    publish_properly(draft_of(autorka, "=1+1"), autorka, redaktorka, koordynatorka)
    answer = client_as(koordynatorka).get(LEDGER, {"export": "xlsx", "act": "published"})
    document = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    row = next(row for row in document.iter_rows(values_only=True) if row[2].endswith("1+1"))
    assert row[2] == "'=1+1"
    assert autorka.name in row[6]
    assert koordynatorka.name in row[7]


def test_report_costs_the_same_for_two_rows_and_for_twenty(
    live_page, autorka, redaktorka, koordynatorka, client_as, django_assert_max_num_queries
):
    browser = client_as(koordynatorka)
    browser.get(LEDGER)
    # session, user, permissions, count, entries, filters and the menu; nothing for a row
    with django_assert_max_num_queries(40):
        browser.get(LEDGER)


# --- The proof ------------------------------------------------------------------------------


def verify(capsys) -> tuple[int, str]:
    """Exit code and words of `verify_approvals`."""
    capsys.readouterr()
    try:
        call_command("verify_approvals")
    except SystemExit as end:
        return end.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_proof_of_an_honest_site_is_clean(live_page, scheduled, in_review, capsys):
    assert verify(capsys)[0] == 0


def test_proof_names_a_page_whose_row_was_changed(live_page, capsys):
    type(live_page).objects.filter(pk=live_page.pk).update(lead=SMUGGLED)
    code, said = verify(capsys)
    assert code == 1
    assert live_page.title in said
    assert str(live_page.pk) in said


def test_proof_names_a_snippet_whose_row_was_changed(db, capsys):
    SiteSettings.objects.filter(locale__language_code="pl").update(name=SMUGGLED)
    code, said = verify(capsys)
    assert code == 1
    assert SMUGGLED in said


def test_proof_names_what_was_put_up_without_a_record(draft, capsys):
    type(draft).objects.filter(pk=draft.pk).update(live=True)
    code, said = verify(capsys)
    assert code == 1
    assert draft.title in said


def test_proof_names_what_was_put_up_after_it_was_taken_down(live_page, koordynatorka, capsys):
    live_page.unpublish(user=koordynatorka)
    type(live_page).objects.filter(pk=live_page.pk).update(live=True)
    assert verify(capsys)[0] == 1


def test_proof_names_a_version_that_was_changed_after_its_approval(live_page, capsys):
    revision = live_page.live_revision
    Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "lead": SMUGGLED})
    assert verify(capsys)[0] == 1


@pytest.fixture
def section_with_a_link(autorka, redaktorka, koordynatorka):
    """Its link leads to a page that may be deleted, as it was never public."""
    target, section = factories.standard_page(live=False), factories.section("coalition")
    section.join = target
    section.save_revision(user=autorka)
    return publish_properly(section, autorka, redaktorka, koordynatorka)


def test_proof_knows_a_link_that_went_with_its_page(section_with_a_link, capsys):
    section_with_a_link.join.delete()
    assert fresh(section_with_a_link).join is None
    assert verify(capsys)[0] == 0


def test_proof_names_a_link_that_was_taken_out_while_its_page_is_there(section_with_a_link, capsys):
    type(section_with_a_link).objects.update(join=None)
    code, said = verify(capsys)
    assert code == 1
    assert section_with_a_link.title in said


@pytest.mark.parametrize("column", ["approvals", "contributors", "digest", "revision_number"])
def test_proof_names_a_record_that_was_changed(column, live_page, admin, capsys):
    """By somebody who walks past the ledger's own methods, and puts another name or number there."""
    entry = last(live_page)
    values = {"digest": "0" * 64, "revision_number": 0}
    if column in values:
        QuerySet(LedgerEntry).filter(pk=entry.pk).update(**{column: values[column]})
    else:
        changed = [person.pk for person in getattr(entry, column)]
        QuerySet(LedgerPerson).filter(pk__in=changed).update(user=admin)
    code, said = verify(capsys)
    assert code == 1
    assert live_page.title in said


def test_proof_needs_nobody_who_has_left(live_page, autorka, koordynatorka, capsys):
    autorka.delete()
    koordynatorka.delete()
    assert verify(capsys)[0] == 0


@pytest.mark.parametrize("tampering", ["text", "time"])
def test_proof_names_what_waits_with_another_text_or_time(tampering, scheduled, capsys):
    revision = scheduled.scheduled_revision
    changes = {
        "text": {"content": {**revision.content, "lead": SMUGGLED}},
        "time": {"approved_go_live_at": timezone.now() + timedelta(minutes=1)},
    }
    Revision.objects.filter(pk=revision.pk).update(**changes[tampering])
    code, said = verify(capsys)
    assert code == 1
    assert scheduled.title in said


def test_proof_mentions_an_unconfirmed_emergency_without_failing(draft, koordynatorka, client_as, capsys):
    url = reverse("approval:emergency", args=["wagtailcore", "page", draft.pk])
    client_as(koordynatorka).post(url, {"reason": "Zbiórka odwołana!" * 2, "revision": draft.latest_revision_id})
    code, said = verify(capsys)
    assert code == 0
    assert draft.title in said


# --- Refusals and rights --------------------------------------------------------------------


def test_refusal_in_the_editor_is_a_message_and_the_way_back(in_approval, redaktorka, koordynatorka, client_as):
    state = in_approval.current_workflow_task_state
    browser = client_as(redaktorka)
    answer = browser.post(
        task_url(in_approval, "approve", state.pk), headers={"referer": f"http://testserver{edit_url(in_approval)}"}
    )
    assert answer.status_code == 302
    assert WorkflowState.objects.get(pk=state.workflow_state_id).status == WorkflowState.STATUS_IN_PROGRESS
    state.task.specific.on_action(state, koordynatorka, "approve")
    late = client_as(koordynatorka).post(
        task_url(in_approval, "approve", state.pk),
        headers={"referer": f"http://testserver{edit_url(in_approval)}"},
        follow=True,
    )
    assert late.status_code == 200
    assert late.redirect_chain[0][0] != reverse("wagtailadmin_home")


def test_a_decision_about_own_text_is_refused_with_the_reason(redaktorka, koordynatorka, client_as):
    """Outside the decision page too: in the explorer, and in the footer of the editor."""
    page = draft_of(koordynatorka, "Own")
    submit(page, koordynatorka)
    take_step(page, redaktorka)
    koordynatorka.preferred_language = "en"
    state = fresh(page).current_workflow_task_state
    answer = client_as(koordynatorka).post(task_url(page, "approve", state.pk), follow=True)
    assert "You worked on this text on" in answer.content.decode()
    form = form_of(page, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    answer = client_as(koordynatorka).post(edit_url(page), form, follow=True)
    assert "You worked on this text on" in answer.content.decode()


def test_refusal_for_a_script_is_403_with_the_reason(draft, koordynatorka, client_as):
    answer = client_as(koordynatorka).post(
        reverse("newsroom:restore", args=["wagtailcore", "page", draft.pk]),
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.status_code == 403
    assert answer.json()["error_message"]


def test_refusal_is_in_the_users_language(draft, koordynatorka, client_as):
    koordynatorka.preferred_language = "en"
    answer = client_as(koordynatorka).post(
        reverse("newsroom:restore", args=["wagtailcore", "page", draft.pk]), follow=True
    )
    assert "Nobody independent has approved a text of this page" in answer.content.decode()


def test_foreign_referer_is_no_way_back(draft, koordynatorka, client_as):
    answer = client_as(koordynatorka).post(
        reverse("newsroom:restore", args=["wagtailcore", "page", draft.pk]),
        headers={"referer": "https://evil.example/admin/"},
    )
    assert answer["Location"].startswith("/admin/")


@pytest.mark.parametrize(
    ("who", "states"),
    [
        ("autorka", ["draft"]),
        ("redaktorka", ["live_page"]),
        ("koordynatorka", ["draft", "in_approval", "live_page", "scheduled"]),
        ("admin", ["draft", "in_review", "in_approval", "live_page", "scheduled"]),
    ],
)
def test_nobody_sees_a_dead_publish_button(who, states, pages, client_as):
    """Whoever is no superuser sees no more than one in any state; each has a text that is theirs to write."""
    browser = client_as(pages(who))
    settings = reverse(SiteSettings.snippet_viewset.get_url_name("edit"), args=[SiteSettings.objects.first().pk])
    for url in (settings, *(edit_url(pages(state)) for state in states)):
        assert b'name="action-publish"' not in browser.get(url).content, url


def test_plain_check_warns_of_publish_given_by_hand(db, capsys):
    assert check_nobody_holds_publish(None) == []
    group = Group.objects.create(name="Na szybko")
    pages = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=pages)
    snippets = Permission.objects.get(codename="publish_sitesettings")
    Group.objects.get(role__key=roles.AUTHORS.key).permissions.add(snippets)
    warnings = check_nobody_holds_publish(None)
    assert [warning.id for warning in warnings] == ["approval.W001", "approval.W001"]
    call_command("check")
    assert "Na szybko" in capsys.readouterr().err
    call_command("setup_site", verbosity=0)
    assert check_nobody_holds_publish(None) == []


def test_plain_check_stops_at_whatever_could_be_published_without_the_gate(monkeypatch):
    class Open(Page):
        class Meta:
            abstract = True
            app_label = "home"

    class Behind(DraftStateMixin, GatedMixin):
        """The gate is there, and Wagtail doesn't come to it."""

        class Meta:
            abstract = True
            app_label = "home"

    assert not checks.check_everything_public_is_gated(None)
    monkeypatch.setattr(checks, "get_page_models", lambda: [Page, Open, Behind])
    monkeypatch.setattr(checks, "get_snippet_models", lambda: [Tag])
    found = checks.check_everything_public_is_gated(None)
    assert {(error.id, error.obj) for error in found} == {("approval.E001", model) for model in (Open, Behind, Tag)}
