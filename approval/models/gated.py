"""What everything that visitors read inherits: saving asks the publish guard."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import COMMENTS_RELATION_NAME, Page, Workflow

from approval import parts, publish_guard, references
from approval.digest import BOOKKEEPING, TIMES, digest_of
from approval.field_cleaning import clean_texts
from approval.forms import GatedCopyForm
from approval.locks import locked
from approval.models.acts import Act
from approval.models.ledger import LedgerEntry, LedgerPerson
from approval.permissions import GatedPermissionTester
from approval.status import is_archived

if TYPE_CHECKING:
    # Page, or Wagtail's workflow mixins: what this mixin stands before and calls.
    Host: Any = models.Model
else:
    Host = models.Model


class GatedMixin(Host):
    """Put before Page, or before Wagtail's workflow mixins of a snippet."""

    # Wagtail's mixins, which stand behind this one, bring them.
    live: bool
    expired: bool
    first_published_at: datetime | None
    expire_at: datetime | None
    workflow_in_progress: bool
    live_revision_id: int | None

    is_checked = False
    """Said of a version whose rules (`validation`) were asked in this transaction: it is saved without asking again."""

    class Meta:
        abstract = True

    takes_only_remarks = False
    """Said of the newest version while it waits for others: whatever saves it saves remarks and nothing else."""

    # --- The live row

    keeps_texts = False
    """Set while a text that was sent, approved or published is validated: that must not change it."""

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self.takes_only_remarks:
            return self._save_remarks(self.latest_revision)
        update_fields = kwargs.get("update_fields")
        if update_fields is None and (self._state.adding or not self.live):
            clean_texts(self)
        if update_fields is None or not set(update_fields) <= HARMLESS_FIELDS:
            self._ask_publish_guard(update_fields)
        self.keeps_texts = True
        if self.is_checked and isinstance(self, Page):
            kwargs.setdefault("clean", False)
        try:
            return super().save(*args, **kwargs)
        finally:
            self.keeps_texts = False

    def clean_fields(self, exclude: Any = None) -> None:
        """Cleans the texts in forms, so that what is left of them is validated."""
        if not self.keeps_texts:
            clean_texts(self)
        super().clean_fields(exclude)

    def _ask_publish_guard(self, update_fields: Any) -> None:
        """Refuse content that would be live after this save and isn't live before it."""
        if publish_guard.running_command():
            return
        if getattr(self, "alias_of_id", None) and (before := self._before()) and not before.alias_of_id:
            # wagtail-localize's "convert to alias": it would hide the approved text, whoever asks.
            publish_guard.refuse(self)
        if not self.live:
            before = self._before() if self.pk and update_fields is None else None
            if before and before.live and before.last_published_at != self.last_published_at:
                raise publish_guard.NotApprovedError(PUBLISHED_MEANWHILE)
            slug = getattr(self, "slug", "")
            if (before and getattr(before, "slug", "") == slug) or not moves_public_pages(self, slug):
                return
        digest = digest_of(self)
        if publish_guard.is_allowed(self, digest):
            return
        if not self.live:
            raise publish_guard.NotApprovedError(MOVES_PUBLIC_PAGES)
        before = self._before()
        if before is None or not before.live or digest_of(before) != digest:
            publish_guard.refuse(self)

    def _before(self) -> Any:
        """The row as it is in the database; None for a new one."""
        return type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None

    @property
    def status_string(self) -> str:
        return str(_("archived")) if isinstance(self, Page) and is_archived(self) else super().status_string

    # --- Workflow

    def get_workflow(self) -> Workflow | None:
        """Wagtail's, asked once for an instance: the editor wants it a dozen times, up to four queries each."""
        return self._workflow

    @cached_property
    def _workflow(self) -> Workflow | None:
        if not isinstance(self, Page):
            return super().get_workflow()
        above = Workflow.objects.filter(active=True, workflow_pages__page__in=self.get_ancestors(inclusive=True))
        return above.order_by("-workflow_pages__page__depth").first()

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    # --- Permissions

    copy_form_class = GatedCopyForm

    def permissions_for_user(self, user: Any) -> GatedPermissionTester:
        """What `user` may do to this page. A plain `Page` asks this too; snippets have a policy instead."""
        return GatedPermissionTester(user, self)

    # --- Revisions

    def with_content_json(self, content: Any) -> Any:
        """What is live is no matter of a version: Wagtail knows that of pages, and forgets it of snippets.

        A version saved before the first publication would take the live text away when it is approved for later.
        """
        ours = OF_THE_ROW if isinstance(self, Page) else OF_THE_ROW - {"locale", "content_type"}
        text = super().with_content_json({**content, **dict.fromkeys(ours & content.keys())})
        text.live_revision_id = self.live_revision_id
        if isinstance(self, Page):
            text._cached_parent_obj = self.get_parent()  # where treebeard keeps it: it stands in the same place
        return text

    @classmethod
    def from_serializable_data(cls, data: Any, check_fks: bool = True, strict_fks: bool = False) -> Any:
        """As Wagtail's, which asks the database once for each picture, tag and file."""
        if not check_fks or strict_fks:
            return super().from_serializable_data(data, check_fks, strict_fks)
        found = references.found_for(cls, data)
        text = super().from_serializable_data(references.without_missing(cls, data, found), check_fks=False)
        references.attach(text, found)
        return text

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Approved text is frozen: saving over such a revision makes a new one instead.

        Where nothing but remarks changed there is no new one: whoever remarks has written nothing.
        """
        if self.takes_only_remarks:
            self._save_remarks(self.latest_revision)
            return self.latest_revision
        clean_texts(self)
        newest = self._newest_revision()
        self.prepare_revision(newest)
        if newest is not None and not kwargs.get("approved_go_live_at") and self._says_the_same_as(newest):
            self._save_remarks(newest)
            return newest
        overwrite = kwargs.get("overwrite_revision")
        user = kwargs.get("user")
        # After a remark, the newest revision that the editor knows of may be somebody else's.
        if overwrite is not None and (is_frozen(self, overwrite) or overwrite.user_id != (user and user.pk)):
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)

    def find_unfinished(self) -> Iterable[tuple[str, list[str]]]:
        """The fields that are made of blocks and not finished, by their labels, each with the kinds of such blocks."""
        return ()

    def find_doubts(self) -> Iterable[str]:
        """What whoever decides about this version should look at twice, in sentences; it prevents nothing."""
        return ()

    def prepare_revision(self, newest: Any) -> None:
        """Called before a version is saved, with the one before it or None: what else a version has to know."""

    def _newest_revision(self) -> Any:
        """As the database has it: `self` may be older than a colleague's version."""
        saved = self._before()
        return saved and saved.get_latest_revision()

    def says_the_newest(self) -> bool:
        """Whether this is, word for word, the newest version that there is."""
        newest = self._newest_revision()
        return newest is not None and self._says_the_same_as(newest)

    def _says_the_same_as(self, revision: Any) -> bool:
        text = revision.as_object()
        kept = (*TIMES, "locale_id", "translation_key", "owner_id")
        return digest_of(text) == digest_of(self) and all(
            getattr(text, name, None) == getattr(self, name, None) for name in kept
        )

    def _save_remarks(self, revision: Any) -> None:
        """What Wagtail does with them while it saves a revision."""
        remarks = getattr(self, COMMENTS_RELATION_NAME, None)
        if remarks is None:
            return
        for remark in remarks.filter(pk__isnull=True):
            remark.revision_created = revision
            remark.save(update_position=True)
        super().save(update_fields=[COMMENTS_RELATION_NAME], clean=False)

    # --- Copies and aliases

    copied_from: Any = None
    """Of a copy that isn't saved yet: the text that it is made of."""

    def copy_all_child_relations(self, target: Any, *args: Any, **kwargs: Any) -> Any:
        """What Wagtail calls for every copy, whoever makes it and however deep it stands in the tree."""
        target.copied_from = self
        return super().copy_all_child_relations(target, *args, **kwargs)

    def update_aliases(self, **kwargs: Any) -> None:
        """An alias would show a text at an address, and in a language, that nobody has approved.

        So none ever goes live; Wagtail would save it live whenever the original is published.
        """

    # --- Publishing

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> Any:
        """Publish `revision` if it was approved; else raise NotApprovedError with advice.

        Called by the finish of a workflow and by the emergency exit when the publish guard allows it, by
        `publish_scheduled` when an approved time has come, and by accident.
        """
        instance = revision.as_object()
        digest = digest_of(instance)
        if publish_guard.running_command():
            result = self._make_public(revision, user, **kwargs)
            record(Act.SEEDED, self, revision, digest, user=user, reason=publish_guard.running_command())
            return result
        if publish_guard.is_allowed(self, digest):
            parts.keep_public(instance, revision.content)
            return self._make_public(revision, user, **kwargs)
        return self._publish_at_approved_time(revision, digest, user, **kwargs)

    def _make_public(self, revision: Any, user: Any, **kwargs: Any) -> Any:
        """Wagtail's `publish`, after which nobody has to decide about what is public any more.

        The workflow of a newer version goes on (WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH): whoever wrote that loses nothing
        because a text that was approved before is put back, or has come to its time.
        """
        result = super().publish(revision, user=user, **kwargs)
        if (workflow_state := self.current_workflow_state) and revision.is_latest_revision():
            workflow_state.cancel(user=user)
        return result

    @transaction.atomic
    def _publish_at_approved_time(self, revision: Any, digest: str, user: Any, **kwargs: Any) -> Any:
        # Whoever withdraws the approval at this moment waits for us, or we for them.
        locked(self)
        current = type(revision).objects.select_for_update().filter(pk=revision.pk).first()
        approval = current and approved_schedule(self, current, digest)
        if not approval:
            publish_guard.refuse(self)
        parts.keep_public(current.as_object(), current.content)
        with publish_guard.allow(self, digest):
            result = self._make_public(revision, user, **kwargs)
        record(
            Act.PUBLISHED,
            self,
            revision,
            digest,
            named=approval.named,
            answered=approval,
        )
        return result


PUBLISHED_MEANWHILE = _("Not saved: this was published meanwhile. Open it again to see what visitors read now.")
"""Whoever unpublishes a text knows when it was published; whoever loaded it before that would hide it by mistake."""

MOVES_PUBLIC_PAGES = _(
    "Public pages stand below this one, and their addresses would change at once. "
    "Publish this page first and change its address then, so that the change is approved."
)


def moves_public_pages(instance: Any, slug: str) -> bool:
    """Whether `slug` would change public addresses at once: an unpublished page's counts as soon as it is saved."""
    if instance.live or not instance.pk or not isinstance(instance, Page):
        return False
    changes = Page.objects.filter(pk=instance.pk).exclude(slug=slug).exists()
    return changes and instance.get_descendants().live().exists()


OF_THE_ROW = {"latest_revision", "live_revision", "owner", "locked_by", "alias_of", "locale", "content_type"}
"""Keys that a page keeps through all its versions: nobody looks up what a version says of them."""

HARMLESS_FIELDS = BOOKKEEPING - {"live", "locale", "translation_key", "alias_of"}
"""What Wagtail saves field by field and no visitor reads."""


def is_frozen(instance: Any, revision: Any) -> bool:
    """True for a revision that is live, scheduled, submitted, approved, or shown for a decision."""
    return (
        instance.live_revision_id == revision.pk
        or revision.approved_go_live_at is not None
        or revision.task_states.exists()
        or revision.shown.exists()
        or LedgerEntry.objects.for_instance(instance).filter(revision_number=revision.pk).exists()
    )


def approved_schedule(instance: Any, revision: Any, digest: str) -> LedgerEntry | None:
    """The approval that lets `revision` go live by itself now, if there is one."""
    entry = schedule_entry(instance, revision)
    return entry if entry is not None and entry.digest == digest else None


def schedule_entry(instance: Any, revision: Any) -> LedgerEntry | None:
    """The newest word of the record on the time of `instance`, where it lets `revision` go live by now."""
    due = revision.approved_go_live_at
    if due is None or due > timezone.now():
        return None
    return LedgerEntry.objects.approval_of_time(instance, revision)


def record(
    act: Act,
    instance: Any,
    revision: Any,
    digest: str,
    shows: Any = None,
    named: Iterable[LedgerPerson] = (),
    **facts: Any,
) -> LedgerEntry:
    """Write one act on `instance` into the ledger.

    `shows`: the text as it is after it, where somebody has it. `named`: who wrote and who approved it.
    """
    text = revision.as_object() if revision else instance
    entry = LedgerEntry(
        act=act,
        content_type=instance.get_base_content_type(),
        object_id=str(instance.pk),
        title=str(text)[:255],  # of what was decided on: the row of a new translation has its original's title
        revision_number=revision.pk if revision else None,
        content_time=revision.created_at if revision else None,
        digest=digest,
        source_version=getattr(text, "source_version", None),
        **facts,
    )
    entry.named = list(named)
    if shows is not None:
        entry.instance = shows
    entry.save()
    return entry
