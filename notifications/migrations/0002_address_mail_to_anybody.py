import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("outgoingmail", "one_mail_per_event_and_receiver"),
        migrations.RenameField("outgoingmail", "receiver", "user"),
        migrations.AlterField(
            "outgoingmail",
            "user",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AddField(
            "outgoingmail",
            "address",
            models.EmailField(default="", max_length=254, verbose_name="e-mail address"),
            preserve_default=False,
        ),
        migrations.AddField(
            "outgoingmail",
            "language",
            models.CharField(default="", max_length=10, verbose_name="language of the mail"),
            preserve_default=False,
        ),
        migrations.RemoveField("outgoingmail", "lease"),
        migrations.RemoveField("outgoingmail", "leased_until"),
        migrations.RemoveField("outgoingmail", "handed_over_at"),
        migrations.AlterField(
            "outgoingmail",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("sent", "sent"),
                    ("dropped", "no longer of use"),
                    ("failed", "given up"),
                ],
                default="waiting",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddIndex("outgoingmail", models.Index(fields=["event"], name="outbox_event")),
        migrations.AddConstraint(
            "outgoingmail",
            models.UniqueConstraint(
                condition=models.Q(user__isnull=False), fields=("event", "user"), name="one_mail_per_event_and_user"
            ),
        ),
        migrations.AddConstraint(
            "outgoingmail",
            models.UniqueConstraint(
                condition=models.Q(user__isnull=True),
                fields=("event", "address"),
                name="one_mail_per_event_and_address",
            ),
        ),
    ]
