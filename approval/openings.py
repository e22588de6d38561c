"""Opening a private page to everybody shows its text to the public, so it needs a second person, as publishing does.

Whoever may set who reads a page makes it private at once, and asks to open it; somebody else who approves this page
lets it be open. Who of the staff, or which password, a private page asks for stays one person's act: it shows nothing
to the public.
"""

import hashlib
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, PageViewRestriction, WorkflowState

from approval import emergency, publish_guard
from approval.context_variables import holding
from approval.digest import digest_of
from approval.locks import locked
from approval.models import Act, LedgerEntry, LedgerPerson
from approval.models.gated import record
from approval.models.ledger import ids_of
from approval.permissions import TAKE_DOWN, waits_for_its_time, was_ever_public
from approval.policy import NotYoursError, Objection
from approval.quoting import quoted
from approval.refusals import RefusedError
from approval.text_cleaning import clean_words

NAMED = 3
"""Pages named in a refusal."""
_opening: ContextVar[int] = ContextVar("opening", default=0)
"""The number of the page that somebody else lets be open just now, in this thread."""


def may_ask(user: Any) -> bool:
    """Whether `user` sets who reads a page."""
    return user.is_active and user.has_perm(TAKE_DOWN)


def may_answer(page: Any, user: Any) -> bool:
    """Whether `user` is one of those who approve this page; `objection` says what speaks against them."""
    return emergency.approves(page, user)


# --- What opening would show --------------------------------------------------------------------


def is_private_above(page: Page) -> bool:
    """Whether a section of `page` keeps it private, whatever it asks for itself."""
    return PageViewRestriction.objects.filter(page__in=page.get_ancestors()).exists()


def needs_two(page: Page) -> bool:
    """Whether visitors have read `page` or one below it, or will without anybody being asked again."""
    if was_ever_public(page) or waits_for_its_time(page):
        return True
    numbers = page.get_descendants(inclusive=True).values_list("pk", flat=True)
    texts = {"object_id__in": [str(pk) for pk in numbers]}
    kind = ContentType.objects.get_for_model(Page)
    return (
        WorkflowState.objects.active().filter(base_content_type=kind, **texts).exists()
        or LedgerEntry.objects.waiting_for_others().filter(content_type=kind, **texts).exists()
    )


def shown_by(page: Page) -> QuerySet[Page]:
    """What everybody could read if `page` were open: itself and those below that nothing else keeps private."""
    below = page.get_descendants(inclusive=True).live()
    for one in PageViewRestriction.objects.filter(page__in=page.get_descendants()).select_related("page"):
        below = below.not_descendant_of(one.page, inclusive=True)
    return below.order_by("path")


def fingerprint(pages: Iterable[Page]) -> str:
    """Which versions somebody looked at before they let them be open."""
    facts = ",".join(f"{page.pk}:{page.live_revision_id}:{page.last_published_at}" for page in pages)
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


# --- Asking, and the answer ---------------------------------------------------------------------


def request_of(page: Any) -> LedgerEntry | None:
    """The entry by which somebody asks to open `page`, and that nobody has answered yet."""
    return LedgerEntry.objects.for_instance(page).asking_to_open().first()


@transaction.atomic
def ask(page: Any, user: Any, reason: str) -> LedgerEntry:
    """Somebody who sets who reads `page` asks for it to be open. Raises RefusedError."""
    page, reason = locked(page), clean_words(reason)
    if not may_ask(user):
        raise NotYoursError(_("Only coordinators can ask to open a private page."))
    _require_private(page)
    if missing := emergency.objection_to_reason(reason):
        raise RefusedError(missing)
    if request_of(page):
        raise RefusedError(_("Somebody has already asked to open this page."))
    entry = record(Act.ASKED, page, None, digest_of(page), user=user, reason=reason)
    log(page, "approval.ask-to-open", user=user, data={"reason": reason})
    return entry


def objection(asked: LedgerEntry, user: Any, shown: Iterable[Page]) -> Objection | None:
    """What speaks against `user` letting the page of `asked` be open; `shown`: what that would show."""
    if asked.user is None or not asked.user.is_active:
        return Objection(_("Whoever asked has no account any more. Say no, and ask anew."))
    if asked.user_id == user.pk:
        return Objection(_("You asked for it, so someone else answers."))
    both = [page.title for page in shown if {asked.user_id, user.pk} <= _writers_of(page)]
    if both:
        said = _("You and %(who)s both worked on %(titles)s, so someone else answers.")
        return Objection(said % {"who": asked.user_name, "titles": quoted(both[:NAMED])})
    return None


@transaction.atomic
def open_to_all(page: Any, user: Any, shown: str, comment: str = "") -> LedgerEntry:
    """Somebody else lets `page` be open, having seen what `shown` stands for (`fingerprint`). Raises RefusedError."""
    page, comment = locked(page), clean_words(comment)
    asked = _require_request(page)
    if not may_answer(page, user):
        raise NotYoursError(_("Only those who approve this page can let it be open."))
    restrictions = list(page.view_restrictions.select_for_update().order_by("pk"))  # before looking: `keep_private` too
    pages = list(shown_by(page))
    if found := objection(asked, user, pages):
        raise NotYoursError(found.reason)
    if fingerprint(pages) != shown:
        raise RefusedError(_("Something else would become public by now. Look at it again."))
    with holding(_opening, page.pk):
        for restriction in restrictions:
            restriction.delete(user=user)
    approver = LedgerPerson(part=LedgerPerson.Part.APPROVER, user=user, name=user.name, comment=comment)
    entry = record(Act.OPENED, page, None, digest_of(page), user=user, named=[approver], answered=asked)
    log(page, "approval.open", user=user, data={"reason": comment})
    return entry


@transaction.atomic
def keep(page: Any, user: Any, comment: str = "") -> LedgerEntry:
    """Whoever may answer says no, or whoever asked takes it back."""
    page, comment = locked(page), clean_words(comment)
    asked = _require_request(page)
    if not (may_answer(page, user) or asked.user_id == user.pk):
        raise NotYoursError(_("Only those who approve this page can let it be open."))
    entry = record(Act.KEPT, page, None, digest_of(page), user=user, reason=comment, answered=asked)
    log(page, "approval.keep-private", user=user, data={"reason": comment})
    return entry


def _require_request(page: Any) -> LedgerEntry:
    asked = request_of(page)
    if asked is None:
        raise RefusedError(_("Nobody asks to open this page any more."))
    _require_private(page)
    return asked


def _require_private(page: Any) -> None:
    if not page.view_restrictions.exists():
        raise RefusedError(_("Nothing of its own keeps this page private."))


def _writers_of(page: Page) -> set[int]:
    """Who wrote what visitors would read of `page`."""
    newest = LedgerEntry.objects.for_instance(page).publications().order_by("-pk").first()
    return ids_of(newest.contributors) if newest else set()


# --- Signals: every way to open a page ends here ------------------------------------------------


@transaction.atomic
def keep_private(instance: PageViewRestriction, origin: Any = None, **_signal: Any) -> None:
    """Before a restriction is deleted. Where nothing is shown by it, or an operator's command runs, it is noted."""
    is_with_page = isinstance(origin, Page) or (isinstance(origin, QuerySet) and issubclass(origin.model, Page))
    page = None if is_with_page else Page.objects.filter(pk=instance.page_id).specific().first()
    if page is None or _opening.get() == page.pk or page.view_restrictions.exclude(pk=instance.pk).exists():
        return
    command = publish_guard.running_command()
    above = PageViewRestriction.objects.filter(page__in=page.get_ancestors()).order_by("pk")
    is_private_above = bool(above.select_for_update())  # waits for whoever takes that away just now
    if not command and not is_private_above and needs_two(page):
        raise RefusedError(
            _(
                "“%(title)s” stays private: opening it shows its text to everybody, so a second person decides. "
                "Ask for it where you set who reads the page."
            )
            % {"title": page}
        )
    record(Act.OPENED, page, None, digest_of(page), reason=command)


def keep_restriction(instance: PageViewRestriction, raw: bool = False, **_signal: Any) -> None:
    """Before a restriction is saved: it neither moves to another page nor turns into none."""
    before = PageViewRestriction.objects.filter(pk=instance.pk).first() if instance.pk and not raw else None
    if before and (before.page_id != instance.page_id or instance.restriction_type == PageViewRestriction.NONE):
        keep_private(before)


def note_private(instance: PageViewRestriction, created: bool, raw: bool = False, **_signal: Any) -> None:
    """After a restriction was made: `verify_approvals` knows from here on that the page isn't for everybody."""
    if created and not raw:
        page = instance.page.specific
        record(Act.CLOSED, page, None, digest_of(page), reason=publish_guard.running_command())


def keep_private_when_moved(instance: Page, parent_page_before: Page, parent_page_after: Page, **_signal: Any) -> None:
    """Before a page moves: out of a private section it would be open."""
    if publish_guard.running_command() or not parent_page_before.get_view_restrictions():
        return
    is_private = instance.view_restrictions.exists() or bool(parent_page_after.get_view_restrictions())
    if not is_private and needs_two(instance):
        raise RefusedError(
            _(
                "“%(title)s” is private only by its section. Make the page itself private first, then move it; "
                "whoever may read it stays the same, until somebody else lets it be open."
            )
            % {"title": instance}
        )
