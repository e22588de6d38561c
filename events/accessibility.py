"""What a visitor needs to know before setting out: each fact is yes, no or not known."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel


class Answer(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("we don’t know")


@dataclass(frozen=True)
class Fact:
    """One answer for readers: `value` is "yes", "no" or "unknown"."""

    name: str
    label: Any
    value: str
    text: str = ""


def label_of(name: str) -> Any:
    """What readers call the fact in field `name`."""
    return VenueAccessMixin._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def answer_field(label: Any) -> models.CharField:
    return models.CharField(label, max_length=7, choices=Answer, default=Answer.UNKNOWN)


class VenueAccessMixin(models.Model):
    """The facts of ../shared/domain.md (Event accessibility), in the order of a visit."""

    step_free = answer_field(_("step-free entrance"))
    lift = answer_field(_("lift"))
    toilet = answer_field(_("accessible toilet"))
    induction_loop = answer_field(_("induction loop"))
    sign_language = answer_field(_("Polish Sign Language (PJM) interpreter"))
    sign_language_order_by = models.DateField(_("order the interpreter by"), null=True, blank=True)
    captions = answer_field(_("captions"))
    audio_description = answer_field(_("audio description"))
    quiet_room = answer_field(_("quiet room"))
    assistance_dog = answer_field(_("assistance dog welcome"))
    child_corner = answer_field(_("child corner"))
    easy_read = answer_field(_("easy-to-read materials"))
    accessibility_contact = models.CharField(_("who to ask about accessibility"), max_length=250, blank=True)

    FACTS = (
        "step_free",
        "lift",
        "toilet",
        "induction_loop",
        "sign_language",
        "captions",
        "audio_description",
        "quiet_room",
        "assistance_dog",
        "child_corner",
        "easy_read",
    )

    access_panel = MultiFieldPanel(
        [*FACTS, "sign_language_order_by", "accessibility_contact"], heading=_("Accessibility")
    )

    class Meta:
        abstract = True

    @property
    def accessibility_facts(self) -> list[Fact]:
        """Every fact, also the missing and unknown ones: silence is no answer."""
        return [
            Fact(
                name,
                label_of(name),
                getattr(self, name),
                str(Answer(getattr(self, name)).label),
            )
            for name in self.FACTS
        ]

    @property
    def access_summary(self) -> list[Any]:
        """What is there for sure, for one line in a list."""
        return [fact.label for fact in self.accessibility_facts if fact.value == Answer.YES]
