"""A text that came back: the editor begins with the reason, until it is sent again."""

import pytest
from django.urls import reverse
from wagtail.models import Comment, Locale, WorkflowState
from wagtail.signals import task_submitted

from approval import submissions
from home.models import SiteSettings
from tests.newsroom.test_decision import words
from tests.workflow import edit_url, form_of, submit, take_step

REASON = "Brakuje daty."


@pytest.fixture
def returned(in_review, redaktorka):
    take_step(in_review, redaktorka, "reject", comment=REASON)
    return in_review


def test_the_editor_begins_with_the_reason(client_as, autorka, redaktorka, returned):
    text = words(client_as(autorka).get(edit_url(returned)))
    reason = text.index('<section class="returned"')
    assert REASON in text[reason:]
    assert redaktorka.name in text[reason : text.index(REASON, reason)]
    assert reason < text.index('id="page-edit-form"')


def test_open_comments_stand_below_it_each_with_its_way_there(client_as, autorka, redaktorka, returned):
    facts = {"page": returned, "user": redaktorka, "contentpath": "lead"}
    comment = Comment.objects.create(text="Kiedy?", **facts)
    Comment.objects.create(text="Old", resolved_by=autorka, resolved_at=comment.created_at, **facts)
    text = words(client_as(autorka).get(edit_url(returned)))
    section = text[text.index('<section class="returned"') : text.index('id="page-edit-form"')]
    assert f'href="{edit_url(returned)}?comment={comment.pk}"' in section
    assert "Kiedy?" in section
    assert "Old" not in section


def test_once_it_is_sent_again_the_reason_is_gone(client_as, autorka, returned):
    browser = client_as(autorka)
    browser.post(edit_url(returned), form_of(returned, lead="Better", **{"action-submit": "1"}))
    assert '<section class="returned"' not in words(browser.get(edit_url(returned)))


def test_site_settings_say_it_too(client_as, koordynator2, redaktorka):
    settings = SiteSettings.objects.get(locale=Locale.objects.get(language_code="pl"))
    settings.save_revision(user=koordynator2)
    submit(settings, koordynator2)
    take_step(settings, redaktorka, "reject", comment=REASON)
    address = settings.snippet_viewset.get_url_name("edit")
    text = words(client_as(koordynator2).get(reverse(address, args=[settings.pk])))
    assert REASON in text[text.index('<section class="returned"') :]


class KilledError(BaseException):
    """As a process that is gone: nobody catches it."""


@pytest.mark.parametrize("way", ["editor", "list"])
def test_a_process_killed_while_it_sends_leaves_the_text_returned(client_as, autorka, returned, way):
    def die(**signal):
        raise KilledError

    browser = client_as(autorka)
    task_submitted.connect(die)
    try:
        with pytest.raises(KilledError):
            if way == "editor":
                browser.post(edit_url(returned), form_of(returned, lead="Better", **{"action-submit": "1"}))
            else:
                submissions.send(returned, autorka)
    finally:
        task_submitted.disconnect(die)
    state = WorkflowState.objects.get(object_id=returned.pk)
    assert (state.status, state.current_task_state.status) == ("needs_changes", "rejected")
