"""Addresses below /admin/editorial/: the decision page, the archive, help, patterns, and what scripts ask."""

from django.urls import path

from approval.urls import SUBJECT
from newsroom.views import archive, decision, session, under_way
from newsroom.views.help import HelpView
from newsroom.views.patterns import SavePatternView

app_name = "newsroom"

urlpatterns = [
    path("decide/<int:pk>/", decision.DecisionView.as_view(), name="decide"),
    path("session/", session.session, name="session"),
    path("help/", HelpView.as_view(), name="help"),
    path("texts/", under_way.UnderWayView.as_view(), name="under_way"),
    path("texts/results/", under_way.UnderWayView.as_view(results_only=True), name="under_way_results"),
    path("archive/", archive.ArchiveView.as_view(), name="archive"),
    path("archive/results/", archive.ArchiveView.as_view(results_only=True), name="archive_results"),
    path(f"{SUBJECT}/restore/", archive.RestoreView.as_view(), name="restore"),
    path(f"{SUBJECT}/save-pattern/", SavePatternView.as_view(), name="save_pattern"),
]
