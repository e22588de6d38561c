from django.db import migrations, models


class Migration(migrations.Migration):
    lock_is_short = "the table is new with this release"

    dependencies = [("search", "0001_create_index")]

    operations = [
        migrations.AlterField("entry", "analyser", models.CharField(db_index=True, max_length=40)),
    ]
