"""The tables of `wagtail.contrib.search_promotions`, which is no part of the site any more, go.

Other migrations only add. This one drops, because nothing of ours was in these tables, words that somebody typed would
stay in them for ever, and they stand in the way: what points to a page, and no code deletes any more, lets nobody
delete the page or restore a backup in place of it. The admin's notes of what points where go too: they name a model
that nobody knows, which is an error where a page's usage is shown.

Backwards nothing is made: should the app come back, its own migrations make the tables, as its rows in
`django_migrations` go here too.
"""

from django.apps import apps as installed
from django.db import migrations
from django.db.migrations.recorder import MigrationRecorder

LABEL = "wagtailsearchpromotions"
TABLES = ("searchpromotion", "querydailyhits", "query")  # what points comes before what it points to


def drop(apps, schema_editor):
    if installed.is_installed("wagtail.contrib.search_promotions"):  # it came back, and the database is a new one
        return
    apps.get_model("wagtailcore", "ReferenceIndex").objects.filter(base_content_type__app_label=LABEL).delete()
    for table in TABLES:
        schema_editor.execute(f"DROP TABLE IF EXISTS {LABEL}_{table}")
    MigrationRecorder(schema_editor.connection).migration_qs.filter(app=LABEL).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0010_add_words_for_the_search"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(drop, migrations.RunPython.noop)]
