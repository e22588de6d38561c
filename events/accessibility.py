"""What a visitor needs to know before setting out: each fact is yes, no or not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel


class Answer(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("we don’t know")


@dataclass(frozen=True)
class Fact:
    """One answer for readers: `value` is "yes", "no" or "unknown".

    `is_for_the_day`: the place says otherwise of its other days.
    """

    name: str
    label: Any
    value: str
    text: str = ""
    is_for_the_day: bool = False


def label_of(name: str) -> Any:
    """What readers call the fact in field `name`."""
    return VenueAccessMixin._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def answer_field(label: Any) -> models.CharField:
    return models.CharField(label, max_length=7, choices=Answer, default=Answer.UNKNOWN)


class VenueAccessMixin(models.Model):
    """What somebody has to know before they come, in the order of a visit."""

    step_free = answer_field(_("step-free entrance"))
    lift = answer_field(_("lift"))
    toilet = answer_field(_("accessible toilet"))
    induction_loop = answer_field(_("induction loop"))
    sign_language = answer_field(_("Polish Sign Language (PJM) interpreter"))
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

    class Meta:
        abstract = True


class EventAccessMixin(VenueAccessMixin):
    """What is known of an event: what its place says, and what is otherwise on the day.

    An answer of the event goes before that of its place; where the event doesn't know, the place answers.
    """

    sign_language_order_by = models.DateField(_("order the interpreter by"), null=True, blank=True)
    access_note = models.TextField(
        _("what is different on the day"),
        max_length=400,
        blank=True,
        help_text=_("For readers, such as: the lift is out of order, come in through the yard."),
    )

    usual_answers: Mapping[str, str] = {}
    """What the place of the event says: fact → answer."""

    access_panel = MultiFieldPanel(
        ["access_note", *VenueAccessMixin.FACTS, "sign_language_order_by", "accessibility_contact"],
        heading=_("Accessibility"),
        attrs={"data-different-that-day": _("Is anything different on that day?")},
    )

    class Meta:
        abstract = True

    place_answers_later = False
    """Whether it has a place that nobody has approved yet: visitors get its answers once it is."""

    @property
    def inherited_words(self) -> dict[str, str]:
        """For whoever decides: what readers get from the place where the event itself doesn't know, by field."""
        unknown = [name for name in self.FACTS if getattr(self, name) == Answer.UNKNOWN]
        if self.place_answers_later:
            return dict.fromkeys(unknown, gettext("as its place says, once that is approved"))
        answers = {name: self.usual_answers.get(name, Answer.UNKNOWN) for name in unknown}
        said = gettext("%(answer)s (its place says so)")
        return {name: said % {"answer": Answer(one).label} for name, one in answers.items() if one != Answer.UNKNOWN}

    @property
    def accessibility_facts(self) -> list[Fact]:
        """Every fact, also the missing and unknown ones: silence is no answer."""
        return [self._fact(name, self.usual_answers.get(name, Answer.UNKNOWN)) for name in self.FACTS]

    def _fact(self, name: str, usual: str) -> Fact:
        own = getattr(self, name)
        value = usual if own == Answer.UNKNOWN else own
        is_for_the_day = usual not in (Answer.UNKNOWN, value)
        return Fact(name, label_of(name), value, str(Answer(value).label), is_for_the_day)

    @property
    def access_summary(self) -> list[Any]:
        """What is there for sure, for one line in a list."""
        return [fact.label for fact in self.accessibility_facts if fact.value == Answer.YES]
