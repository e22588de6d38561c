"""Words that would like to be a program, put into every text of a database, each with the number of its place.

Nothing is named: models, fields and blocks are asked for what they take, so that a new one is attacked too. The rows
are written past every form and guard, because what those refuse is the subject of other tests; but no field gets what
its own validators refuse.
"""

import json
import re
import uuid
from collections.abc import Callable
from html import escape
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page, TaskState

from approval import visitor
from home import cache

NO_WORDS_OF_PEOPLE = {"contenttypes", "sessions", "mfa", "wagtailsearch", "django_tasks_database"}
"""Apps whose rows stay as they are."""

TECHNICAL = frozenset(
    re.findall(
        r"\w+",
        """
        path url_path object_id to_object_id content_path model_path contentpath position field_path key_hash prefix
        digest fingerprint taxonomy key zone event language language_code codename hostname filter_spec focal_point_key
        file_hash action translation_type template template_format schema_version tool_name attrs content_json data_json
        password given name_likeness current_time_zone preferred_language dismissibles process kind session_key
        redirect_page_route_path
        """,
    )
)
"""Names of fields that programs write and read; with other words in them the site is broken, not attacked."""

MACHINE_WORD = re.compile(r"[\w.:/+@#?&=%-]*", re.ASCII)
"""What in a JSON value names something: a key, an address, a moment."""


def attacks(number: int) -> list[str]:
    """From the longest to the shortest, then addresses. None of them is clean HTML, XML, JSON or iCalendar."""
    run = f"alert({number})"
    return [
        f"""q{number}'onfocus={run} "onfocus={run} ><img src=x onerror={run}><script>{run}</script>"""
        f"</script></title></textarea></style><script>{run}</script>]]>--> {{{{7*191}}}}",
        f"""'onfocus={run} "onfocus={run} ><img src=x onerror={run}>""",
        f"""'"><x{number}>""",
        f"javascript:{run}",
        f"""https://example.org/?q={number}"onfocus={run}'><img/src=x/onerror={run}>""",
        f'"<img/src=x/onerror={run}>"@example.org',
    ]


def markup(number: int) -> str:
    """Rich text as the editor keeps it: its tags are ours; hostile are its words, and the address of a link."""
    words, address = escape(attacks(number)[0]), escape(attacks(number)[4])
    return (
        f'<h2>{words}</h2><p>{words} <b>{words}</b> <a href="{address}">{words}</a> <span lang="en">{words}</span></p>'
    )


def infected(value: str, number: int, accept: Callable[[str], Any], limit: int | None = None) -> str:
    """`value` with the first attack behind it that is accepted, or that attack alone; `value` where none is.

    `accept` raises ValidationError, or returns what isn't text, for what it doesn't take.
    """
    for attack in attacks(number):
        for words in (f"{value} {attack}".strip(), f"{value}{attack}", attack):
            if (limit is None or len(words) <= limit) and _is_accepted(accept, words):
                return words
    return value


def _is_accepted(accept: Callable[[str], Any], words: str) -> bool:
    try:
        return isinstance(accept(words), str | None)
    except ValidationError:
        return False


# --- Fields and rows -------------------------------------------------------------------------


def models_with_words() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return [model for model in found if model._meta.app_label not in NO_WORDS_OF_PEOPLE and text_fields(model)]


def text_fields(model: type[models.Model]) -> list[Any]:
    """What of the table of `model` holds words."""
    versions = ["content"] if keeps_versions(model) else []
    return [field for field in model._meta.local_concrete_fields if _holds_words(field) and field.name not in versions]


def keeps_versions(model: type[models.Model]) -> bool:
    """Whether a row of `model` keeps a text of another one as a whole."""
    return {"content", "content_type"} <= {field.name for field in model._meta.local_concrete_fields}


def _holds_words(field: Any) -> bool:
    if field.primary_key or field.choices or field.name in TECHNICAL or isinstance(field, models.SlugField):
        return False
    is_file = isinstance(field, models.FileField)
    return not is_file and isinstance(field, models.CharField | models.TextField | models.JSONField | StreamField)


def place_of(field: Any) -> str:
    return f"{field.model._meta.label}.{field.name}"


class Attack:
    """`numbers`: of each place that holds hostile words. `specimens`: pages that get one block of every kind."""

    def __init__(self, specimens: list[Page]) -> None:
        self.numbers: dict[str, int] = {}
        self.specimens = {page.pk for page in specimens}
        self.samples: dict[str, list[dict[str, Any]]] = {}

    def everywhere(self) -> None:
        """In all rows; a table that is empty gets one."""
        for model in models_with_words():
            rows = models.QuerySet(model)
            if not rows.exists() and not model._meta.parents:
                rows.bulk_create(sample_row(model, page) for page in self.specimens_of(model))
            self._rows(model)
        caches[cache.NEAR].clear()
        cache.raise_now()

    def specimens_of(self, model: type[models.Model]) -> list[int]:
        """The pages that get a row each of a `model` that belongs to pages; of another one there is one row."""
        belongs = any(field.related_model is Page and not field.null for field in model._meta.concrete_fields)
        return sorted(self.specimens) if belongs else [max(self.specimens)]

    def _rows(self, model: type[models.Model]) -> None:
        fields, of_version = text_fields(model), ["content", "content_type_id"] if keeps_versions(model) else []
        for row in list(models.QuerySet(model).values("pk", *of_version, *(field.attname for field in fields))):
            is_specimen = issubclass(model, Page) and row["pk"] in self.specimens
            changed = {field.attname: self.value(field, row[field.attname], is_specimen) for field in fields}
            if of_version:
                kept = ContentType.objects.get_for_id(row["content_type_id"]).model_class()
                changed["content"] = self.content(kept, row["content"]) if kept else row["content"]
            models.QuerySet(model).filter(pk=row["pk"]).update(**changed)

    def content(self, model: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
        """A version of a text, as it is kept."""
        is_specimen = issubclass(model, Page) and content.get("pk") in self.specimens
        changed = dict(content)
        for name, value in content.items():
            try:
                field: Any = model._meta.get_field(name)
            except FieldDoesNotExist:
                continue
            if field.is_relation:
                if isinstance(value, list) and field.one_to_many:
                    changed[name] = [self.content(field.related_model, child) for child in value]
            elif _holds_words(field):
                is_json = isinstance(field, StreamField) and isinstance(value, str)
                new = self.value(field, json.loads(value) if is_json else value, is_specimen)
                changed[name] = json.dumps(new, cls=DjangoJSONEncoder) if is_json else new
        return changed

    def value(self, field: Any, value: Any, is_specimen: bool = False) -> Any:
        place = place_of(field)
        if isinstance(field, StreamField):
            if is_specimen:
                value = self.samples.setdefault(place, sample(field.stream_block))
            raw = json.loads(json.dumps(list(getattr(value, "raw_data", value) or []), cls=DjangoJSONEncoder))
            return visitor.visited(field.stream_block, raw, place, lambda leaf: self._leaf(leaf, place)) or []
        if isinstance(field, models.JSONField):
            return self._json(value, place)
        if isinstance(field, RichTextField):
            return f"{value or ''}{markup(self._number(place))}"
        return self._infected(value or "", place, field.run_validators, field.max_length) or value

    def _infected(self, value: str, place: str, accept: Callable[[str], Any], limit: int | None = None) -> str:
        words = infected(value, self.numbers.get(place, len(self.numbers) + 1), accept, limit)
        if words != value:
            self._number(place)
        return words

    def _number(self, place: str) -> int:
        return self.numbers.setdefault(place, len(self.numbers) + 1)

    def _json(self, value: Any, place: str) -> Any:
        if isinstance(value, dict):
            return {name: self._json(inner, place) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._json(inner, place) for inner in value]
        if isinstance(value, str) and not MACHINE_WORD.fullmatch(value):
            return self._infected(value, place, str)
        return value

    def _leaf(self, leaf: visitor.Leaf, field: str) -> Any:
        block, value = leaf.block, leaf.value
        place = f"{field} {type(block).__name__} {block.name}"
        if isinstance(block, blocks.RichTextBlock):
            return f"{value or ''}{markup(self._number(place))}"
        if isinstance(block, ImageBlock):
            words = block.child_blocks["alt_text"].field
            return value and {**value, "alt_text": self._infected(value["alt_text"] or "", place, words.clean)}
        if isinstance(block, TableBlock):
            cells = [[self._infected(cell or "", place, str) for cell in row] for row in value["data"]]
            caption = self._infected(value.get("table_caption") or "", place, str)
            return {**value, "data": cells, "table_caption": caption}
        is_chosen = isinstance(block, blocks.ChooserBlock) or not isinstance(value, str | None)
        return value if is_chosen else self._infected(value or "", place, block.field.clean)


# --- What there is none of -------------------------------------------------------------------


def sample(block: Any) -> Any:
    """A value of `block` as it is kept, with everything in it that may be."""
    if isinstance(block, ImageBlock):
        return {"image": sample(block.child_blocks["image"]), "alt_text": "x", "decorative": False}
    if isinstance(block, blocks.StructBlock):
        return {name: sample(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.StreamBlock):
        return [_item(name, child) for name, child in block.child_blocks.items()]
    if isinstance(block, blocks.ListBlock):
        return [_item("item", block.child_block) for _number in range(2)]
    if isinstance(block, TableBlock):
        headed = {"first_row_is_table_header": True, "first_col_is_header": True, "table_header_choice": "both"}
        return {"data": [["x", "x"], ["x", "x"]], **headed, "table_caption": "x"}
    if isinstance(block, blocks.ChooserBlock):  # a link that isn't to a page has an address
        return _newest(block.model_class) if block.required or block.model_class is not Page else None
    if isinstance(block, blocks.ChoiceBlock):
        return next(value for value, _words in block.field.choices if value)
    if isinstance(block, blocks.URLBlock):
        return "https://example.org/"
    return 1 if isinstance(block, blocks.IntegerBlock) else "x"


def _item(name: str, block: Any) -> dict[str, Any]:
    return {"type": name, "value": sample(block), "id": str(uuid.uuid4())}


def sample_row(model: type[models.Model], page: int) -> models.Model:
    """A row of a table that has none, which belongs to `page` and the newest of all else that it has to belong to."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.auto_created or ((field.null or field.has_default()) and not _holds_words(field)):
            continue
        if field.is_relation:
            values[field.attname] = page if field.related_model is Page else _newest(field.related_model, page)
        elif isinstance(field, models.DateField):
            values[field.attname] = timezone.now()
        elif isinstance(field, models.IntegerField | models.BooleanField):
            values[field.attname] = 1
        elif isinstance(field, models.JSONField):
            values[field.attname] = {"x": "x y"}
        elif isinstance(field, models.UUIDField):
            values[field.attname] = uuid.uuid4()
        elif isinstance(field, models.URLField):
            values[field.attname] = "https://example.org/"
        else:
            values[field.attname] = next((value for value, _words in field.choices or []), "title")
    return model(**values)


def _newest(model: type[models.Model], page: int = 0) -> Any:
    """Of the steps of the workflow one at which a text waits."""
    rows = models.QuerySet(model).order_by("-pk")
    if issubclass(model, TaskState):
        rows = rows.filter(status=TaskState.STATUS_IN_PROGRESS)
    found = rows.first()
    if found is None:
        found = sample_row(model, page)
        found.save_base(raw=True)
    return found.pk
