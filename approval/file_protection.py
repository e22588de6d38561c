"""Images and documents that visitors meet: neither their file nor their words nor they themselves go.

A text was approved together with its pictures and files. Whoever replaced one of them, or its
title, would change an approved text without its approver; the uploader too. So as long as
something public, scheduled or submitted shows a file, it stays as it is: add the new one beside
it, choose it in the text, and send the text through its workflow.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex, Revision, WorkflowState

from approval import publish_guard, restricted_things, visibility
from approval.models import GatedMixin, LedgerEntry
from approval.quoting import quoted
from approval.reader import reader, seeing_everything
from approval.refusals import RefusedError

# What Wagtail keeps about a file; readers meet all the other fields.
BOOKKEEPING = {"id", "created_at", "uploaded_by_user", "file_size", "file_hash", "width", "height"}
NAMED = 3
"""Places named in a refusal; more are counted."""


@dataclass(frozen=True)
class Usage:
    """A text that shows a file; `key` is its base content type and primary key; `title` is "" where others keep it."""

    key: tuple[int, str]
    title: str


def places(thing: Model) -> list[Usage]:
    """Every text that shows `thing` to visitors, will at its time, or waits for a decision.

    Those that wait first: what goes live between the two looks is found by the second.
    """
    who = reader()
    with seeing_everything():
        waiting = list(_frozen(thing, who))
        found = {place.key: place for place in (*_public(thing), *waiting)}
    return list(found.values())


def _public(thing: Model) -> Iterator[Usage]:
    for key, text in _public_texts(thing):
        yield Usage(key, str(text))


def _public_texts(thing: Model) -> Iterator[tuple[tuple[int, str], Any]]:
    """With the key of its usage."""
    references = ReferenceIndex.get_references_to(thing).values_list("base_content_type", "object_id").distinct()
    for type_id, pk in references:
        model = ContentType.objects.get_for_id(type_id).model_class()
        source = model and model._default_manager.filter(pk=pk).first()
        # What knows no drafts is public as it stands.
        if source is not None and getattr(source, "live", True):
            yield (type_id, pk), source


def _frozen(thing: Model, reader: Any) -> Iterator[Usage]:
    """Texts whose newest version somebody decides about, and versions that wait for their time."""
    wanted = (ContentType.objects.get_for_model(thing).pk, str(thing.pk))
    for revision in (*Revision.objects.filter(_waits()), *_submitted()):
        text = revision.as_object()
        # The index keeps live rows only. Its extractor is the one place that knows every kind of field.
        for type_id, pk, _model_path, _content_path in ReferenceIndex._extract_references_from_object(text):
            if (type_id, str(pk)) == wanted:
                title = "" if visibility.is_kept_from(text, reader) else str(text)
                yield Usage((revision.base_content_type_id, revision.object_id), title)
                break


def _waits() -> Q:
    """Of versions: whether it was approved for a time, or to go live together with others."""
    together = LedgerEntry.objects.waiting_for_others().values("revision_number")
    return Q(approved_go_live_at__isnull=False) | Q(pk__in=together)


def _submitted() -> Iterator[Revision]:
    for state in WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS):
        text = state.content_object
        revision = text and text.get_latest_revision()
        if revision:
            yield revision


# --- Refusals -------------------------------------------------------------------------------


def reason(thing: Model, shown_in: list[Usage]) -> str:
    """Why `thing` stays as it is, and what to do instead."""
    titles = [place.title for place in shown_in if place.title]
    if not titles:
        words = _("“%(title)s” is in use, so it stays as it is. Add the changed file as a new one.")
        return words % {"title": thing}
    names = quoted(titles[:NAMED])
    if len(titles) > NAMED:
        names = _("%(names)s and %(count)d more") % {"names": names, "count": len(titles) - NAMED}
    return _(
        "“%(title)s” is in use in %(places)s, so it stays as it was approved. "
        "Add the changed file as a new one, choose it in the text, and send the text for approval."
    ) % {"title": thing, "places": names}


def changed_fields(thing: Model) -> set[str]:
    """Names of the fields that readers meet and that differ from the database."""
    before = type(thing)._base_manager.filter(pk=thing.pk).first()
    if before is None:
        return set()
    names = {field.attname for field in thing._meta.concrete_fields} - BOOKKEEPING - {"uploaded_by_user_id"}
    return {name for name in names if _differs(name, before, thing)}


def _differs(name: str, before: Model, after: Model) -> bool:
    old, new = getattr(before, name), getattr(after, name)
    if name == "file":
        return old.name != new.name or not getattr(new, "_committed", True)
    return old != new


def is_guarded(thing: Any) -> bool:
    return isinstance(thing, (get_image_model(), get_document_model()))


def refuse_if_in_use(things: Iterable[Model]) -> None:
    for thing in things:
        shown_in = places(thing)
        if shown_in:
            raise RefusedError(reason(thing, shown_in))


# --- Who may have a document --------------------------------------------------------------------


def keep_unpublished(document: Model, request: HttpRequest) -> None:
    """Hook before a document is served: visitors get what a public text offers to them, staff get all.

    Its address is a counted number and a name, so whoever guesses would read what nobody has approved, or what
    a private page keeps for some.
    """
    if request.user.has_perm("wagtailadmin.access_admin"):
        if not restricted_things.is_visible(document, request.user):
            raise Http404
        return
    if not any(_is_open_to(request, text) for _key, text in _public_texts(document)):
        raise Http404


def _is_open_to(request: HttpRequest, text: Any) -> bool:
    """A snippet has no address of its own: one whose files are offered on a page says whether that is open."""
    if isinstance(text, Page):
        return visitor_may_open(text, request)
    return getattr(text, "is_open_to", _always)(request)


def visitor_may_open(page: Page, request: HttpRequest) -> bool:
    return all(one.accept_request(request) for one in page.get_view_restrictions())


def _always(_request: HttpRequest) -> bool:
    return True


# --- Signals: every way to change or delete a file ends here ----------------------------------


def keep_as_approved(instance: Any, raw: bool = False, update_fields: Any = None, **_signal: Any) -> None:
    """Before a file is saved."""
    if raw or not instance.pk or publish_guard.running_command() or not is_guarded(instance):
        return
    changed = changed_fields(instance)
    if update_fields is not None:
        changed &= set(update_fields)
    if changed:
        refuse_if_in_use([instance])


def keep_from_deletion(instance: Any, **_signal: Any) -> None:
    """Before a file is deleted."""
    if not publish_guard.running_command() and is_guarded(instance):
        refuse_if_in_use([instance])


def keep_from_hiding(instance: CollectionViewRestriction, raw: bool = False, **_signal: Any) -> None:
    """Before a collection is closed to visitors: its documents would be gone from public texts."""
    if not raw and not publish_guard.running_command():
        collections = instance.collection.get_descendants(inclusive=True)
        refuse_if_in_use(get_document_model().objects.filter(collection__in=collections))


def keep_from_opening(instance: CollectionViewRestriction, origin: Any = None, **_signal: Any) -> None:
    """Before a closed collection is opened: documents that public texts offer would be everybody's at once."""
    if not isinstance(origin, Collection) and not publish_guard.running_command():
        collections = instance.collection.get_descendants(inclusive=True)
        refuse_if_in_use(get_document_model().objects.filter(collection__in=collections))


def index_at_once(instance: Any, **_signal: Any) -> None:
    """What has just become public is in the index with it, not only when a worker gets there."""
    if isinstance(instance, GatedMixin):
        ReferenceIndex.create_or_update_for_object(instance.specific if isinstance(instance, Page) else instance)


def before_bulk_action(request: Any, action_type: str, objects: Any, action: Any) -> None:
    """Wagtail's bulk "add to collection" writes past every `save()`; a collection can hide a file."""
    if action_type in ("add_to_collection", "delete") and request.method == "POST":
        refuse_if_in_use([thing for thing in objects if is_guarded(thing)])
