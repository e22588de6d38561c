"""Comments beside a text: Wagtail's mails about them, through the outbox instead of inside the request."""

from typing import Any
from uuid import uuid4

from wagtail.models import PageSubscription
from wagtail.users.models import UserProfile

from notifications import outbox
from notifications.events import object_facts


def tell_of_changes(page: Any, editor: Any, changes: dict[str, Any]) -> None:
    """What `editor` said, as Wagtail's editor gathers it: all of it to those who follow the page.

    Who takes part in a thread without following the page reads what is new there, and that it was resolved.
    """
    told = ("new_comments", "resolved_comments", "deleted_comments", "new_replies")
    if not any(changes[name] for name in told):
        return
    following = PageSubscription.objects.filter(page=page, comment_notifications=True).exclude(user=editor)
    followers = [subscription.user for subscription in following.select_related("user")]
    everything = {name: changes[name] for name in told}
    _write(page, editor, followers, everything)
    threads: dict[Any, set[int]] = {}
    for comment in (*changes["resolved_comments"], *(comment for comment, _replies in changes["new_replies"])):
        people = {comment.user, *(reply.user for reply in comment.replies.select_related("user"))}
        for person in people - {editor, *followers}:
            threads.setdefault(person, set()).add(comment.pk)
    for person, own in threads.items():
        part = {name: [comment for comment in changes[name] if comment.pk in own] for name in told[:2]}
        replies = [(comment, said) for comment, said in changes["new_replies"] if comment.pk in own]
        _write(page, editor, [person], {**part, "deleted_comments": [], "new_replies": replies})


def _write(page: Any, editor: Any, people: list[Any], changes: dict[str, Any]) -> None:
    """A mail to those of `people` who want one."""
    users = [user for user in people if UserProfile.get_for_user(user).updated_comments_notifications]
    facts = {**object_facts(page.specific), "who": editor.name, "comment": "\n".join(words(changes))}
    outbox.write(f"comments:{page.pk}:{uuid4()}", "comments", users, facts)


def words(changes: dict[str, Any]) -> list[str]:
    """What was said; a resolved comment with a tick, a deleted one crossed out."""
    said = [comment.text for comment in changes["new_comments"]]
    for comment, replies in changes["new_replies"]:
        said += [f"„{comment.text}” → {reply.text}" for reply in replies]
    said += [f"✓ {comment.text}" for comment in changes["resolved_comments"]]
    said += [f"✗ {comment.text}" for comment in changes["deleted_comments"]]
    return said
