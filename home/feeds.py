"""Feeds that every reader can read."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from approval.text_cleaning import for_xml


class ValidXmlMixin(SyndicationFeed):
    """Leaves out characters that XML forbids: one of them in one text would be no feed for anybody.

    Texts are cleaned when they are saved; this is for what is public since before that.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.feed = _valid(self.feed)

    def add_item(self, *args: Any, **kwargs: Any) -> None:
        super().add_item(*args, **kwargs)
        self.items[-1] = _valid(self.items[-1])


class RssFeed(ValidXmlMixin, Rss201rev2Feed):
    pass


class AtomFeed(ValidXmlMixin, Atom1Feed):
    pass


def _valid(value: Any) -> Any:
    """`value` with every text in it as XML can hold it."""
    if isinstance(value, str):
        return for_xml(value)
    if isinstance(value, list):
        return [_valid(one) for one in value]
    return {name: _valid(one) for name, one in value.items()} if isinstance(value, dict) else value
