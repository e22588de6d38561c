"""A fact among other words: kept as `<embed embedtype="fact" format="sentence" id="3"/>`, which holds no words.

So nothing that was approved has to be written anew when the fact changes, and nothing stored can be stale: whoever
renders, indexes or compares a text puts the fact's words in (`home/facts.py`).
"""

import re
from typing import Any

from django.apps import apps
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.rich_text import EmbedHandler
from wagtail.rich_text.rewriters import extract_attrs

from approval.row_keys import is_key
from home import facts

FACT = "fact"
"""The type of its embed, and the editor's feature."""
EMBED = re.compile(r'<embed(\b[^>]*\bembedtype="fact"[^>]*)/>')


class FactHandler(EmbedHandler):
    """What readers get, and what the index of references knows."""

    identifier = FACT

    @staticmethod
    def get_model() -> Any:
        return apps.get_model("home", "Fact")

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        return facts.shown(attrs.get("id")).markup(format_of(attrs))

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Any:
        if is_key(attrs.get("id")):
            yield cls.get_model(), attrs["id"], "", ""

    @staticmethod
    def in_words(attrs: dict[str, str]) -> str:
        """For whoever compares two versions: which fact it is, in which form."""
        fact = facts.shown(attrs.get("id"))
        words = _("[fact “%(label)s”: %(words)s]")
        return words % {"label": fact.label or f"#{attrs.get('id')}", "words": fact.words(format_of(attrs))}

    @staticmethod
    def stand_in(attrs: dict[str, str]) -> str:
        """What a translator moves: the same whatever the fact says, or each change would ask for a translation."""
        return f"[{facts.shown(attrs.get('id')).key or '#' + str(attrs.get('id'))}]"


def with_words(markup: str) -> str:
    """`markup` as it is stored, with the words of its facts in plain text: for what reads texts and shows nothing."""
    if "<embed" not in markup:
        return markup

    def say(match: re.Match[str]) -> str:
        attrs = extract_attrs(match[1])
        return strip_tags(facts.shown(attrs.get("id")).markup(format_of(attrs)))

    return EMBED.sub(say, markup)


def format_of(attrs: dict[str, str]) -> str:
    return attrs["format"] if attrs.get("format") in facts.FORMATS else facts.VALUE
