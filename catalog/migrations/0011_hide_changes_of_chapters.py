"""A sentence on a change that was wrong can be hidden."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0010_begin_histories_of_chapters")]

    operations = [
        migrations.AddField(
            model_name="chapterchange",
            name="hidden_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="hidden"),
        ),
    ]
