"""What is written into the index of one object: its fields as terms."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Manager
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from wagtail.models import Locale

from search.analysis import VERSION, folded, tokens

MARK = f"version0analyser0{VERSION}"
"""Stands in every entry, so that entries of another version can be told. Nobody's word becomes this term."""

_languages: dict[int, str] = {}


class AnalysedField(SearchField):
    """A field with its text at hand, in place of one that would read it from the object."""

    def __init__(self, field: Any, text: str) -> None:
        super().__init__(field.field_name, boost=getattr(field, "boost", None))
        self.text = text

    def get_value(self, obj: Any) -> str:
        return self.text


class AnalysedBeginnings(AnalysedField, AutocompleteField):
    """As `AnalysedField`, of what is compared with the beginnings of words."""


class AnalysedObject:
    """Stands for `obj` where Wagtail asks for its primary key and its fields, and for nothing else."""

    def __init__(self, obj: Any) -> None:
        self.obj, self.pk = obj, obj.pk

    def get_search_fields(self) -> list[Any]:
        language = language_of(self.obj)
        found: list[Any] = [AnalysedField(SearchField("version"), MARK)]
        for field, text in texts(self.obj, self.obj.get_search_fields()):
            if isinstance(field, AutocompleteField):
                found.append(AnalysedBeginnings(field, beginnings(text, language)))
            else:
                found.append(AnalysedField(field, analysed(text, language)))
        return found


def texts(obj: Any, fields: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """The fields of `obj` that are searched, and of what it is related to, with what stands there."""
    for field in fields:
        if isinstance(field, SearchField | AutocompleteField):
            yield field, text_of(field.get_value(obj))
        elif isinstance(field, RelatedFields):
            related = field.get_value(obj)
            if related is None:
                continue
            if isinstance(related, Manager):
                related = related.all()
            for one in related if isinstance(related, Iterable) else [related]:
                yield from texts(one, field.fields)


def text_of(value: Any) -> str:
    """What a field holds, in words: nothing for None, where Wagtail's has the word "None"."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        value = value.values()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(map(text_of, value))
    return str(value)


def analysed(text: str, language: str) -> str:
    """All terms of `text`, in its order."""
    return " ".join(term for token in tokens(text, language) for word in token.words for term in sorted(word.terms))


def beginnings(text: str, language: str) -> str:
    """The terms of `text`, and its words as they are, folded: somebody has begun to type one."""
    whole = [part for token in tokens(text, language) for part in plain_words(text[token.start : token.end])]
    return " ".join([*whole, analysed(text, language)])


def plain_words(text: str) -> list[str]:
    """The words of `text`, folded, without any other sign."""
    return "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in folded(text)).split()


def language_of(obj: Any) -> str:
    """The language of `obj`; "" where it has none, as pictures: all languages then."""
    locale_id = getattr(obj, "locale_id", None)
    if locale_id is None:
        return ""
    if locale_id not in _languages:
        _languages.update(Locale.all_objects.values_list("pk", "language_code"))
    return _languages.get(locale_id, "")
