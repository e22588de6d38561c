"""Who hears of what was said beside a text."""

from typing import Any

import pytest
from wagtail.models import Comment, CommentReply, PageSubscription

from notifications import comments
from notifications.models import OutgoingMail


def told() -> dict[str, str]:
    """What stands in the mails that wait, by the login of the receiver."""
    return {row.user.username: row.facts["comment"] for row in OutgoingMail.objects.filter(kind="comments")}


def changes(**given: Any) -> dict[str, Any]:
    """As Wagtail's editor gathers them."""
    empty: dict[str, Any] = {
        "new_comments": [],
        "resolved_comments": [],
        "deleted_comments": [],
        "edited_comments": [],
        "new_replies": [],
    }
    return empty | given


def remark(page: Any, user: Any, text: str) -> Comment:
    return Comment.objects.create(page=page, user=user, text=text, contentpath="lead")


@pytest.fixture
def follower(draft, koordynatorka, autor2):
    PageSubscription.objects.create(page=draft, user=koordynatorka, comment_notifications=True)
    PageSubscription.objects.create(page=draft, user=autor2, comment_notifications=False)
    return koordynatorka


def test_each_reads_of_their_threads_and_a_follower_of_all(draft, autorka, redaktorka, autor2, follower):
    asked, other = remark(draft, autorka, "Skąd ta data?"), remark(draft, autor2, "Literówka.")
    reply = CommentReply.objects.create(comment=asked, user=redaktorka, text="Z umowy.")
    said = changes(new_replies=[(asked, [reply])], resolved_comments=[other])
    comments.tell_of_changes(draft, redaktorka, said)
    assert told() == {
        "autorka": "„Skąd ta data?” → Z umowy.",
        "autor2": "✓ Literówka.",
        "koordynatorka": "„Skąd ta data?” → Z umowy.\n✓ Literówka.",
    }


def test_who_answered_before_reads_the_next_answer(draft, autorka, redaktorka, autor2):
    asked = remark(draft, redaktorka, "Skąd ta data?")
    CommentReply.objects.create(comment=asked, user=autor2, text="Nie wiem.")
    reply = CommentReply.objects.create(comment=asked, user=redaktorka, text="Już wiem.")
    comments.tell_of_changes(draft, redaktorka, changes(new_replies=[(asked, [reply])]))
    assert set(told()) == {"autor2"}, "nobody reads what they said themselves"


def test_an_edited_comment_is_told_to_nobody(draft, redaktorka, follower):
    comments.tell_of_changes(draft, redaktorka, changes(edited_comments=[remark(draft, redaktorka, "Inaczej.")]))
    assert told() == {}
