"""What would go with an account, said before anybody deletes it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import router
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession
from wagtail.models import PageSubscription, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from approval.models import RestrictedDraft, RestrictedThing


@dataclass(frozen=True)
class Consequences:
    """Names of things with their number. `gone`: deleted as well; `nameless`: kept, and nobody knows whose."""

    gone: list[tuple[str, int]] = field(default_factory=list)
    nameless: list[tuple[str, int]] = field(default_factory=list)
    kept_back: bool = False
    """Something that must stay keeps the account from being deleted."""


def consequences(people: Iterable[Any]) -> Consequences:
    """What Django would delete and empty with the accounts `people`, asked of Django itself."""
    accounts = list(people)
    model = type(accounts[0]) if accounts else None
    if model is None:
        return Consequences()
    collector: Any = Collector(using=router.db_for_write(model))
    try:
        collector.collect(accounts)
    except (ProtectedError, RestrictedError):
        return Consequences(kept_back=True)
    gone: Counter[type[Model]] = Counter()
    for kind, rows in collector.data.items():
        gone[kind] += 0 if kind is model else len(rows)
    for rows in collector.fast_deletes:
        gone[rows.model] += rows.count()
    nameless: Counter[type[Model]] = Counter()
    for (changed, _value), groups in collector.field_updates.items():
        nameless[changed.model] += sum(len(rows) for rows in groups)
    return Consequences(_listed(gone), _listed(nameless))


NAMES: dict[type[Model], Any] = {
    Authenticator: _("second factors"),
    EditingSession: _("open editors"),
    PageSubscription: _("texts whose comments they follow"),
    UserProfile: _("choices in their account"),
    TaskState: _("decisions at steps"),
    WorkflowState: _("times that they sent a text"),
    UserSession: _("devices on which they are signed in"),
}
"""Of what other packages name for programmers."""


UNTOLD = (RestrictedDraft, RestrictedDraft.people.through, RestrictedThing)
"""How many drafts are kept to somebody is known to those who are named alone."""


def _name(model: type[Model]) -> str:
    owner: Any = model._meta.auto_created
    if owner:  # the table of a relation
        relations = (field for field in owner._meta.many_to_many if field.remote_field.through is model)
        return capfirst(str(next(relations).verbose_name))
    return capfirst(str(NAMES.get(model, model._meta.verbose_name_plural)))


def _listed(counted: Counter[type[Model]]) -> list[tuple[str, int]]:
    named: Counter[str] = Counter()
    for model, count in counted.items():
        if model not in UNTOLD:
            named[_name(model)] += count
    return sorted((name, count) for name, count in named.items() if count)
