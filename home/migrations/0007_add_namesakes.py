from collections import Counter

from django.db import migrations, models

from home.names import likeness


def name_likenesses(apps, schema_editor):
    User = apps.get_model("home", "User")
    users = list(User.objects.all())
    for user in users:
        user.name_likeness = likeness(f"{user.first_name} {user.last_name}".strip() or user.username)[:330]
    known = Counter(user.name_likeness for user in users)
    for user in users:
        user.has_namesake = known[user.name_likeness] > 1
    User.objects.bulk_update(users, ["name_likeness", "has_namesake"], batch_size=200)


class Migration(migrations.Migration):
    lock_is_short = "people who work with the site: a few dozen rows"
    dependencies = [("home", "0006_create_committed_change")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="name_likeness",
            field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=330),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="user", name="has_namesake", field=models.BooleanField(default=False, editable=False)
        ),
        migrations.RunPython(name_likenesses, migrations.RunPython.noop, elidable=True),
    ]
