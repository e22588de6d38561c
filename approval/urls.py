"""Addresses below /admin/editorial/: the publication record, emergencies, steps and days."""

from django.urls import path

from approval.views import claims, emergency, ledger, needed_by, opening, release, restriction, schedule, undo

app_name = "approval"

SUBJECT = "<slug:app_label>/<slug:model_name>/<str:pk>"

urlpatterns = [
    path("publications/", ledger.LedgerView.as_view(), name="ledger"),
    path("publications/results/", ledger.LedgerView.as_view(results_only=True), name="ledger_results"),
    path("steps/<int:task_state>/take/", claims.TakeStepView.as_view(), name="take_step"),
    path("steps/<int:task_state>/give-back/", claims.GiveBackStepView.as_view(), name="give_back_step"),
    path(f"{SUBJECT}/needed-by/", needed_by.NeededByView.as_view(), name="needed_by"),
    path(f"{SUBJECT}/emergency/", emergency.EmergencyView.as_view(), name="emergency"),
    path(f"{SUBJECT}/emergency/<int:entry>/", emergency.ConfirmationView.as_view(), name="answer"),
    path(f"{SUBJECT}/together/", release.TogetherView.as_view(), name="together"),
    path(f"{SUBJECT}/people/", restriction.RestrictionView.as_view(), name="restriction"),
    path("kept/", restriction.OverrideView.as_view(), name="override"),
    path(f"{SUBJECT}/publication-time/", schedule.PublicationTimeView.as_view(), name="publication_time"),
    path(f"{SUBJECT}/opening/", opening.OpeningView.as_view(), name="opening"),
    path(f"{SUBJECT}/undo/", undo.UndoView.as_view(), name="undo"),
]
