"""Work that nobody should wait for."""

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from catalog.editions import making
from catalog.models import EditionBuild

log = logging.getLogger(__name__)
State = EditionBuild.State


@task(backend="mail", priority=-3)  # the worker's queue: mails and pictures first
def make_edition(build_pk: int) -> None:
    """The files of an edition. Who waits reads how far it is; what went wrong is said there, and it can be repeated."""
    if not _begin(build_pk):
        return
    build = EditionBuild.objects.select_related("edition__source", "asked_by").get(pk=build_pk)

    def tell(done: int, steps: int, step: str) -> None:
        _note(build_pk, done=done, steps=steps, step=step[:300])

    with override(settings.LANGUAGE_CODE):
        try:
            content = build.edition.source.content
            made = making.files_of(build.edition, content, tell)
            with transaction.atomic():
                making.attach(build.edition_id, content, made, build.asked_by)
                _note(build_pk, state=State.DONE, done=build.steps, step="", problem="")
        except making.NotMadeError as refusal:
            _note(build_pk, state=State.FAILED, problem=str(refusal))
        except Exception:
            log.exception("Edition %s could not be made", build.edition_id)
            words = _("Something went wrong on the server; its log says what. You can have it made again.")
            _note(build_pk, state=State.FAILED, problem=words)


@transaction.atomic
def _begin(build_pk: int) -> bool:
    """One job at a time makes an edition: the first that comes."""
    build = EditionBuild.objects.select_for_update().filter(pk=build_pk, state=State.WAITING).first()
    if build is None:
        return False
    _note(build_pk, state=State.RUNNING, done=0, problem="")
    return True


def _note(build_pk: int, **said: object) -> None:
    EditionBuild.objects.filter(pk=build_pk).update(changed_at=timezone.now(), **said)
