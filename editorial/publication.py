"""What happens when a workflow is through: the approved revision goes live, or gets its time."""

from typing import Any

from django.db import transaction

from editorial import gate, proof
from editorial.digest import digest_of
from editorial.models import Act
from editorial.models.gated import record


@transaction.atomic
def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Check the approval of the newest revision, publish exactly that, and write it down."""
    instance = workflow_state.content_object
    instance = getattr(instance, "specific", instance)
    revision = instance.get_latest_revision()
    approvals = proof.independent_approvals(workflow_state, instance, revision)
    if not approvals:
        gate.refuse(instance)
    digest = digest_of(revision.as_object())
    facts = {
        "user": user,
        "contributors": proof.named_contributors(instance),
        "approvals": approvals,
    }
    with gate.opened(instance, digest):
        revision.publish(user=user, skip_permission_checks=True)
    # What became of it, not what the clock promised before: its time may have come in between.
    revision.refresh_from_db(fields=["approved_go_live_at"])
    due = facts["due"] = revision.approved_go_live_at
    record(Act.SCHEDULED if due else Act.PUBLISHED, instance, revision, digest, **facts)
