from typing import Any

from django.conf import settings
from django.db import migrations


def write_down_addresses(apps: Any, _editor: Any) -> None:
    """Each mail gets the address and language of its account; what was perhaps sent is the operator's to repeat."""
    mails = apps.get_model("notifications", "OutgoingMail").objects
    profiles = apps.get_model("wagtailusers", "UserProfile").objects
    languages = dict(profiles.values_list("user", "preferred_language"))
    accounts = mails.exclude(user=None).order_by().values_list("user", "user__email").distinct()
    for user, address in list(accounts):
        mails.filter(user=user).update(address=address, language=languages.get(user) or settings.LANGUAGE_CODE)
    mails.filter(state="unsure").update(state="failed")


def delete_what_has_no_account(apps: Any, _editor: Any) -> None:
    """The earlier table holds mails to accounts only."""
    apps.get_model("notifications", "OutgoingMail").objects.filter(user=None).delete()


class Migration(migrations.Migration):
    """By itself: PostgreSQL alters no table whose rows were changed in the same transaction."""

    dependencies = [
        ("notifications", "0002_address_mail_to_anybody"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(write_down_addresses, delete_what_has_no_account)]
