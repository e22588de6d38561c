"""Topics (tags): one, whatever the spelling, with an address that can be read out, and a name in each language.

A page carries tags in its own language, approved with its words. In the first language each tag is a name. In another
one a tag is a name when an approved `TopicTranslation` says so; what is no name there, a page in that language doesn't
show.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.signals import pre_save
from django.utils.text import slugify
from taggit.models import Tag
from taggit.utils import _parse_tags

from approval import restricted_things
from approval.text_cleaning import clean_line, comparison_key, free_slug, typed_slug
from home.alphabet import sort_key
from home.cache import raise_generation, remembered
from home.file_texts import pages_with
from home.models.topics import TopicTranslation
from search import indexing
from search.admin.rows import rows_with


def names_from_text(text: str) -> list[str]:
    """What somebody typed as the names of topics, each once and as it is known already (TAGGIT_TAGS_FROM_STRING)."""
    return sorted(as_known(_parse_tags(text)))


def as_known(typed: Iterable[str]) -> list[str]:
    """The names that somebody typed, each once and in the spelling that is known already."""
    known = {comparison_key(tag.name): tag.name for tag in reversed(Tag.objects.order_by("pk"))}
    names = {comparison_key(name): clean_line(name) for name in reversed(list(typed))}
    return [known.get(key, name) for key, name in names.items() if key]


def spellings(language: str = settings.LANGUAGE_CODE) -> dict[str, str]:
    """The address of each tag with the address of its topic: that of the oldest spelling.

    Spellings that were made before they were compared stay, because an approved text names its topics by number. The
    addresses that taggit gave them (żółte-ławki) are among them, so that old links lead on. In another language than
    the first one, all names of a topic are one, and the address of the original's topic leads there too.
    """
    first: dict[str, str] = {}
    tags = list(Tag.objects.order_by("pk").values_list("name", "slug"))
    topics = {slug: first.setdefault(comparison_key(name), slug) for name, slug in tags}
    found = {slugify(name, allow_unicode=True): topics[slug] for name, slug in reversed(tags)} | topics
    return found if language == settings.LANGUAGE_CODE else _in_language(found, language)


def _in_language(found: dict[str, str], language: str) -> dict[str, str]:
    rows = TopicTranslation.objects.filter(locale__language_code=language, is_approved=True).order_by("pk")
    names: dict[str, str] = {}
    topics: dict[str, str] = {}
    for topic, spelling in rows.values_list("topic__slug", "name__slug"):
        name, original = found[spelling], found.get(topic or "")
        names.setdefault(name, topics.get(original or "", name))
        if original:
            topics.setdefault(original, names[name])
    leads = topics | names
    return {slug: leads[first] for slug, first in found.items() if first in leads}


def names_in(language: str) -> set[int] | None:
    """The tags that are names of topics in `language`, by number; None for the first language, where all are."""
    if language == settings.LANGUAGE_CODE:
        return None
    rows = TopicTranslation.objects.filter(locale__language_code=language, is_approved=True)
    return set(remembered(f"topics:{language}", lambda: list(rows.values_list("name", flat=True).distinct())))


def once(tags: Iterable[Tag]) -> list[Tag]:
    """Each topic once, whatever its spellings, in the order of its letters."""
    return list({comparison_key(tag.name): tag for tag in sorted(tags, key=lambda tag: sort_key(tag.name))}.values())


def translations_of(
    tags: Iterable[Tag], locale: Any, among: Iterable[Tag] | None = None
) -> list[tuple[Tag, Tag | None]]:
    """Each of `tags` with its newest name in `locale`, or None.

    `among`: the tags of a page; the names are taken from them alone, its proposals included.
    """
    rows = TopicTranslation.objects.filter(locale=locale, topic__isnull=False).select_related("topic", "name")
    rows = rows.filter(is_approved=True) if among is None else rows.filter(name__in=[tag.pk for tag in among])
    names = {comparison_key(row.topic.name): row.name for row in rows.order_by("pk") if row.topic}
    return [(tag, names.get(comparison_key(tag.name))) for tag in once(tags)]


def names_of_topics(locale: Any) -> set[int]:
    """The tags that are names of the originals' topics in `locale`, by number, and of nothing else."""
    rows = TopicTranslation.objects.filter(locale=locale)
    alone = rows.filter(topic__isnull=True).values("name")
    return set(rows.exclude(name__in=alone).values_list("name", flat=True))


MOST_OFFERED = 10


def offered(language: str, beginning: str) -> list[str]:
    """Names with words that begin so, with or without accents, for a page in `language` that is being written.

    Drafts' proposals are among them.
    """
    rows = TopicTranslation.objects.all()
    tags = rows_with(beginning, Tag.objects.all(), ["name"], inside=False)
    tags = Tag.objects.filter(name__istartswith=beginning) if tags is None else tags
    if language == settings.LANGUAGE_CODE:
        topics = rows.filter(topic__isnull=False).values("topic")  # a name may be the same in both
        tags = tags.exclude(Q(pk__in=rows.values("name")) & ~Q(pk__in=topics))
    else:
        tags = tags.filter(pk__in=rows.filter(locale__language_code=language).values("name"))
    return list(restricted_things.visible(tags).order_by("name").values_list("name", flat=True)[:MOST_OFFERED])


def propose(topic: Tag | None, locale: Any, name: Tag) -> None:
    """`name` is what a draft calls `topic` in `locale`; None: a topic of that language alone.

    It stands for what was proposed before: autosave sees half a word, and people correct themselves.
    """
    rows = TopicTranslation.objects.filter(topic=topic, locale=locale)
    if topic is not None:
        rows.filter(is_approved=False).exclude(name=name).delete()
    rows.get_or_create(topic=topic, locale=locale, name=name)


def approve(page: Any, original: Any) -> None:
    """What `page` was published with counts from now on. `original`: what it translates, or None."""
    mine = TopicTranslation.objects.filter(locale=page.locale_id, name__in=[tag.pk for tag in page.tags.all()])
    rows = {row.topic and comparison_key(row.topic.name): row for row in mine.select_related("topic").order_by("pk")}
    wanted = {comparison_key(tag.name) for tag in original.tags.all()} if original is not None else set()
    chosen = [row.pk for key, row in rows.items() if key in wanted]
    if mine.filter(Q(pk__in=chosen) | Q(topic=None), is_approved=False).update(is_approved=True):
        raise_generation()  # outside of a transaction the page itself was told of before
        indexing.update_and_look_again({page.pk} | pages_with(Tag.objects.filter(pk__in=mine.values("name"))))


def name_address(sender: type[Tag], instance: Tag, raw: bool, **signal: Any) -> None:
    """taggit keeps letters with accents in the address of a new topic."""
    if instance._state.adding and not raw:
        wanted = typed_slug(instance.slug)
        taken = Tag.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)
        instance.slug = free_slug(wanted or "topic", taken)


def connect() -> None:
    """Called once, when the app is ready."""
    pre_save.connect(name_address, sender=Tag, dispatch_uid="address-of-topic")
