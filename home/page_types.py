"""What a migration that makes a page type needs for the way back.

Its table goes, and the rows of `wagtailcore_page` would stay: pages without a type, that nobody can open, and that
hold their addresses when the migration comes again.
"""

from typing import Any

from django.db import migrations
from django.db.models import Model

NEEDS = [("contenttypes", "0002_remove_content_type_name"), ("wagtailredirects", "0008_add_verbose_name_plural")]
"""For `dependencies`: whatever leads to a page has to be known where it is deleted."""


def taken_back(app_label: str, name: str) -> migrations.RunPython:
    """The operation after `CreateModel(name)`: nothing forward, and backward the pages of this type are deleted."""

    def delete_pages(apps: Any, schema_editor: Any) -> None:
        Page = apps.get_model("wagtailcore", "Page")
        pages = Page.objects.filter(content_type__app_label=app_label, content_type__model=name.lower())
        paths = dict(pages.values_list("pk", "path"))
        if not paths:
            return
        for kind in ("Revision", "WorkflowState"):
            rows: type[Model] = apps.get_model("wagtailcore", kind)
            of_pages = {"base_content_type__app_label": "wagtailcore", "base_content_type__model": "page"}
            rows._default_manager.filter(**of_pages, object_id__in=[str(pk) for pk in paths]).delete()
        pages.delete()
        for above in {path[:-4] for path in paths.values()}:  # models of migrations know nothing of trees
            below = Page.objects.filter(path__startswith=above, depth=len(above) // 4 + 1).count()
            Page.objects.filter(path=above).update(numchild=below)
        # PostgreSQL drops no table whose rows wait to be checked.
        schema_editor.connection.check_constraints()

    return migrations.RunPython(migrations.RunPython.noop, delete_pages)
