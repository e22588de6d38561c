"""An index of both texts of an entry at once, which modelsearch promises in a comment and doesn't make."""

from django.db import migrations


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS words_of_the_admin "
            "ON wagtailsearch_indexentry USING gin ((title || body))"
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX CONCURRENTLY IF EXISTS words_of_the_admin")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("home", "0008_create_file_text"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(make, remove)]
