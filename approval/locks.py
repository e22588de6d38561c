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
    model = type(instance)
    if (found := _row(model, instance.pk)) is None:
        raise model.DoesNotExist
    return found


def locked_subject(workflow_state: Any) -> Any:
    """The same for the page or snippet of a workflow, as its own type; None if it is gone."""
    model = ContentType.objects.get_for_id(workflow_state.content_type_id).model_class()
    return _row(model, workflow_state.object_id) if model else None


def _row(model: Any, pk: Any) -> Any:
    above = _locked_above(pk) if issubclass(model, Page) else None
    is_page_type = issubclass(model, Page) and model is not Page
    # Of a page, the row that all kinds of pages share.
    found = model._default_manager.select_for_update(of=("page_ptr",) if is_page_type else ()).filter(pk=pk).first()
    if found is not None and above is not None:
        found._cached_parent_obj = above  # where treebeard keeps it: each version of a page asks for it
    return found


def _locked_above(pk: Any) -> Page | None:
    """The page above page `pk`, locked; whatever only refers to that (`no_key`) doesn't wait."""
    above = Page.objects.filter(pk=pk).values(above=Left("path", Length("path") - Page.steplen))
    return Page.objects.select_for_update(no_key=True).filter(path=Subquery(above)).first()
