"""The name of a kind of text, for people."""

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst


def type_name_of(content_type_id: int) -> str:
    """The name of the page or snippet type with this content type; "" where the type is gone."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return str(capfirst(model._meta.verbose_name)) if model else ""
