"""What a topic is called in other languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.models import Locale


class TopicTranslation(models.Model):
    """`name` is what `topic` is called in the language of `locale`; without `topic`, a topic of that language alone.

    A page carries the tags that were approved with it, and a row only says in which language a tag is a name. A draft
    proposes rows; they count for visitors and for other pages once a page with such a tag is published
    (home/topics.py), and stay then. The newest of those is offered when the next page is translated.
    """

    topic = models.ForeignKey(Tag, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("topic"))
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("language"))
    name = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+", verbose_name=_("name"))
    is_approved = models.BooleanField(_("approved"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "locale", "name"], name="one_row_a_name_of_a_topic")]
        default_permissions = ()
        verbose_name = _("name of a topic")
        verbose_name_plural = _("names of topics")

    def __str__(self) -> str:
        return f"{self.topic or '–'}: {self.name}"
