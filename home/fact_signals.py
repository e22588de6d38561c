"""What a fact changes elsewhere once it is public: the pages that show it, in one transaction with it."""

from typing import Any

from wagtail.signals import published, unpublished

from home import facts, file_texts
from home.cache import raise_generation_with_commit
from home.models import Fact
from home.page_cache import moments
from search import indexing


def follow(instance: Fact, **_signal: Any) -> None:
    """A fact was published or taken down: its pages are found by its words, and nothing that is kept has the old ones.

    Whoever sees the new fact sees the new number too: its places are many, and change at one moment.
    """
    indexing.update_and_look_again(file_texts.pages_with([instance]))
    raise_generation_with_commit()


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (published, unpublished):
        signal.connect(follow, sender=Fact, dispatch_uid="pages-of-a-fact")
    moments.append(facts.next_change)
