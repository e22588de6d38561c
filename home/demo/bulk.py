"""Many pages at once, written straight into the tables: to test and to measure with."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision

from approval.digest import digest_of
from approval.models import Act, LedgerEntry
from home.models.terms import index_terms


@transaction.atomic
def add_children(parent: Page, pages: Sequence[Any]) -> None:
    """`pages`, all of one type, with titles and slugs, become the last children of `parent`, in its language.

    A whole tree for visitors; but the pages have no versions, and neither the admin's search nor the ledger knows them.
    `rebuild_search_index --missing` makes visitors find them.
    """
    model, last = type(pages[0]), parent.get_last_child()
    taken = Page._str2int(last.path[-Page.steplen :]) if last else 0
    for number, page in enumerate(pages, start=taken + 1):
        page.path, page.depth = Page._get_path(parent.path, parent.depth + 1, number), parent.depth + 1
        page.url_path, page.draft_title = f"{parent.url_path}{page.slug}/", page.title
        page.locale_id = parent.locale_id
    names = [field.attname for field in Page._meta.concrete_fields if field.name != "id"]
    rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in names}) for page in pages)
    for page, row in zip(pages, rows, strict=True):
        page.id = page.page_ptr_id = row.pk
    # What bulk_create does where it may; a page type has two tables.
    model._base_manager._insert(pages, fields=model._meta.local_concrete_fields, using=rows[0]._state.db)
    index_terms([page for page in pages if getattr(page, "term_fields", None)])
    parent.numchild += len(pages)
    parent.save(update_fields=["numchild"], clean=False)


@transaction.atomic
def add_versions(pages: Sequence[Any], command: str) -> None:
    """`pages`, public and of one type, get the version that they are, and the ledger says that `command` stands for it.

    What belongs to a page in tables of its own is what was assigned to it (`page.tagged_items = […]`).
    """
    its_type, base_type, now = pages[0].cached_content_type, pages[0].get_base_content_type(), timezone.now()
    for page in pages:
        setattr(page, COMMENTS_RELATION_NAME, [])
    versions = Revision.objects.bulk_create(
        Revision(
            content_type=its_type,
            base_content_type=base_type,
            object_id=str(page.pk),
            object_str=page.title,
            created_at=now,
            content=page.serializable_data(),
        )
        for page in pages
    )
    its_own = Revision.objects.filter(base_content_type=base_type, object_id=Cast(OuterRef("pk"), CharField()))
    newest = Subquery(its_own.values("pk")[:1])
    rows = Page.objects.filter(pk__in=[page.pk for page in pages])
    rows.update(latest_revision=newest, live_revision=newest, latest_revision_created_at=now)
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            act=Act.SEEDED,
            content_type=base_type,
            object_id=str(page.pk),
            title=page.title,
            revision_number=version.pk,
            content_time=now,
            digest=digest_of(page),
            reason=command,
        )
        for page, version in zip(pages, versions, strict=True)
    )
