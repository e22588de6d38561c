from datetime import datetime

from django.db import migrations


def write_rows(apps, schema_editor):
    """Each person in the lists of an entry becomes a row, in their order."""
    rows = apps.get_model("approval", "LedgerPerson").objects
    for entry in apps.get_model("approval", "LedgerEntry").objects.order_by("pk").iterator():
        rows.bulk_create(
            [
                *(rows.model(entry=entry, part="contributor", **_contributor(one)) for one in entry.contributors),
                *(rows.model(entry=entry, part="approver", **_approver(one)) for one in entry.approvals),
            ]
        )


def _contributor(person):
    return {"user_id": person["user"], "name": person["name"], "contribution_kinds": person.get("how", [])}


def _approver(person):
    return {
        "user_id": person["user"],
        "name": person["name"],
        "step": person["step"],
        "step_key": person.get("kind", ""),
        "at": datetime.fromisoformat(person["at"]) if person.get("at") else None,
        "comment": person.get("comment", ""),
    }


def write_lists(apps, schema_editor):
    """The way back: the same lists, of entries that were written since as well."""
    entries = apps.get_model("approval", "LedgerEntry").objects
    for entry in entries.prefetch_related("people").iterator(chunk_size=500):
        people = sorted(entry.people.all(), key=lambda person: person.pk)
        entry.contributors = [
            {"user": one.user_id, "name": one.name, "how": one.contribution_kinds}
            for one in people
            if one.part == "contributor"
        ]
        entry.approvals = [
            {
                "user": one.user_id,
                "name": one.name,
                "step": one.step,
                "kind": one.step_key,
                "at": one.at.isoformat() if one.at else "",
                "comment": one.comment,
            }
            for one in people
            if one.part == "approver"
        ]
        entry.save(update_fields=["contributors", "approvals"])
    apps.get_model("approval", "LedgerPerson").objects.all().delete()


class Migration(migrations.Migration):
    """By itself: PostgreSQL alters no table whose rows were changed in the same transaction."""

    dependencies = [("approval", "0004_create_ledger_person")]

    operations = [migrations.RunPython(write_rows, write_lists)]
