from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editorial", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="ledgerentry",
            name="due",
            field=models.DateTimeField(null=True, verbose_name="for when"),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("published", "published after approval"),
                    ("scheduled", "approved for a later time"),
                    ("withdrawn", "approval withdrawn"),
                    ("emergency", "published in an emergency"),
                    ("confirmed", "emergency publication confirmed"),
                    ("taken-down", "taken down"),
                    ("restored", "approved version put back"),
                    ("planted", "published by an operator's command"),
                ],
                max_length=12,
                verbose_name="what happened",
            ),
        ),
    ]
