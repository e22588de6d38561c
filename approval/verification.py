"""What the ledger says about an approval, and whether it still holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page, TaskState

from approval import corrections
from approval.contributors import ByContributor
from approval.diff import word_changes
from approval.digest import digest_of
from approval.models.acts import Act
from approval.models.ledger import LedgerEntry, LedgerPerson, ids_of
from approval.models.release import Release
from approval.models.tasks import FourEyesTask
from approval.verdict import Verdict

APPROVING = (FourEyesTask.Step.APPROVAL, FourEyesTask.Step.CORRECTION)
"""Steps that let a text become public; the second one only small corrections, and it asks (`corrections.py`)."""


def is_correction(approvals: list[LedgerPerson]) -> bool:
    """Whether nobody but the step of small corrections stands for a text."""
    return {person.step_key for person in approvals} == {FourEyesTask.Step.CORRECTION}


def independent_approvals(workflow_state: Any, verdict: Verdict) -> list[LedgerPerson]:
    """All steps taken on the newest version, in their order; nothing unless an independent approval is among them."""
    by_contributor = verdict.contributions.all
    states = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED, revision=verdict.revision)
    approved = False
    found = []
    for state in states.select_related("finished_by", "task__foureyestask").order_by("pk"):
        kind = getattr(state.task, "foureyestask", None)
        is_approval = kind is not None and kind.step in APPROVING
        independent = state.finished_by_id is not None and state.finished_by_id not in by_contributor
        approved = approved or (is_approval and independent)
        found.append(
            LedgerPerson(
                part=LedgerPerson.Part.APPROVER,
                user_id=state.finished_by_id,
                name=state.finished_by.name if state.finished_by else "",
                step=state.task.name,
                step_key=kind.step if kind is not None else "",
                at=state.finished_at,
                comment=state.comment,
            )
        )
    return found if approved else []


def named_contributors(by_contributor: ByContributor) -> list[LedgerPerson]:
    """Everyone in `by_contributor`, with their names as they are today."""
    users = get_user_model().objects.in_bulk(list(by_contributor))
    return [
        LedgerPerson(
            part=LedgerPerson.Part.CONTRIBUTOR,
            user_id=pk,
            name=users[pk].name if pk in users else "",
            contribution_kinds=sorted(kinds),
        )
        for pk, kinds in by_contributor.items()
    ]


@dataclass(frozen=True)
class Doubt:
    """An object that shows, or is about to show, what nobody independent stands for."""

    instance: Any
    problem: str


def doubts(instances: Any) -> Iterator[Doubt]:
    """Check objects against the ledger: what is live, and what waits for its time."""
    for instance in instances:
        instance = getattr(instance, "specific", instance)
        if instance.live and (problem := _doubt_about_live(instance) or _doubt_about_privacy(instance)):
            yield Doubt(instance, problem)
        if problem := _doubt_about_schedule(instance) or _doubt_about_release(instance):
            yield Doubt(instance, problem)


def _doubt_about_live(instance: Any) -> str:
    """What is wrong with what visitors see of `instance`; "" if nothing is."""
    entries = LedgerEntry.objects.for_instance(instance)
    last = entries.publications().order_by("-pk").first()
    if last is None:
        return "is live without any record of a publication"
    if entries.filter(act=Act.TAKEN_DOWN, pk__gt=last.pk).exists():
        return "is live although it was taken down"
    revision = last.get_revision()
    is_kept = revision is not None and _says(revision, last.digest)
    # What it refers to may be gone since: then visitors see what is left of the version.
    if digest_of(instance) not in (last.digest, is_kept and digest_of(revision.as_object())):
        return f"differs from what was published as version {last.revision_number}"
    if last.act in (Act.PUBLISHED, Act.CORRECTED, Act.RESTORED) and not _is_independent(last):
        return "was approved by somebody who wrote it"
    if revision is None:
        return f"was published from version {last.revision_number}, which is gone"
    if not is_kept:
        return f"was published from version {last.revision_number}, which was changed since"
    if last.act == Act.CORRECTED and not _is_small(revision, corrections.baseline(last)):
        return "was published as a small correction, and is none"
    if last.act not in (Act.PUBLISHED, Act.CORRECTED):
        return ""
    return _doubt_about_record(last, revision, entries) or _together(last)


def _is_small(revision: Any, before: LedgerEntry | None) -> bool:
    """Whether `revision` differs from what was approved in full before in a few words; yes where that is gone."""
    if before is not None and before.act == Act.EMERGENCY and not before.answers.filter(act=Act.CONFIRMED).exists():
        return False
    public = before.get_revision() if before else None
    if public is None:
        return True
    changed = word_changes.words_changed(public.as_object(), revision.as_object())
    return changed is not None and changed <= corrections.MOST_WORDS


def _says(revision: Any, digest: str) -> bool:
    """Whether `revision` is stored as it was when `digest` was reckoned, whatever became of what it refers to."""
    text = revision.as_object()
    return digest in (digest_of(text), digest_of(type(text).from_serializable_data(revision.content, check_fks=False)))


def _doubt_about_record(entry: LedgerEntry, revision: Any, entries: Any) -> str:
    """What Wagtail's own tables know otherwise than `entry`, one of `entries`; "" where they know nothing any more."""
    # Who wrote a version that was public before was settled then.
    before = entries.publications().filter(pk__lt=entry.pk, revision_number=revision.pk)
    writers = ids_of(entry.contributors)
    if revision.user_id and revision.user_id not in writers and not before.exists():
        return f"was saved by somebody whom its record does not name (version {revision.pk})"
    steps = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    deciders = set(steps.values_list("finished_by", flat=True))
    named = {person.user_id for person in entry.approvals}
    if deciders and None not in deciders and not named <= deciders:
        return f"names somebody as its approver who approved nothing (version {revision.pk})"
    return ""


def _doubt_about_schedule(instance: Any) -> str:
    """What is wrong with what waits for its time; "" if nothing is."""
    revision = instance.scheduled_revision
    if revision is None:
        return ""
    approved = LedgerEntry.objects.approval_of_time(instance, revision)
    if approved is None or not _says(revision, approved.digest) or not _is_independent(approved):
        return f"has version {revision.pk} waiting for its time without an approval of text and time"
    return ""


def _doubt_about_release(instance: Any) -> str:
    """What is wrong with what waits to go live together with others; "" if nothing is."""
    item = instance.release_items.filter(is_open=True).first() if isinstance(instance, Page) else None
    if item is None or item.approval is None:
        return ""
    last = LedgerEntry.objects.last_on_its_time(instance)
    revision = item.approval.get_revision()
    is_sound = last == item.approval and item.approval.act == Act.HELD and revision is not None
    if last is None or not is_sound or not _says(revision, last.digest) or not _is_independent(last):
        return f"has version {item.approval.revision_number} waiting for others without an approval"
    return ""


def _doubt_about_privacy(instance: Any) -> str:
    """Whether everybody reads a page that was private, and nobody else agreed to that; "" if not."""
    acts = (Act.CLOSED, Act.OPENED)
    last = LedgerEntry.objects.for_instance(instance).filter(act__in=acts).order_by("-pk").first()
    if last is None or not isinstance(instance, Page) or instance.get_view_restrictions():
        return ""
    if last.act == Act.CLOSED:
        return "was private and is open to everybody, though no second person let it be"
    if last.answered and last.answered.user_id in {person.user_id for person in last.approvals}:
        return "was let open by whoever asked for it"
    return ""


def _together(entry: LedgerEntry) -> str:
    """Where `entry` says that a text went live together with others, and they didn't; "" otherwise."""
    release = Release.objects.filter(pk=entry.release_number).first() if entry.release_number else None
    if release is None or (release.publish_at and release.rule == Release.Rule.ALONE):
        return ""
    wanted = set(release.items.exclude(page=None).values_list("page", flat=True))
    entries = LedgerEntry.objects.filter(release_number=release.pk, act=Act.PUBLISHED)
    public = {int(pk) for pk in entries.values_list("object_id", flat=True)}
    if release.published_at is None or not wanted <= public:
        return f"went live without the others of release {release.pk}"
    return ""


def _is_independent(entry: LedgerEntry) -> bool:
    if entry.act == Act.RESTORED and not entry.approvals:
        # An operator's text that was put back: the command stood for it, not a person.
        seeded = LedgerEntry.objects.filter(content_type=entry.content_type_id, object_id=entry.object_id)
        return seeded.filter(act=Act.SEEDED, digest=entry.digest, pk__lt=entry.pk).exists()
    deciding = [person for person in entry.approvals if person.step_key in APPROVING]
    return any(person.user_id not in ids_of(entry.contributors) for person in deciding)
