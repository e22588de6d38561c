"""What staff keep of a page, so that the next one need not begin empty."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class PagePattern(models.Model):
    """The content of a page under a name. It is no page: it has no address, and nothing can make it public."""

    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("what it is for"), max_length=200, blank=True)
    content_type = models.ForeignKey(ContentType, verbose_name=_("kind of page"), on_delete=models.CASCADE)
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE)
    content = models.JSONField(encoder=DjangoJSONEncoder, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, editable=False, related_name="+")
    """Who had a hand in its words before anybody approved them: they approve no page that begins with them."""
    made_at = models.DateTimeField(_("made on"), auto_now_add=True)

    class Meta:
        verbose_name = _("page pattern")
        verbose_name_plural = _("page patterns")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("content_type", "locale", "name"), name="one_pattern_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def page_model(self) -> Any:
        """The page type; None once the program has it no longer."""
        return ContentType.objects.get_for_id(self.content_type_id).model_class()  # Django keeps these

    @property
    def kind(self) -> str:
        model = self.page_model
        return str(model.get_verbose_name()) if model else str(_("These pages no longer exist"))
