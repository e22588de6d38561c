"""Nobody but named people meets a draft that is kept to them: every query of a request leaves it out.

The problem: a text shows in a hundred screens of Wagtail's and ours, and in each that is still to come. So none of them
asks. While somebody reads (`reading_as`, which the middleware does for every address of the admin), the managers of all
models that tell of a text leave out the rows that tell of a hidden one (`RULES`). Whoever isn't named gets "not found"
where such a text has an address, and one row less wherever there is a list, a count, a search or a file.

Do: add a model that tells of a page to `RULES`. Don't: use `_base_manager` or SQL in a screen.

Outside of a request (commands, the worker) everything is seen; `outbox.write` asks who may hear of a text. What keeps
the tree whole sees everything as well, whoever asks for it (`whole_tree.py`).
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import (
    Comment,
    Page,
    Revision,
    TaskState,
    WorkflowState,
)

from approval.models.restricted_draft import RestrictedDraft
from approval.reader import reading

# --- Which rows tell of a hidden text -----------------------------------------------------------


def hidden() -> list[UUID]:
    """What whoever reads may not know of, by its translation key: asked once, as nearly always it is nothing.

    In each query it would cost half as much processor time again as the screens of the admin take.
    """
    found = reading()
    if found is None:
        return []
    if found.hidden is None:
        kept = RestrictedDraft.objects.hidden_from(found.user)
        found.hidden = list(kept.values_list("translation_key", flat=True))
    return found.hidden


def _ask_again(**_signal: Any) -> None:
    """Who may know of what has changed just now."""
    if found := reading():
        found.hidden = None


def _pages() -> QuerySet:
    return Page._base_manager.filter(translation_key__in=hidden()).values("pk")


def _generic(type_name: str, id_name: str) -> Q:
    """Of rows that name a text by its type and number; the type by a query, as each process learns it once."""
    types = ContentType.objects.filter(app_label="wagtailcore", model="page").values("pk")
    numbers = _pages().annotate(number=Cast("pk", CharField())).values("number")
    return Q(**{f"{type_name}__in": types, f"{id_name}__in": numbers})


def _versions() -> QuerySet:
    return Revision._base_manager.filter(_generic("base_content_type", "object_id")).values("pk")


def _workflows() -> QuerySet:
    return WorkflowState._base_manager.filter(_generic("base_content_type", "object_id")).values("pk")


def _steps() -> QuerySet:
    return TaskState._base_manager.filter(workflow_state__in=_workflows()).values("pk")


RULES: dict[str, Callable[[], Q]] = {
    "wagtailcore.Page": lambda: Q(translation_key__in=hidden()),
    "wagtailcore.PageLogEntry": lambda: Q(page__in=_pages()),
    "wagtailcore.PageSubscription": lambda: Q(page__in=_pages()),
    "wagtailcore.GroupPagePermission": lambda: Q(page__in=_pages()),
    "wagtailcore.WorkflowPage": lambda: Q(page__in=_pages()),
    "wagtailcore.Comment": lambda: Q(page__in=_pages()),
    "wagtailcore.CommentReply": lambda: Q(comment__in=Comment._base_manager.filter(page__in=_pages()).values("pk")),
    "wagtailredirects.Redirect": lambda: Q(redirect_page__in=_pages()),
    "wagtailcore.Revision": lambda: _generic("base_content_type", "object_id"),
    "wagtailcore.WorkflowState": lambda: _generic("base_content_type", "object_id"),
    "wagtailcore.TaskState": lambda: Q(workflow_state__in=_workflows()),
    "wagtailcore.ReferenceIndex": lambda: (
        _generic("base_content_type", "object_id") | _generic("to_content_type", "to_object_id")
    ),
    "approval.LedgerEntry": lambda: _generic("content_type", "object_id"),
    "approval.NeededBy": lambda: _generic("content_type", "object_id"),
    "approval.Claim": lambda: Q(task_state__in=_steps()),
    "approval.SubmissionNote": lambda: Q(task_state__in=_steps()),
    "approval.ReviewedRevision": lambda: Q(revision__in=_versions()),
    "approval.ReleaseItem": lambda: Q(page__in=_pages()) | Q(translation_of__in=_pages()),
    "catalog.ChapterCare": lambda: Q(page__in=_pages()),
    "catalog.ChapterChange": lambda: Q(page__in=_pages()),
    "catalog.ChapterFeedback": lambda: Q(page__in=_pages()),
}
"""For each model, by its label, a condition of the rows that are left out; for all kinds of pages the same."""


def _rule(model: type[Model]) -> Callable[[], Q] | None:
    return RULES.get("wagtailcore.Page" if issubclass(model, Page) else model._meta.label)


class VisibleMixin:
    """Put before the manager of a model of `RULES`."""

    model: type[Model]

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()  # type: ignore[misc]
        rule = _rule(self.model) if hidden() else None
        return rows.exclude(rule()) if rule else rows


def _scope(model: Any) -> None:
    """Wagtail's models have their managers already; a manager of an abstract base serves other models too."""
    for base in model.__mro__:
        for manager in getattr(base.__dict__.get("_meta"), "local_managers", ()):
            if not isinstance(manager, VisibleMixin):
                manager.__class__ = type(type(manager).__name__, (VisibleMixin, type(manager)), {})
    model._meta._expire_cache()


# --- People -------------------------------------------------------------------------------------


def is_kept_from(text: Any, user: Any) -> bool:
    """Whether `user` may not know of `text`; None may know of all."""
    is_candidate = user is not None and isinstance(text, Page) and not text.first_published_at
    return is_candidate and RestrictedDraft.objects.of(text).hidden_from(user).exists()


def who_may_know(accounts: QuerySet, translation_key: str) -> QuerySet:
    """Those of `accounts` who may hear of the text `translation_key`; "" is of none that is kept to people."""
    if not translation_key:
        return accounts
    kept = RestrictedDraft.objects.filter(translation_key=translation_key)
    return accounts.filter(~Exists(kept) | Q(pk__in=kept.values("people")))


def connect() -> None:
    for changed in (post_save, post_delete):
        changed.connect(_ask_again, sender=RestrictedDraft, dispatch_uid="ask-again-what-is-hidden")
    m2m_changed.connect(_ask_again, sender=RestrictedDraft.people.through, dispatch_uid="ask-again-what-is-hidden")
    for model in apps.get_models():
        if _rule(model):
            _scope(model)
