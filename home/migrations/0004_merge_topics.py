"""Addresses of topics get plain letters (zolte-lawki), and files the first spelling of their topics.

Pages keep the spelling that was approved; it is shown as the first one (home/topics.py). Backwards, taggit's own
addresses come back, and files keep the first spelling.
"""

from django.db import migrations
from django.utils.text import slugify as taggit_slug

from approval.text_cleaning import clean_line, comparison_key, slugify


def merge(apps, schema_editor):
    Tag, TaggedItem = apps.get_model("taggit", "Tag"), apps.get_model("taggit", "TaggedItem")
    _name_addresses(Tag, slugify)
    names, first = set(Tag.objects.values_list("name", flat=True)), {}
    for tag in Tag.objects.order_by("pk"):
        clean = clean_line(tag.name)
        if clean and clean not in names:
            names.add(clean)
            Tag.objects.filter(pk=tag.pk).update(name=clean)
        kept = first.setdefault(comparison_key(tag.name), tag.pk)
        if kept != tag.pk:
            for link in TaggedItem.objects.filter(tag=tag.pk):
                there = {"content_type": link.content_type, "object_id": link.object_id, "tag_id": kept}
                if TaggedItem.objects.filter(**there).exists():
                    link.delete()
                else:
                    TaggedItem.objects.filter(pk=link.pk).update(tag_id=kept)


def split(apps, schema_editor):
    _name_addresses(apps.get_model("taggit", "Tag"), lambda name: taggit_slug(name, allow_unicode=True))


def _name_addresses(Tag, address):
    tags = list(Tag.objects.order_by("pk"))
    for tag in tags:  # so that none stands in another one's way
        Tag.objects.filter(pk=tag.pk).update(slug=f"topic-{tag.pk}-on-its-way")
    taken = set()
    for tag in tags:
        wanted = slug = address(tag.name) or f"topic-{tag.pk}"
        number = 2
        while slug in taken:
            slug, number = f"{wanted}-{number}", number + 1
        taken.add(slug)
        Tag.objects.filter(pk=tag.pk).update(slug=slug)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_create_content_generation_and_page_terms"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [migrations.RunPython(merge, split)]
