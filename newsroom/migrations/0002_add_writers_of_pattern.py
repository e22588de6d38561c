"""Whoever made a pattern before this counts as its writer: nobody knows any more whether its words were approved."""

from django.conf import settings
from django.db import migrations, models


def name_makers(apps, schema_editor):
    for pattern in apps.get_model("newsroom", "PagePattern").objects.exclude(made_by=None):
        pattern.writers.add(pattern.made_by_id)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0001_create_page_pattern"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="pagepattern",
            name="writers",
            field=models.ManyToManyField(editable=False, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(name_makers, migrations.RunPython.noop),
    ]
