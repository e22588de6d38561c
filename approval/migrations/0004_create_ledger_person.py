import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("approval", "0003_give_keys_to_what_is_there"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("contributor", "who wrote it"), ("approver", "who approved it")],
                        max_length=11,
                        verbose_name="part in it",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=310, verbose_name="who")),
                ("contribution_kinds", models.JSONField(default=list, verbose_name="kinds of contribution")),
                ("step", models.CharField(blank=True, max_length=255, verbose_name="name of the step")),
                ("step_key", models.CharField(blank=True, max_length=20, verbose_name="key of the step")),
                ("at", models.DateTimeField(null=True, verbose_name="when")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="approval.ledgerentry",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "person in the publication record",
                "verbose_name_plural": "people in the publication record",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
    ]
