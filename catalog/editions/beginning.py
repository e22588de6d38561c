"""How an edition begins: what is approved at this moment is frozen, and a job makes its files."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import WorkflowState

from approval.reader import seeing_everything
from catalog import tasks
from catalog.models import ChapterPage, Edition, EditionBuild, EditionSource

from .content import chapters_of, freeze, handbook_in, sha256_of


def under_review(language: str) -> list[ChapterPage]:
    """Chapters whose newer version waits for a decision: the edition takes the approved one, if there is any."""
    handbook = handbook_in(language)
    if handbook is None:
        return []
    waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).values("object_id")
    chapters = ChapterPage.objects.child_of(handbook).in_order().defer_streamfields()
    keys = {str(key) for key in waiting.values_list("object_id", flat=True)}
    return [chapter for chapter in chapters if str(chapter.pk) in keys and chapter.workflow_in_progress]


def has_chapters(language: str) -> bool:
    handbook = handbook_in(language)
    return handbook is not None and bool(chapters_of(handbook))


@transaction.atomic
def begin(user: Any, **facts: Any) -> Edition:
    """`facts`: number, language, date, notes. LookupError where no chapter of the language is public."""
    with seeing_everything():
        content = freeze(facts["language"])
    edition = Edition(live=False, licence=content["licence"], source_sha256=sha256_of(content), **facts)
    edition.save()
    edition.save_revision(user=user, clean=False)
    EditionSource.objects.create(edition=edition, content=content)
    build = EditionBuild.objects.create(edition=edition, asked_by=user)
    _enqueue(build)
    return edition


@transaction.atomic
def repeat(build: EditionBuild, user: Any) -> None:
    """The files once more, for an edition that has none because its job failed or was ended."""
    EditionBuild.objects.select_for_update().get(pk=build.pk)
    build.state, build.asked_by, build.changed_at = EditionBuild.State.WAITING, user, timezone.now()
    build.problem, build.step, build.done, build.steps = "", "", 0, 0
    build.save()
    _enqueue(build)


def _enqueue(build: EditionBuild) -> None:
    transaction.on_commit(lambda: tasks.make_edition.enqueue(build.pk))
