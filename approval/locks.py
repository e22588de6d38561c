"""Who comes first when two decide about one text at once.

Whatever a decision locks, it locks the text itself first: then its workflow, its step, its versions. Two
decisions then wait for each other in a row and never in a circle, which the database would break with an error.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page


def locked(instance: Any) -> Any:
    """`instance` as it is in the database now, kept from others until the transaction ends."""
    return _rows(type(instance)).get(pk=instance.pk)


def locked_subject(workflow_state: Any) -> Any:
    """The same for the page or snippet of a workflow, as its own type; None if it is gone."""
    model = ContentType.objects.get_for_id(workflow_state.content_type_id).model_class()
    return _rows(model).filter(pk=workflow_state.object_id).first() if model else None


def _rows(model: Any) -> Any:
    is_page_type = issubclass(model, Page) and model is not Page
    # Of a page, the row that all kinds of pages share.
    return model._default_manager.select_for_update(of=("page_ptr",) if is_page_type else ())
