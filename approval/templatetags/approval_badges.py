"""The marks on what waits at a step or for others, on what is archived or kept to people, and on an emergency."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from approval import archive_badges, page_marks, release_badges, step_names

register = template.Library()


@register.simple_tag(takes_context=True)
def is_unconfirmed(context: Any, page: Any) -> bool:
    return page_marks.has(page, page_marks.UNCONFIRMED, context.get("request"))


@register.simple_tag(takes_context=True)
def is_kept_to_people(context: Any, page: Any) -> bool:
    return page_marks.has(page, page_marks.KEPT, context.get("request"))


@register.simple_tag(takes_context=True)
def archived_since(context: Any, instance: Any) -> str:
    return archive_badges.since(instance, context.get("request")) if isinstance(instance, Page) else ""


@register.simple_tag(takes_context=True)
def waits_for_other_language(context: Any, page: Any) -> str:
    return release_badges.waiting(page, context.get("request"))


@register.simple_tag(takes_context=True)
def waiting_at(context: Any, page: Any) -> str:
    """The step at which `page` waits, or that it was returned; else that it is approved and waits for others.

    Of steps "" where the list hasn't asked for all its pages at once (`prefetch_workflow_states`): it costs no query.
    """
    for state in getattr(page, "_current_workflow_states", ()):
        if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            return _("returned for corrections")
        if state.current_task_state:
            return _("step: %(step)s") % {"step": step_names.shown_name(state.current_task_state.task.name)}
    return release_badges.waiting(page, context.get("request"))
