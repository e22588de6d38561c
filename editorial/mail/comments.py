"""Comments beside a text: Wagtail's mails about them, through the outbox instead of inside the request."""

from typing import Any
from uuid import uuid4

from wagtail.users.models import UserProfile

from editorial.mail import outbox
from editorial.mail.events import object_facts


def tell(recipient_users: Any, notification: str, extra_context: dict[str, Any]) -> bool:
    """Stands in for `wagtail.admin.mail.send_notification` in the page editor, with its arguments.

    To those whom Wagtail chose (subscribers of the page, people of the thread) and who want them.
    """
    users = [user for user in recipient_users if UserProfile.get_for_user(user).updated_comments_notifications]
    facts = {
        **object_facts(extra_context["page"].specific),
        "who": extra_context["editor"].name,
        "comment": "\n".join(words(extra_context)),
    }
    outbox.write(f"comments:{extra_context['page'].pk}:{uuid4()}", "comments", users, facts)
    return True


def words(changes: dict[str, Any]) -> list[str]:
    """What was said; a resolved comment with a tick, a deleted one crossed out."""
    said = [comment.text for comment in changes["new_comments"]]
    for thread in changes["replied_comments"]:
        said += [f"„{thread['comment'].text}” → {reply.text}" for reply in thread["replies"]]
    said += [f"✓ {comment.text}" for comment in changes["resolved_comments"]]
    said += [f"✗ {comment.text}" for comment in changes["deleted_comments"]]
    return said
