"""Figures for Prometheus: what the database says at the moment of the question, and what all processes have counted."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from wagtail.models import Page, Revision, WorkflowState

from approval.models import Release
from notifications import health as notifications_health
from notifications.models import OutgoingMail
from operations import backups, health, heartbeats

Gauges = Iterable[GaugeMetricFamily]


def exposition() -> bytes:
    """All of it in Prometheus' text format. Without a database: which checks fail, and how often the site answered."""
    registry = CollectorRegistry()
    registry.register(SiteCollector())
    if Path(settings.METRICS_ROOT).is_dir():
        MultiProcessCollector(registry, path=settings.METRICS_ROOT)
    return generate_latest(registry)


class SiteCollector(Collector):
    """Asked anew each time, so that it is the same whichever process answers. Ages are in seconds."""

    def describe(self) -> Gauges:
        return []

    def collect(self) -> Gauges:
        results = health.report()
        states = {name: float(found.state == health.State.OK) for name, found in results.items()}
        yield _gauge("site_check_ok", "1 where a check of /health/ready finds all well.", "check", states)
        if results["database"].state == health.State.OK:
            yield from _of_database()


def _of_database() -> Gauges:
    now = timezone.now()
    waiting = OutgoingMail.objects.due(now)
    ready = DBTaskResult.objects.ready()
    yield _gauge("site_texts", "Pages by where they are.", "state", _texts())
    yield _gauge("site_texts_late", "Texts whose approved time passed ten minutes ago.", value=_unpublished())
    yield _gauge("site_publication_late_seconds", "How long the first approved time has passed.", value=_late(now))
    mails = {
        "waiting": waiting.count(),
        "failed": OutgoingMail.objects.filter(state=OutgoingMail.State.FAILED).count(),
    }
    yield _gauge("site_mails", "Mails of the outbox that are due, and those given up.", "state", mails)
    first = waiting.aggregate(first=Min("created_at"))["first"]
    yield _gauge("site_mail_oldest_seconds", "Age of the oldest mail that is due.", value=_age(first, now))
    yield _gauge("site_jobs_waiting", "Jobs that no worker has taken yet.", value=ready.count())
    first = ready.aggregate(first=Min("enqueued_at"))["first"]
    yield _gauge("site_job_oldest_seconds", "Age of the oldest of them.", value=_age(first, now))
    ages = {process: _age(at, now) for process, at in heartbeats.last_seen().items()}
    yield _gauge("site_heartbeat_age_seconds", "Since when a process was not seen.", "process", ages)
    last = backups.last()
    if last:
        yield _gauge("site_backup_age_seconds", "Age of the last backup.", value=_age(last, now))


def _texts() -> dict[str, float]:
    was_public = Q(first_published_at__isnull=False)
    found = Page.objects.filter(depth__gt=1).aggregate(
        public=Count("pk", filter=Q(live=True)),
        changed=Count("pk", filter=Q(live=True, has_unpublished_changes=True)),
        draft=Count("pk", filter=Q(live=False) & ~was_public),
        taken_down=Count("pk", filter=Q(live=False) & was_public),
    )
    return {
        **found,
        "in_workflow": WorkflowState.objects.active().count(),
        "scheduled": Revision.objects.filter(approved_go_live_at__isnull=False).count(),
    }


def _unpublished() -> float:
    return notifications_health.waiting().unpublished


def _late(now: datetime) -> float:
    alone = Revision.objects.filter(approved_go_live_at__lt=now).aggregate(first=Min("approved_go_live_at"))["first"]
    together = Release.objects.due().aggregate(first=Min("publish_at"))["first"]
    return max(_age(alone, now), _age(together, now))


def _age(moment: datetime | None, now: datetime) -> float:
    return (now - moment).total_seconds() if moment else 0


def _gauge(
    name: str, words: str, label: str = "", by_label: dict[str, float] | None = None, *, value: float | None = None
) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(name, words, labels=[label] if label else None, value=value)
    for key, number in (by_label or {}).items():
        gauge.add_metric([key], number)
    return gauge
