"""What a form of the editor says is missing or wrong: each with the field's name, and the way to its place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import BaseStreamBlock, StreamBlockValidationError
from wagtail.blocks.struct_block import BaseStructBlock, StructBlockValidationError

BETWEEN = " › "
OF_BLOCKS = (ListBlockValidationError, StreamBlockValidationError, StructBlockValidationError)


@dataclass(frozen=True)
class Problem:
    """`path`: what a script looks for from the outside in, a field's name and then names or ids of blocks in it."""

    words: str
    field: str = ""
    path: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return BETWEEN.join(self.labels)

    @property
    def address(self) -> str:
        return "/".join(self.path)

    def inside(self, step: str | None, label: Any) -> "Problem":
        """The same, seen from one level further out."""
        steps, name = (step,) if step else (), str(capfirst(label))
        labels = (name,) if name and self.labels[:1] != (name,) else ()  # a picture in a picture is one picture
        return replace(self, path=(*steps, *self.path), labels=(*labels, *self.labels))


def of(form: Any) -> list[Problem]:
    """All that the bound form finds, in the order of its fields; a row of a list after the form that it belongs to."""
    found = list(_of_fields(form))
    for formset in getattr(form, "formsets", {}).values():
        found += [Problem(str(words)) for words in formset.non_form_errors()]
        for child in formset.forms:
            found += _of_fields(child)
    return found


def listed(found: list[Problem]) -> SafeString:
    """`found` as a list of links, which static/newsroom/problems.js follows."""
    return render_to_string("newsroom/parts/problems.html", {"problems": found})


def in_short(found: list[Problem]) -> str:
    """One line for the bar under the editor: which fields keep a draft from being saved."""
    labels = dict.fromkeys(problem.label or problem.words for problem in found)
    return _("Not saved yet. Correct first: %(fields)s.") % {"fields": ", ".join(labels)}


def tell(request: HttpRequest, found: list[Problem], is_sent: bool) -> None:
    """A message above the form. Its draft is saved by the script right after, so nothing is said of saving it here."""
    context = {"problems": found, "is_sent": is_sent}
    messages.error(request, render_to_string("newsroom/parts/refused.html", context))


def _of_fields(form: Any) -> Iterator[Problem]:
    for name, errors in form.errors.items():
        bound = form[name] if name in form.fields else None  # else it is about the form as a whole
        block, value = getattr(bound and bound.field, "block", None), bound and bound.data
        for error in errors.as_data():
            for problem in _of_block(block, value, error):
                yield replace(problem.inside(bound.html_name, bound.label), field=name) if bound else problem


def _of_block(block: Any, value: Any, error: ValidationError) -> Iterator[Problem]:
    """`error` of `value`, taken apart down to the fields of blocks; `block` is None for what isn't one."""
    if not isinstance(error, OF_BLOCKS):
        yield from (Problem(str(words)) for words in error.messages)
        return
    for key, inner in error.block_errors.items():
        child, content, step, label = _child(block, value, key)
        for problem in _of_block(child, content, inner):
            yield problem.inside(step, label)
    for other in error.non_block_errors.as_data():
        yield from (Problem(str(words)) for words in other.messages)


def _child(block: Any, value: Any, key: Any) -> tuple[Any, Any, str | None, Any]:
    """The part of `value` that an error has under `key`: its block, its value, its place, what it is called."""
    if isinstance(block, BaseStructBlock):
        child = block.child_blocks[key]
        return child, value.get(key) if isinstance(value, dict) else None, key, child.label  # a picture is an image
    if isinstance(block, BaseStreamBlock):
        return value[key].block, value[key].value, value[key].id, value[key].block.label
    return block.child_block, value.bound_blocks[key].value, value.bound_blocks[key].id, ""
