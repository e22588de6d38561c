"""Topics (tags): one, whatever the spelling, with an address that can be read out."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import pre_save
from django.utils.text import slugify
from taggit.models import Tag
from taggit.utils import _parse_tags

from approval.text_cleaning import clean_line, comparison_key, typed_slug


def names_from_text(text: str) -> list[str]:
    """What somebody typed as the names of topics, each once and as it is known already (TAGGIT_TAGS_FROM_STRING)."""
    known = {comparison_key(tag.name): tag.name for tag in reversed(Tag.objects.order_by("pk"))}
    names = {comparison_key(name): clean_line(name) for name in reversed(_parse_tags(text))}
    return sorted(known.get(key, name) for key, name in names.items() if key)


def spellings() -> dict[str, str]:
    """The address of each tag with the address of its topic: that of the oldest spelling.

    Spellings that were made before they were compared stay, because an approved text names its topics by number. The
    addresses that taggit gave them (żółte-ławki) are among them, so that old links lead on.
    """
    first: dict[str, str] = {}
    tags = list(Tag.objects.order_by("pk").values_list("name", "slug"))
    topics = {slug: first.setdefault(comparison_key(name), slug) for name, slug in tags}
    return {slugify(name, allow_unicode=True): topics[slug] for name, slug in reversed(tags)} | topics


def free_slug(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, with a number where it is in `taken`."""
    taken, slug, number = set(taken), wanted or "topic", 2
    while slug in taken:
        slug, number = f"{wanted or 'topic'}-{number}", number + 1
    return slug


def name_address(sender: type[Tag], instance: Tag, raw: bool, **signal: Any) -> None:
    """taggit keeps letters with accents in the address of a new topic."""
    if instance._state.adding and not raw:
        wanted = typed_slug(instance.slug)
        instance.slug = free_slug(wanted, Tag.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))


def connect() -> None:
    """Called once, when the app is ready."""
    pre_save.connect(name_address, sender=Tag, dispatch_uid="address-of-topic")
