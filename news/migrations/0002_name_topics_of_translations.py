"""Topics of pages in other languages that no page in the first language has are names in their own language.

What both have was left in the first language when the page was translated: it isn't shown there until somebody names
it (home/topics.py). Backwards nothing is done: the rows go with their table.
"""

from django.conf import settings
from django.db import migrations


def name_topics(apps, schema_editor):
    TopicTranslation = apps.get_model("home", "TopicTranslation")
    carried = apps.get_model("news", "NewsPageTag").objects
    originals = carried.filter(content_object__locale__language_code=settings.LANGUAGE_CODE)
    others = carried.filter(content_object__live=True)
    others = others.exclude(content_object__locale__language_code=settings.LANGUAGE_CODE)
    others = others.exclude(tag__in=originals.values("tag"))
    for locale, tag in sorted(set(others.values_list("content_object__locale", "tag"))):
        TopicTranslation.objects.get_or_create(topic=None, locale_id=locale, name_id=tag, is_approved=True)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_create_topic_translation"),
        ("news", "0001_initial"),
    ]

    operations = [migrations.RunPython(name_topics, migrations.RunPython.noop)]
