from django.db import migrations

ANSWERS = (
    "step_free",
    "lift",
    "toilet",
    "induction_loop",
    "sign_language",
    "captions",
    "audio_description",
    "quiet_room",
    "assistance_dog",
    "child_corner",
    "easy_read",
)


def write_addresses(apps, schema_editor):
    """On the way back the list of places goes, so events say themselves what their place says of them.

    In their versions, too. These then say something else than was approved: `verify_approvals` names them.
    """
    venues = list(apps.get_model("events", "Venue").objects.select_related("locale").order_by("pk"))
    by_number = {venue.pk: venue for venue in venues}
    public = {(venue.translation_key, venue.locale_id): venue for venue in venues if venue.live}
    events = apps.get_model("events", "EventPage").objects
    languages = dict(events.values_list("pk", "locale"))
    for event in events.exclude(venue=None):
        house = by_number[event.venue_id]
        words = public.get((house.translation_key, event.locale_id), house)
        said = {name: getattr(event, name) for name in (*ANSWERS, "accessibility_contact")}
        events.filter(pk=event.pk).update(venue=None, **_as_of(house, words, said))
    revisions = apps.get_model("wagtailcore", "Revision").objects
    of_events = revisions.filter(content_type__app_label="events", content_type__model="eventpage")
    for number in list(of_events.values_list("pk", flat=True)):
        revision = revisions.get(pk=number)
        house = by_number.get(revision.content.get("venue"))
        if house is not None:
            words = public.get((house.translation_key, languages.get(int(revision.object_id))), house)
            content = {**revision.content, "venue": None, **_as_of(house, words, revision.content)}
            revisions.filter(pk=number).update(content=content)


def _as_of(house, words, said):
    """What an event with the answers `said` says of where it is; `words`: of `house`, in its own language."""
    answers = {name: getattr(house, name) for name in ANSWERS if said.get(name, "unknown") == "unknown"}
    return {
        "place": ", ".join(filter(None, (words.name, words.room)))[:160],
        "address": words.address,
        "district": house.district,
        "accessibility_contact": said.get("accessibility_contact") or words.accessibility_contact,
        **answers,
    }


class Migration(migrations.Migration):
    """By itself: PostgreSQL alters no table whose rows were changed in the same transaction."""

    dependencies = [("events", "0004_add_venues"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(migrations.RunPython.noop, write_addresses)]
