"""What happens when a news item is published."""

from django.conf import settings
from wagtail.signals import page_published

from home import topics
from news.models import NewsPage
from translation import originals


def approve_topics(instance: NewsPage, **signal: object) -> None:
    """The names of topics that a translation was approved with count for all readers."""
    if instance.language != settings.LANGUAGE_CODE:
        topics.approve(instance, originals.original_of(instance))


def connect() -> None:
    """Called once, when the app is ready."""
    page_published.connect(approve_topics, sender=NewsPage, dispatch_uid="topics-of-translations")
