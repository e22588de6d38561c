"""A page or snippet as lines that a person can read: every word, picture, link and date of it.

Wagtail's own comparison shows neither where a link leads nor which words describe a picture, so
somebody could approve a change that they were not shown. Here every value has its line.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import features

from approval import visitor
from approval.diff.links import Line, named_file, named_page, target
from approval.digest import CHILD_BOOKKEEPING, TIMES, content_of
from approval.visitor import Leaf

OF_THE_FRAME = ("slug", "show_in_menus")
"""Where a page stands: of interest once it changes."""
LAST = ("slug", "seo_title", "search_description", "show_in_menus")


def fields_of(instance: Any) -> list[str]:
    """The names of all fields and child relations with content, in reading order: the text before what is about it.

    A model may name `unread_fields`, which reach no reader of this text.
    """
    unread = {"source_version", *getattr(instance, "unread_fields", ())}
    names = [name for name in content_of(instance) if name not in unread]
    names.sort(key=lambda name: _place(instance, name))
    return [*names, *(name for name in TIMES if hasattr(instance, name))]


def _place(instance: Any, name: str) -> tuple[int, int]:
    """Where a field is read: the title, the text with its picture, dates and topics and funder, the rest of a page."""
    if name in LAST:
        return 3, LAST.index(name)
    first = getattr(instance, "read_first", ("title",))
    if name in first:
        return 0, first.index(name)
    return (1 if not isinstance(instance, Page) or _is_text(instance, name) else 2), 0


def _is_text(instance: Any, name: str) -> bool:
    try:
        found = instance._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return isinstance(found, models.TextField | StreamField) or name.startswith(PICTURE)


PICTURE = "lead_image"
"""The picture at the head of a page, its description and its caption."""


def of_one_picture(instance: Any, names: set[str]) -> set[str]:
    """`names` of fields, and for each that is a picture or belongs to one the picture and its description."""
    fields = {field.name: field for field in instance._meta.fields}
    pictures = [name for name, field in fields.items() if _is_picture(field)]
    touched = [
        picture for picture in pictures if any(name == picture or name.startswith(f"{picture}_") for name in names)
    ]
    return names | {name for picture in touched for name in (picture, f"{picture}_alt") if name in fields}


def _is_picture(field: Any) -> bool:
    return bool(field.is_relation) and issubclass(field.related_model, AbstractImage)


def label_of(instance: Any, name: str) -> str:
    try:
        found = instance._meta.get_field(name)
    except FieldDoesNotExist:
        return capfirst(name.replace("_", " "))
    if found.one_to_many and issubclass(found.related_model, ItemBase):
        return _("Tags")
    named = getattr(found, "verbose_name", None) or found.related_model._meta.verbose_name_plural
    return str(capfirst(named))


def lines(instance: Any, name: str) -> list[Line]:
    """What the field `name` of `instance` holds; nothing for an empty one. `linked` names the pages behind links.

    A model may name `inherited_words`: by field, what its readers get from elsewhere instead.
    """
    if words := getattr(instance, "inherited_words", {}).get(name):
        return [Line("", words)]
    try:
        found = instance._meta.get_field(name)
    except FieldDoesNotExist:
        return [Line("", str(getattr(instance, name)))]
    return [line for line in _field(found, getattr(instance, name)) if line.text]


def _field(key: Any, value: Any) -> Iterator[Line]:
    if key.one_to_many and issubclass(key.related_model, ItemBase):
        yield from (Line("", name) for name in sorted(str(item.tag) for item in value.all()))  # they have no order
    elif key.one_to_many:
        yield from _children(value)
    elif isinstance(key, StreamField):
        yield from _stream(value, key.name)
    elif isinstance(key, RichTextField):
        yield from _rich_text(value, "")
    elif isinstance(value, _TaggableManager):
        yield Line("", ", ".join(sorted(str(tag) for tag in value.all())))
    elif isinstance(value, models.Manager):
        yield Line("", ", ".join(str(item) for item in value.all()))
    elif getattr(key, "flatchoices", None):
        names = dict(key.flatchoices)
        chosen = value if isinstance(value, list | tuple | set) else [value]
        yield Line("", ", ".join(str(names.get(item, item or "")) for item in chosen))
    else:
        yield from _plain(value, "")


def _children(manager: Any) -> Iterator[Line]:
    """Rows that belong to a page, each with its fields; a row may say what they are `read_under`, as its language."""
    children = list(manager.all())
    hidden = {*CHILD_BOOKKEEPING, "id", "locale", "translation_key"}
    shown = [key for key in manager.model._meta.get_fields() if key.concrete and key.name not in hidden]
    prefetch_related_objects(children, *(key.name for key in shown if isinstance(key, models.ForeignKey)))
    for child in children:
        above = getattr(child, "read_under", "")
        for key in shown:
            for line in _field(key, getattr(child, key.name)):
                yield replace(line, label=_under(above, capfirst(key.verbose_name), line.label))


def _plain(value: Any, label: str) -> Iterator[Line]:
    if value is None or value == "":
        return
    if isinstance(value, AbstractImage):
        yield Line(label, value.title, value, value.pk)
    elif isinstance(value, AbstractDocument):
        yield Line(label, named_file(value), None, value.pk)
    elif isinstance(value, bool):
        yield Line(label, _("Yes") if value else _("No"))
    elif isinstance(value, datetime):
        yield Line(label, date_format(timezone.localtime(value), "j E Y, H:i"))
    elif isinstance(value, date):
        yield Line(label, date_format(value, "j E Y"))
    elif isinstance(value, Page):
        yield Line(label, named_page(value))
    elif isinstance(value, dict):  # of a JSONField
        yield from (line for name, each in value.items() for line in _plain(each, _under(label, name)))
    else:
        for part in str(value).splitlines():
            yield Line(label, part.strip())


def said(value: Any) -> str:
    """One plain value in words."""
    return ", ".join(line.text for line in _plain(value, ""))


def _stream(stream: Any, name: str) -> Iterator[Line]:
    found: list[Leaf] = []
    visitor.visited(stream.stream_block, stream.get_prep_value(), name, found.append)
    values = [leaf.value for leaf in found]
    places = defaultdict(list)
    for place, leaf in enumerate(found):
        if leaf.value not in (None, ""):
            places[id(leaf.block)].append(place)
    for same in places.values():  # the picture for a number: one query for a block, however often it stands there
        meant = found[same[0]].block.bulk_to_python([values[place] for place in same])
        for place, value in zip(same, meant, strict=True):
            values[place] = value
    for leaf, value in zip(found, values, strict=True):
        for line in _block(leaf.block, value, _under(*leaf.labels)):
            yield replace(line, path=leaf.path)


def _block(block: Any, value: Any, label: str) -> Iterator[Line]:
    """The lines of one block."""
    if isinstance(value, AbstractImage):
        yield from _plain(value, label)
        if hasattr(value, "contextual_alt_text"):
            words = _("(decorative, no words)") if value.decorative else value.contextual_alt_text or _("(missing)")
            yield Line(_("Description of the picture"), words)
    elif isinstance(block, TableBlock):
        for row in (value or {}).get("data", []):
            yield Line(label, " | ".join(str(cell or "") for cell in row))
        yield Line(label, (value or {}).get("table_caption") or "")
    elif isinstance(block, blocks.RichTextBlock):
        yield from _rich_text(value.source if value else "", label)
    elif isinstance(block, blocks.BooleanBlock) and not value:
        return
    elif isinstance(block, blocks.FieldBlock) and getattr(block.field, "choices", None) and not hasattr(value, "pk"):
        names = {str(code): str(name) for code, name in block.field.choices if not isinstance(name, list | tuple)}
        chosen = value if isinstance(value, list | tuple) else [value]
        yield Line(label, ", ".join(names.get(str(item), str(item or "")) for item in chosen))
    else:
        yield from _plain(value, label)


def _rich_text(source: str, label: str) -> Iterator[Line]:
    """Paragraph by paragraph; links with where they lead, pictures with their words."""
    soup = BeautifulSoup(source or "", "html.parser")
    for link in soup.find_all("a"):
        link.append(f" [→ {target(link.attrs)}]")
    for embed in soup.find_all("embed"):
        embed.replace_with(_embedded(embed.attrs))
    for strong in soup.find_all(("b", "strong")):
        strong.insert(0, "*")
        strong.append("*")
    parts = soup.find_all(("p", "h2", "h3", "h4", "li", "blockquote", "tr")) or [soup]
    for part in parts:
        for nested in part.find_all(("ul", "ol")):
            nested.extract()
        words = " ".join(part.get_text().split())
        is_heading = part.name in ("h2", "h3", "h4")
        above = _under(label, _("heading %(level)s") % {"level": part.name[1]}) if is_heading else label
        if words:
            yield Line(above, f"• {words}" if part.name == "li" else words)


def _embedded(attributes: dict[str, Any]) -> str:
    """A handler of an upper app says it `in_words`."""
    handler = features.get_embed_types().get(attributes.get("embedtype"))
    if hasattr(handler, "in_words"):
        return handler.in_words(attributes)
    if attributes.get("embedtype") != "image":
        return f"[{attributes.get('url', '')}]"
    image = get_image_model().objects.filter(pk=attributes.get("id")).first()
    return _("[picture “%(title)s”: %(words)s]") % {"title": image or "?", "words": attributes.get("alt", "")}


def _under(*labels: Any) -> str:
    """“Cards › Words”: no more than the two innermost names."""
    names = [name for label in labels for name in str(label).split(" › ") if name]
    return " › ".join(names[-2:])
