"""Who comes first when two decide about one text at once.

Whatever a decision locks, it locks the page above first, because texts side by side must not get one address at once;
then the text itself, its workflow, its step, its versions. Two decisions then wait for each other in a row and never in
a circle, which the database would break with an error.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Subquery
from django.db.models.functions import Left, Length
from wagtail.models import Page


def locked(instance: Any) -> Any:
    """`instance` as it is in the database now, kept from others until the transaction ends."""
    return _rows(type(instance), instance.pk).get()


def locked_subject(workflow_state: Any) -> Any:
    """The same for the page or snippet of a workflow, as its own type; None if it is gone."""
    model = ContentType.objects.get_for_id(workflow_state.content_type_id).model_class()
    return _rows(model, workflow_state.object_id).first() if model else None


def _rows(model: Any, pk: Any) -> Any:
    if issubclass(model, Page):
        _lock_above(pk)
    is_page_type = issubclass(model, Page) and model is not Page
    # Of a page, the row that all kinds of pages share.
    return model._default_manager.select_for_update(of=("page_ptr",) if is_page_type else ()).filter(pk=pk)


def _lock_above(pk: Any) -> None:
    """Locks the page above page `pk`; whatever only refers to that (`no_key`) doesn't wait."""
    above = Page.objects.filter(pk=pk).values(above=Left("path", Length("path") - Page.steplen))
    bool(Page.objects.select_for_update(no_key=True).filter(path=Subquery(above)).values_list("pk").first())
