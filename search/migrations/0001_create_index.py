from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from search.database import postgresql, sqlite

OF = {"sqlite": sqlite, "postgresql": postgresql}


def create(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What each database matches terms with."""
    for statement in OF[schema_editor.connection.vendor].CREATE:
        schema_editor.execute(statement)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in OF[schema_editor.connection.vendor].DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("page_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=15)),
                ("title_words", models.PositiveSmallIntegerField()),
                ("day", models.IntegerField(null=True)),
                ("ends", models.BigIntegerField(null=True)),
                ("weight", models.FloatField()),
                ("labels", models.TextField()),
                ("analyser", models.CharField(max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="StoredDocument",
            fields=[
                ("page_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=15)),
                ("document", models.JSONField()),
                ("passages", models.JSONField()),
                ("words", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=15)),
                ("word", models.CharField(max_length=100)),
                ("count", models.IntegerField()),
            ],
            options={"indexes": [models.Index(fields=["language", "word"], name="search_word_by_language")]},
        ),
        migrations.RunPython(create, drop),
    ]
