"""How the demo files of this app become news."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Locale

from home import topics
from home.demo import KINDS, Demo, DemoKind, Entry, content_folder
from news.measuring import add_news
from news.models import NewsAttachment, NewsPage


def fields(entry: Entry, words: dict[str, Any], demo: Demo) -> dict[str, Any]:
    return {
        "kind": entry.facts["kind"],
        "date": timezone.localdate() - timedelta(days=entry.facts.get("published_days_ago", 0)),
        "regions": entry.facts.get("regions", []),
        "audiences": entry.facts.get("audiences", []),
        "funding": entry.facts.get("funding", "project"),
        "funder": words.get("funder", ""),
        **demo.files.lead(entry.facts.get("image"), words["language"]),
    }


def children(page: NewsPage, entry: Entry, words: dict[str, Any], demo: Demo) -> None:
    names = words.get("tags", [])
    page.tags.add(*names)
    if page.locale != Locale.get_default():
        tags = {tag.name: tag for tag in Tag.objects.all()}
        for topic, name in zip(entry.words["pl"].get("tags", []), names, strict=True):
            topics.propose(tags[topic], page.locale, tags[name])
    page.attachment_items = [
        NewsAttachment(document=demo.files.documents[key]) for key in entry.facts.get("documents", [])
    ]


KINDS.append(
    DemoKind(
        content_folder("news"),
        "news",
        lambda entry: NewsPage,
        fields,
        section="news",
        children=children,
        generate=add_news,
    )
)
