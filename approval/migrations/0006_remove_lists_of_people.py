from django.db import migrations


class Migration(migrations.Migration):
    """The way back makes the columns anew, and 0005 fills them from the rows."""

    dependencies = [("approval", "0005_fill_ledger_person")]

    operations = [
        migrations.RemoveField("ledgerentry", "contributors"),
        migrations.RemoveField("ledgerentry", "approvals"),
    ]
