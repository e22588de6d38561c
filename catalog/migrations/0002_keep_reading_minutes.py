"""Chapters keep how long they take to read; backwards, each reader's request reckons it again."""

from django.db import migrations, models

from home import text
from home.blocks import references


def reckon(apps, schema_editor):
    ChapterPage = apps.get_model("catalog", "ChapterPage")
    for chapter in ChapterPage.objects.only("body").iterator(100):
        minutes = text.reading_minutes(" ".join(references.words_of(chapter.body)))
        ChapterPage.objects.filter(pk=chapter.pk).update(kept_minutes=minutes)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="chapterpage",
            name="kept_minutes",
            field=models.PositiveSmallIntegerField(default=0, editable=False, serialize=False),
        ),
        migrations.RunPython(reckon, migrations.RunPython.noop),
    ]
