"""The history of a chapter that is public begins with the day on which it became so."""

from django.db import migrations


def begin_histories(apps, schema_editor):
    ChapterPage = apps.get_model("catalog", "ChapterPage")
    ChapterChange = apps.get_model("catalog", "ChapterChange")
    known = ChapterChange.objects.values("page")
    public = ChapterPage.objects.filter(first_published_at__isnull=False).exclude(pk__in=known)
    ChapterChange.objects.bulk_create(
        ChapterChange(page_id=key, at=at, kind="new") for key, at in public.values_list("pk", "first_published_at")
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_offer_facts_and_templates")]

    operations = [migrations.RunPython(begin_histories, migrations.RunPython.noop)]
