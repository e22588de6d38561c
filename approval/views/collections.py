"""Where a collection stands decides who gets its documents."""

from typing import Any

from django.db import transaction
from wagtail.admin.views.collections import Edit
from wagtail.documents import get_document_model

from approval import file_protection


class EditCollectionView(Edit):
    """Wagtail's, in its place: no move opens or closes documents that public texts offer."""

    @transaction.atomic
    def save_instance(self) -> Any:
        was_closed = self.object.get_view_restrictions().exists()
        collection = super().save_instance()
        moved = type(collection).objects.get(pk=collection.pk)
        if moved.get_view_restrictions().exists() != was_closed:
            below = moved.get_descendants(inclusive=True)
            file_protection.refuse_if_in_use(get_document_model().objects.filter(collection__in=below))
        return collection
