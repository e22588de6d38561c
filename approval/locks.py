"""Who comes first when two decide about one text at once.

Whatever a decision locks, it locks the page above first, because texts side by side must not get one address at once;
then the text itself, its workflow, its step, its versions. Of texts that go live together it locks all, in one order,
and then what holds them together. Two decisions then wait for each other in a row and never in a circle, which the
database would break with an error.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Subquery
from django.db.models.functions import Left, Length
from wagtail.models import Page

from approval.models.release import Release, open_release_number, open_release_of_row
from approval.reader import whole


def locked(instance: Any) -> Any:
    """`instance` as it is in the database now, kept from others until the transaction ends.

    A page says the number of its open release, or None, as `open_release`.
    """
    model = type(instance)
    if (found := _row(model, instance.pk)) is None:
        raise model.DoesNotExist
    return found


def locked_subject(workflow_state: Any) -> Any:
    """The same for the page or snippet of a workflow, as its own type; None if it is gone."""
    model = ContentType.objects.get_for_id(workflow_state.content_type_id).model_class()
    return _row(model, workflow_state.object_id) if model else None


@whole
def locked_release(number: int) -> Release | None:
    """The release `number` with all its pages, kept from others; None where it is over.

    Those of a page that is kept to people as well: nothing goes live without it.

    Its `open_items` lead to the pages as they are now. Pages above come first, so that they are published first.
    """
    known = None
    while True:
        pages = Page.objects.filter(release_items__release=number, release_items__is_open=True)
        rows = {page.pk: locked(page) for page in pages.order_by("depth", "pk").specific()}
        release = Release.objects.open().select_for_update().filter(pk=number).first()
        if release is None:
            return None
        items = list(release.items.filter(is_open=True).select_related("approval", "translation_of", "locale"))
        if known == set(rows) or {item.page_id for item in items if item.page_id} <= set(rows):
            break
        known = set(rows)  # a translation was begun while we waited
    for item in items:
        if item.page_id:
            item.page = rows[item.page_id]
    items.sort(key=lambda item: (item.page.depth, item.page_id) if item.page_id else (0, 0))
    release.open_items = items
    return release


def locked_release_of(instance: Any) -> Release | None:
    """The same of the open release of `instance`: for whoever takes it out, before they lock it alone."""
    number = open_release_number(instance)
    return locked_release(number) if number else None


def _row(model: Any, pk: Any) -> Any:
    above = _locked_above(pk) if issubclass(model, Page) else None
    is_page_type = issubclass(model, Page) and model is not Page
    # Of a page, the row that all kinds of pages share.
    rows = model._default_manager.select_for_update(of=("page_ptr",) if is_page_type else ()).filter(pk=pk)
    if issubclass(model, Page):
        rows = rows.annotate(open_release=open_release_of_row())
    found = rows.first()
    if found is not None and above is not None:
        found._cached_parent_obj = above  # where treebeard keeps it: each version of a page asks for it
    return found


def _locked_above(pk: Any) -> Page | None:
    """The page above page `pk`, locked; whatever only refers to that (`no_key`) doesn't wait."""
    above = Page.objects.filter(pk=pk).values(above=Left("path", Length("path") - Page.steplen))
    return Page.objects.select_for_update(no_key=True).filter(path=Subquery(above)).first()
