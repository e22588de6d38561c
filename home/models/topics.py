"""What a topic is called in other languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.models import Locale


class TopicTranslation(models.Model):
    """`name` is what `topic` is called in the language of `locale`; without `topic`, a topic of that language alone.

    Rows are added and never changed: a page carries the tags that were approved with it, and a row only says in which
    language a tag is a name. The newest one is offered when the next page is translated (home/topics.py).
    """

    topic = models.ForeignKey(Tag, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("topic"))
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("language"))
    name = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+", verbose_name=_("name"))

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "locale", "name"], name="one_row_a_name_of_a_topic")]
        default_permissions = ()
        verbose_name = _("name of a topic")
        verbose_name_plural = _("names of topics")

    def __str__(self) -> str:
        return f"{self.topic or '–'}: {self.name}"
