"""A draft is saved before anybody knows when the event is; what is sent or public has both times."""

from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone

LENGTH = timedelta(hours=1)


def fill_in(apps, schema_editor):
    """On the way back no row may lack its times; what was written is not thrown away for that."""
    events = apps.get_model("events", "EventPage").objects
    for event in events.filter(models.Q(start=None) | models.Q(end=None)):
        begins = event.start or (event.end - LENGTH if event.end else timezone.now())
        events.filter(pk=event.pk).update(start=begins, end=event.end or begins + LENGTH)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_add_district"),
    ]

    operations = [
        migrations.AlterField(
            model_name="eventpage",
            name="start",
            field=models.DateTimeField(null=True, verbose_name="starts"),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="end",
            field=models.DateTimeField(null=True, verbose_name="ends"),
        ),
        migrations.RunPython(migrations.RunPython.noop, fill_in),
    ]
