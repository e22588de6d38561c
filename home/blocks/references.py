"""What a body refers to, found in one query for each kind of thing: pages, pictures, files.

Wagtail asks for each type of block and for each paragraph by itself. Here a body says first, from its raw data, all
that it will need; the choosers and links in it then take from that.
"""

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

from approval.context_variables import holding
from approval.row_keys import is_key
from home import locales

from . import kept_pages


class References:
    """The things that bodies refer to; each model is asked once, when the first of its things is needed."""

    def __init__(self, *streams: StreamValue, renditions: bool, parents: bool = False) -> None:
        """`renditions`: with the sizes of the pictures, for whoever shows them; `parents`: of pages, for choosers."""
        self._renditions, self._parents, self.are_for_readers = renditions, parents, renditions and not parents
        self._wanted: dict[type, set[int]] = defaultdict(set)
        self._found: dict[type, dict[int, Any]] = defaultdict(dict)
        self._translations: dict[int, dict[Any, Page | None]] = {}
        for model, pk in (found for one in streams for found in references_in(one.stream_block, one.raw_data)):
            self._wanted[model].add(pk)

    def get(self, model: type, pks: Iterable[Any]) -> list[Any]:
        """The object of each key, None where there is none. One key twice gives two objects, as Wagtail's choosers."""
        keys, found = [_number(pk) for pk in pks], self._found[model]
        if not set(keys) <= found.keys():
            missing = (set(keys) | self._wanted[model]) - found.keys() - {None}
            queryset = model._default_manager.all()  # type: ignore[attr-defined]
            if self._renditions and issubclass(model, AbstractImage):
                queryset = queryset.prefetch_related(Prefetch("renditions", to_attr="prefetched_renditions"))
            new = kept_pages.in_bulk(queryset, missing)
            if self._parents and issubclass(model, Page):
                _add_parents(page for page in new.values() if not kept_pages.is_stand_in(page))
            found.update({None: None} | dict.fromkeys(missing) | new)
        return [_copy(found[key]) for key in keys]

    def localized(self, page: Page) -> Page:
        """What `page.localized` says: the published translation in the reader's language, else the page itself."""
        locale_id = locales.id_of(get_language())
        if locale_id is None or page.locale_id == locale_id:
            return page
        known = self._translations.setdefault(locale_id, {})
        if page.translation_key not in known:
            others = [other for other in self._found[Page].values() if other and other.locale_id != locale_id]
            keys = {other.translation_key for other in [*others, page]}
            translations = Page.objects.live().filter(locale=locale_id, translation_key__in=keys)
            known.update(dict.fromkeys(keys) | {found.translation_key: found for found in translations})
        return known[page.translation_key] or page


class Unfetched:
    """Stands in where only words are read: each thing is a number, and nothing is asked for."""

    def get(self, model: type, pks: Iterable[Any]) -> list[Any]:
        return [pk and model.from_db(None, ["id"], [pk]) for pk in pks]  # type: ignore[attr-defined]

    def localized(self, page: Page) -> Page:
        return page


_current: ContextVar[References | Unfetched | None] = ContextVar("references", default=None)


def are_shown() -> bool:
    """Whether a body is rendered just now, for readers."""
    return getattr(_current.get(), "are_for_readers", False)


def prefetched(stream: StreamValue) -> AbstractContextManager[None]:
    """What is rendered of `stream` meanwhile finds its pages, pictures and files together."""
    if not hasattr(stream, "references"):
        stream.references = References(stream, renditions=True)
    return holding(_current, stream.references)


def fetched_together(stream: StreamValue) -> AbstractContextManager[None]:
    """What is read of `stream` meanwhile, as by the search, finds its pages, pictures and files together."""
    if _current.get() is not None:
        return nullcontext()
    return holding(_current, References(stream, renditions=False))


def chosen_together(stream: StreamValue) -> AbstractContextManager[None]:
    """What a form shows of `stream` meanwhile finds its pages, with their parents, pictures and files together."""
    if _current.get() is not None:
        return nullcontext()
    return holding(_current, References(stream, renditions=True, parents=True))


def words_of(stream: StreamValue) -> list[str]:
    """The words of `stream` as search knows them, without a look at the pages, pictures and files in it."""
    block = stream.stream_block
    with holding(_current, Unfetched()):
        return block.get_searchable_content(block.to_python(list(stream.raw_data)))


def unfinished(stream: StreamValue) -> list[str]:
    """The kinds of those blocks of `stream` that a form would not let pass, in their order; [] if it is finished.

    Whether its pages, pictures and files are still there is another question, and isn't asked here.
    """
    block = stream.stream_block
    with holding(_current, Unfetched()):
        children = block.to_python(list(stream.raw_data))
        try:
            block.clean(children)
        except StreamBlockValidationError as error:
            broken = [children[index].block for index in error.block_errors]
            return list(dict.fromkeys(str(capfirst(child.label)) for child in broken or [block]))
    return []


def _add_parents(pages: Iterable[Page]) -> None:
    """Where `get_parent()` of each looks first: a chooser asks it, to open beside what was chosen."""
    above = {page: page.path[: -page.steplen] for page in pages}
    parents = {page.path: page for page in Page.objects.filter(path__in=set(above.values()))}
    for page, path in above.items():
        if path in parents:
            page._cached_parent_obj = parents[path]


def _copy(thing: Any) -> Any:
    """`thing` for one of its places: there a picture has its own description, which its sizes ask it for."""
    own = copy.copy(thing)
    if isinstance(own, AbstractImage) and hasattr(thing, "prefetched_renditions"):
        own.prefetched_renditions = [copy.copy(size) for size in thing.prefetched_renditions]
        for size in own.prefetched_renditions:
            size.image = own
    return own


def _number(pk: Any) -> int | None:
    """A key as a number: links in rich text carry words. None for what can't be a key."""
    return int(pk) if is_key(pk) else None


def find(model: type, pks: Iterable[Any]) -> list[Any] | None:
    """The objects with these keys, in their order; None outside of a body."""
    references = _current.get()
    return None if references is None else references.get(model, pks)


def localized(page: Page) -> Page:
    """`page` in the reader's language where it is published there, else as it is."""
    references = _current.get()
    return page.localized if references is None else references.localized(page)


def references_in(block: blocks.Block, raw: Any) -> Iterator[tuple[type, Any]]:
    """(model, primary key) of each thing that `raw`, a value of `block` as it is stored, refers to."""
    if not raw:
        return
    if isinstance(block, ImageBlock):
        # An int was saved before the field was an ImageBlock.
        yield from references_in(block.child_blocks["image"], raw["image"] if isinstance(raw, dict) else raw)
    elif isinstance(block, ChooserBlock):
        yield block.model_class, raw
    elif isinstance(block, blocks.RichTextBlock):
        for model, pk, *_path in extract_references_from_rich_text(str(raw)):
            if _number(pk):
                yield model, int(pk)
    elif isinstance(block, blocks.StreamBlock):
        for child in raw:
            if child["type"] in block.child_blocks:
                yield from references_in(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            yield from references_in(block.child_block, item["value"] if block._item_is_in_block_format(item) else item)
    elif isinstance(block, blocks.StructBlock):
        for name, child_block in block.child_blocks.items():
            yield from references_in(child_block, raw.get(name))


class PrefetchedMixin:
    """A chooser block that takes from what its body has found already."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        values = list(values)
        found = find(self.model_class, values)
        return super().bulk_to_python(values) if found is None else found

    def clean(self, value: Any) -> Any:
        return super().clean(value) if value is None or _current.get() is None else value


class PageChooserBlock(PrefetchedMixin, blocks.PageChooserBlock):
    """Wagtail's, for bodies that lead to pages which not everybody may know of (`kept_pages.py`)."""

    canonical_module_path = "wagtail.blocks.PageChooserBlock"

    @cached_property
    def field(self) -> Any:
        """It is made once in a process: who reads then decides for nobody else. `value_from_form` asks each time."""
        field = super().field
        field.queryset = self.model_class._base_manager.all()
        return field

    def to_python(self, value: Any) -> Any:
        return self.bulk_to_python([value])[0]

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        values = list(values)
        found = find(self.model_class, values)
        if found is None:
            pages = kept_pages.in_bulk(self.model_class._default_manager.all(), values)
            found = [_copy(pages.get(pk)) for pk in values]
        return found

    def get_form_state(self, value: Any) -> Any:
        return kept_pages.form_state(value) if kept_pages.is_stand_in(value) else super().get_form_state(value)

    def value_from_form(self, value: Any) -> Any:
        if isinstance(value, str) and not value.isdecimal():
            return self.to_python(kept_pages.number_sent(value))
        return super().value_from_form(value)

    def clean(self, value: Any) -> Any:
        return value if kept_pages.is_stand_in(value) else super().clean(value)


class DocumentChooserBlock(PrefetchedMixin, WagtailDocumentChooserBlock):
    canonical_module_path = "wagtail.documents.blocks.DocumentChooserBlock"


class ImageChooserBlock(PrefetchedMixin, WagtailImageChooserBlock):
    canonical_module_path = "wagtail.images.blocks.ImageChooserBlock"
