"""The addresses of the editorial room, under /admin/editorial/."""

from django.urls import path

from approval.views import claims, emergency, ledger, needed_by, schedule
from newsroom.views import archive, decision
from translation.views import begin, exchange, report

app_name = "editorial"

SUBJECT = "<slug:app_label>/<slug:model_name>/<str:pk>"

urlpatterns = [
    path("decide/<int:pk>/", decision.DecisionView.as_view(), name="decide"),
    path("publications/", ledger.LedgerView.as_view(), name="ledger"),
    path("publications/results/", ledger.LedgerView.as_view(results_only=True), name="ledger_results"),
    path("archive/", archive.ArchiveView.as_view(), name="archive"),
    path("archive/results/", archive.ArchiveView.as_view(results_only=True), name="archive_results"),
    path("translations/", report.TranslationsView.as_view(), name="translations"),
    path(
        "translations/results/",
        report.TranslationsView.as_view(results_only=True),
        name="translations_results",
    ),
    path("translations/<int:page_id>/<str:language>/begin/", begin.BeginView.as_view(), name="begin_translation"),
    path("steps/<int:task_state>/take/", claims.TakeStepView.as_view(), name="take_step"),
    path("steps/<int:task_state>/give-back/", claims.GiveBackStepView.as_view(), name="give_back_step"),
    path("translations/<int:page_id>/files/", exchange.FilesView.as_view(), name="translation_files"),
    path(
        "translations/<int:page_id>/files/<str:language>/",
        exchange.DownloadView.as_view(),
        name="translation_file",
    ),
    path(f"{SUBJECT}/needed-by/", needed_by.NeededByView.as_view(), name="needed_by"),
    path(f"{SUBJECT}/emergency/", emergency.EmergencyView.as_view(), name="emergency"),
    path(f"{SUBJECT}/emergency/<int:entry>/", emergency.AnswerView.as_view(), name="answer"),
    path(f"{SUBJECT}/withdraw/", schedule.WithdrawView.as_view(), name="withdraw"),
    path(f"{SUBJECT}/restore/", archive.RestoreView.as_view(), name="restore"),
]
