"""Questions that somebody answers with yes or no, and what the sum of it says."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText

from .features import HANDBOOK_PARAGRAPH, PROCEDURES


@dataclass(frozen=True)
class Outcome:
    """A result with the whole range of points that it is for."""

    first: int
    last: int
    title: str
    text: RichText

    @property
    def range(self) -> str:
        """ "0–3", or "4"."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class SelfCheckValue(blocks.StructValue):
    @property
    def outcomes(self) -> list[Outcome]:
        results = list(self.get("results") or ())
        ends = [result["from_points"] - 1 for result in results[1:]] + [len(self.get("questions") or ())]
        return [
            Outcome(result["from_points"], end, result["title"], result["text"])
            for result, end in zip(results, ends, strict=True)
        ]


class ResultBlock(blocks.StructBlock):
    from_points = blocks.IntegerBlock(
        label=gettext_lazy("From how many times “yes”"), min_value=0, max_value=30, default=0
    )
    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=160)
    text = blocks.RichTextBlock(label=gettext_lazy("Text"), features=HANDBOOK_PARAGRAPH, required=False)

    class Meta:
        icon = "tick"
        label = gettext_lazy("Result")


class SelfCheckBlock(blocks.StructBlock):
    """The sum is reckoned on the reader's device, and nothing of it is kept or sent."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=160)
    intro = blocks.TextBlock(label=gettext_lazy("Introduction"), max_length=500, required=False)
    questions = blocks.ListBlock(
        blocks.CharBlock(label=gettext_lazy("Question"), max_length=250),
        label=gettext_lazy("Questions"),
        min_num=2,
        max_num=30,
    )
    results = blocks.ListBlock(ResultBlock(), label=gettext_lazy("Results"), min_num=2, max_num=6)

    class Meta:
        icon = "tick-inverse"
        label = gettext_lazy("Self-check")
        group = PROCEDURES
        description = gettext_lazy("Questions to answer with yes or no, and what the number of “yes” says.")
        template = "catalog/blocks/self_check.html"
        value_class = SelfCheckValue
        preview_value = {
            "title": gettext_lazy("Are you ready?"),
            "questions": [
                gettext_lazy("Do you have at least two allies?"),
                gettext_lazy("Can you name the problem in one sentence?"),
            ],
            "results": [
                {"from_points": 0, "title": gettext_lazy("Gather some more people first")},
                {"from_points": 2, "title": gettext_lazy("You can begin")},
            ],
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and (errors := _wrong_ranges(value)):
            raise StructBlockValidationError({"results": ListBlockValidationError(block_errors=errors)})
        return value


def _wrong_ranges(value: Any) -> dict[int, ValidationError]:
    """By the place of a result: the ranges begin with 0, each after the one before, and all of them can be had."""
    errors = {}
    before = -1
    for index, result in enumerate(value["results"]):
        points, most = result["from_points"], len(value["questions"])
        if index == 0 and points != 0:
            words = _("The first result is for those who answer “no” to everything: it begins with 0.")
        elif points <= before:
            words = _("Each result begins with more than the one before it: more than %(points)d here.") % {
                "points": before
            }
        elif points > most:
            words = _("Nobody can say “yes” %(points)d times: there are %(count)d questions.") % {
                "points": points,
                "count": most,
            }
        else:
            words = ""
        if words:
            errors[index] = StructBlockValidationError({"from_points": ValidationError(words)})
        before = max(before, points)
    return errors
