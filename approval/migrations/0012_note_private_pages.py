"""Pages that are private already: `verify_approvals` says so when one of them is opened without a second person."""

from django.db import migrations


def note(apps, schema_editor):
    """One entry for each page that has a restriction of its own."""
    entries = apps.get_model("approval", "LedgerEntry").objects
    pages = apps.get_model("wagtailcore", "PageViewRestriction").objects.order_by("page").distinct()
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="wagtailcore", model="page").first()
    for pk, title in pages.values_list("page", "page__title"):
        entries.create(act="closed", content_type=kind, object_id=str(pk), title=title)


def forget(apps, schema_editor):
    """What was noted later goes too: the release before this one doesn't know these acts."""
    entries = apps.get_model("approval", "LedgerEntry").objects.filter(act__in=("closed", "asked", "opened", "kept"))
    apps.get_model("approval", "LedgerPerson").objects.filter(entry__in=entries).delete()
    entries.filter(answered__isnull=False).delete()
    entries.delete()


class Migration(migrations.Migration):
    dependencies = [("approval", "0011_add_acts_of_private_pages"), ("wagtailcore", "0001_initial")]

    operations = [migrations.RunPython(note, forget)]
