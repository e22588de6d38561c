"""What happens when a workflow is through: the approved revision goes live, gets its time, or waits for others."""

from typing import Any

from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from approval import publish_guard, release_publication, verdict, verification
from approval.models import Act
from approval.models.gated import record


@transaction.atomic(savepoint=False)
def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Check the approval of the newest revision, publish exactly that, and write it down."""
    found = verdict.of(workflow_state)
    instance, revision = found.instance, found.revision
    approvals = verification.independent_approvals(workflow_state, found)
    if not approvals:
        publish_guard.refuse(instance)
    named = [*verification.named_contributors(found.contributions.all), *approvals]
    digest = found.digest
    number = release_publication.open_release_id(instance)
    if number and release_publication.hold(number, instance, revision, digest, named, user):
        return
    # Wagtail sets it again if it is to wait, whatever the clock promised before: its time may come in between.
    revision.approved_go_live_at = None
    # Wagtail would index the references of the text again with each remark that it saves; `in_use` does so at the end.
    with publish_guard.allow(instance, digest), disable_reference_index_auto_update():
        revision.publish(user=user, skip_permission_checks=True)
    due = revision.approved_go_live_at
    act = Act.SCHEDULED if due else Act.CORRECTED if verification.is_correction(approvals) else Act.PUBLISHED
    found.text.restricted_draft = found.contributions.draft
    record(act, instance, revision, digest, shows=found.text, named=named, user=user, due=due)
