"""Pictures, documents and topics that were made for a draft that is kept to people: nobody else finds them either.

A file counts as made for it when one of the people uploaded it, a topic when no page carries it yet. As soon as a text
that somebody sees shows a file, they see the file. Lists, choosers and forms ask (`policy_for`, `visible`); a text in
which such a file stands all the same shows it, so that nobody saves it away without knowing. Who has the address of a
picture itself gets the picture, as of every picture of the site.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Model, QuerySet
from django.db.models.functions import Cast
from django.shortcuts import get_list_or_404
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from approval.models import GatedMixin, RestrictedDraft, RestrictedThing
from approval.reader import reader, seeing_everything

# --- Which ones they are ------------------------------------------------------------------------


def note(text: Any, draft: RestrictedDraft) -> None:
    """Remember what was made for `text` and stands in it."""
    named = set(draft.people.values_list("pk", flat=True))
    with seeing_everything():
        things = [*_files(text, named), *_new_topics(text)]
    rows = [
        RestrictedThing(draft=draft, content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)
        for thing in things
    ]
    RestrictedThing.objects.bulk_create(rows, ignore_conflicts=True)


def _files(text: Any, named: set[int]) -> Iterator[Any]:
    models = {ContentType.objects.get_for_model(model).pk: model for model in (get_image_model(), get_document_model())}
    found: dict[type[Model], set[Any]] = {model: set() for model in models.values()}
    for type_id, pk, _model_path, _content_path in ReferenceIndex._extract_references_from_object(text):
        if type_id in models:
            found[models[type_id]].add(pk)
    for model, numbers in found.items():
        if numbers:
            yield from model._default_manager.filter(pk__in=numbers, uploaded_by_user__in=named)


def _new_topics(text: Any) -> Iterable[Any]:
    tags = text.tags.all() if hasattr(text, "tags") else ()
    ways = [relation for relation in Tag._meta.related_objects if relation.related_model._meta.managed]
    return [
        tag
        for tag in tags
        if not any(way.related_model._base_manager.filter(**{way.field.name: tag.pk}).exists() for way in ways)
    ]


def note_version(instance: Revision, raw: bool = False, **_signal: Any) -> None:
    """After a version is saved; of what was public nothing is kept to people."""
    model: Any = ContentType.objects.get_for_id(instance.content_type_id).model_class()
    if raw or not issubclass(model, GatedMixin) or not issubclass(model, Page):
        return
    if instance.content.get("first_published_at"):
        return
    key = instance.content["translation_key"]
    if draft := RestrictedDraft.objects.filter(translation_key=key).first():
        note(instance.as_object(), draft)  # its page doesn't know the version yet


# --- Where they are hidden ------------------------------------------------------------------------


def visible(rows: QuerySet, user: Any = None) -> QuerySet:
    """Those of `rows`, files or topics, that whoever reads may know of; `user`: somebody else than who reads."""
    user = user or reader()
    if user is None:
        return rows
    name = {"content_type__app_label": rows.model._meta.app_label, "content_type__model": rows.model._meta.model_name}
    shown = ReferenceIndex.objects.filter(**{f"to_{key}": value for key, value in name.items()})
    shown = shown.annotate(number=Cast("to_object_id", BigIntegerField())).values("number")
    hidden = RestrictedThing.objects.filter(draft__in=RestrictedDraft.objects.hidden_from(user).values("pk"), **name)
    return rows.exclude(pk__in=hidden.exclude(object_id__in=shown).values("object_id"))


def is_visible(thing: Any, user: Any) -> bool:
    return visible(type(thing)._default_manager.filter(pk=thing.pk), user).exists()


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy of pictures and documents, without what is kept from somebody, superusers included."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        return visible(super().instances_user_has_any_permission_for(user, actions), user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return super().user_has_permission_for_instance(user, action, instance) and is_visible(instance, user)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return super().user_has_any_permission_for_instance(user, actions, instance) and is_visible(instance, user)


def policy_for(model: type[Model], auth_model: str) -> FilePolicy:
    return FilePolicy(model, auth_model=auth_model, owner_field_name="uploaded_by_user")


class VisibleFilesMixin:
    """Before Wagtail's actions on many files, which ask for numbers and name what somebody may not change."""

    @classmethod
    def get_queryset(cls, model: type[Model], object_ids: Any) -> list[Any]:
        return get_list_or_404(visible(model._default_manager.all()), pk__in=object_ids)
