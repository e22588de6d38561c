"""Panels of the admin that the models of the handbook name."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class EditionFilesPanel(Panel):
    """How far the files of an edition are, and the way to them: the reviewers open them here."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalog/admin/edition_files.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            edition = self.instance
            build = getattr(edition, "build", None)
            return {
                **super().get_context_data(parent_context),
                "edition": edition,
                "build": build,
                "files": [
                    {"kind": kind, "url": reverse("catalog_edition_draft", args=[edition.pk, kind]), **file}
                    for kind, file in sorted(edition.files.items(), reverse=True)
                ],
                "can_repeat": bool(build)
                and not (build.is_under_way or edition.is_fixed or edition.workflow_in_progress),
                "progress_url": reverse("catalog_edition_progress", args=[edition.pk]) if edition.pk else "",
                "again_url": reverse("catalog_edition_again", args=[edition.pk]) if edition.pk else "",
            }
