"""Where the editor of segments leads to."""

from typing import Any

from django.urls import reverse

from approval.views.subjects import decision_address, edit_address
from translation import drafts


def links(page: Any, user: Any) -> dict[str, str]:
    """Addresses by their names in the template; "" for what `user` doesn't do.

    `decide_url`: where this person decides on the text. `files_url`: where it goes out to be translated elsewhere.
    """
    step = page.current_workflow_task_state
    may_decide = step and step.task.specific.may_act(user)
    may_translate = user.has_perm(drafts.PERMISSION)
    return {
        "decide_url": decision_address(step) if may_decide else "",
        "page_edit_url": edit_address(page),
        "whole_url": f"{edit_address(page)}?whole=1",
        "preview_url": reverse("wagtailadmin_pages:view_draft", args=(page.pk,)),
        "history_url": reverse("wagtailadmin_pages:history", args=(page.pk,)),
        "files_url": reverse("translation:exchange", args=(page.pk,)) if may_translate else "",
    }
