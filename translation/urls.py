"""Addresses below /admin/editorial/: the report on translations, their beginning, and files for translators."""

from django.urls import path

from translation.views import begin, exchange, notices, report

app_name = "translation"

urlpatterns = [
    path("translations/", report.TranslationsView.as_view(), name="report"),
    path("translations/results/", report.TranslationsView.as_view(results_only=True), name="report_results"),
    path("translations/<int:page_id>/<str:language>/begin/", begin.BeginView.as_view(), name="begin"),
    path("translations/<int:page_id>/notices/", notices.NoticesView.as_view(), name="notices"),
    path("translations/<int:page_id>/files/", exchange.FilesView.as_view(), name="exchange"),
    path("translations/<int:page_id>/files/<str:language>/", exchange.DownloadView.as_view(), name="download"),
]
