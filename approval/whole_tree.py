"""The tree of pages stays whole, although whoever changes it may not see all of it.

Where a page stands, what its address is and whether one is free depend on pages that are kept to others
(`visibility.py`). Wagtail's screens delete and move by actions and by `Page`, whose methods call the actions: so the
actions ask here. Tried by `tests/approval/test_whole_tree.py`.
"""

from functools import wraps
from typing import Any

from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from approval.models.restricted_draft import RestrictedDraft
from approval.reader import seeing_everything, whole
from approval.refusals import RefusedError


def _deleting(execute: Any) -> Any:
    """Nobody deletes what they don't see; that they are told so is the one thing that such a text can't keep."""

    @wraps(execute)
    def delete(action: DeletePageAction, *args: Any, **kwargs: Any) -> Any:
        below = Page.objects.descendant_of(action.page)
        seen = below.count()
        with seeing_everything():
            if Page.objects.descendant_of(action.page).count() != seen:
                words = _("“%(title)s” can't be deleted.")
                raise RefusedError(words % {"title": action.page.get_admin_display_title()})
            return execute(action, *args, **kwargs)

    return delete


def _moving(execute: Any) -> Any:
    """What stands below a text that is kept to people is kept to them from its beginning, or isn't there.

    What is hidden below the moved page moves along.
    """

    @wraps(execute)
    def move(action: MovePageAction, *args: Any, **kwargs: Any) -> Any:
        with seeing_everything():
            is_below = action.pos and action.pos.endswith("child")
            parent = action.target if is_below else action.target.get_parent()
            is_new = parent is not None and not action.page.is_child_of(parent)
            if is_new and RestrictedDraft.objects.of(parent).exists():
                words = _("“%(title)s” is kept to named people: nothing is moved below it.")
                raise RefusedError(words % {"title": parent.get_admin_display_title()})
            return execute(action, *args, **kwargs)

    return move


def connect() -> None:
    tree: Any = Page
    for name in ("add_child", "add_sibling", "_update_descendant_url_paths"):
        setattr(tree, name, whole(getattr(tree, name)))
    tree._slug_is_available = staticmethod(whole(tree._slug_is_available))
    deletion: Any = DeletePageAction
    deletion.execute = _deleting(deletion.execute)
    moving: Any = MovePageAction
    moving.execute = _moving(moving.execute)
