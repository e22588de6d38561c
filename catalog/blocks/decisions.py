"""Questions that lead to an answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText

from home.blocks.signs import SignBlock

from .features import HANDBOOK_PARAGRAPH, PROCEDURES

KEY = r"[A-Za-z0-9-]{1,30}"
KEY_MESSAGE = {"invalid": gettext_lazy("Use letters without accents, digits and hyphens: q1, members.")}


class AnswerBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=gettext_lazy("Answer"), max_length=120)
    leads_to = SignBlock(
        KEY,
        label=gettext_lazy("Leads to the question"),
        error_messages=KEY_MESSAGE,
        required=False,
        help_text=gettext_lazy("The sign of the next question; empty where the answer ends it."),
    )
    result = blocks.RichTextBlock(label=gettext_lazy("or to this result"), features=HANDBOOK_PARAGRAPH, required=False)

    class Meta:
        icon = "arrow-right"
        label = gettext_lazy("Answer")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and bool(value["leads_to"]) == bool(value["result"].source):
            message = _("Say to which question this answer leads, or with what result it ends: one of the two.")
            raise StructBlockValidationError({"leads_to": ValidationError(message)})
        return value


class QuestionBlock(blocks.StructBlock):
    key = SignBlock(
        KEY,
        label=gettext_lazy("Sign"),
        error_messages=KEY_MESSAGE,
        help_text=gettext_lazy("By which answers lead here. Readers don't see it."),
    )
    text = blocks.CharBlock(label=gettext_lazy("Question"), max_length=250)
    answers = blocks.ListBlock(AnswerBlock(), label=gettext_lazy("Answers"), min_num=2, max_num=6)

    class Meta:
        icon = "help"
        label = gettext_lazy("Question")


@dataclass(frozen=True)
class Question:
    """A question with its number among all."""

    number: int
    key: str
    text: str
    answers: list["Answer"]


@dataclass(frozen=True)
class Answer:
    """Either `next` is there, or a result."""

    label: str
    next: Question | None
    result: RichText


class DecisionTreeValue(blocks.StructValue):
    @property
    def steps(self) -> list[Question]:
        """All questions, numbered, with the way on from each answer; each after those that lead to it."""
        asked = _in_order(list(self.get("questions") or ()))
        steps = [Question(number, each["key"], each["text"], []) for number, each in enumerate(asked, start=1)]
        known = {step.key: step for step in reversed(steps)}
        for step, each in zip(steps, asked, strict=True):
            step.answers.extend(
                Answer(answer["label"], known.get(answer["leads_to"]), answer["result"]) for answer in each["answers"]
            )
        return steps


def _in_order(asked: list[Any]) -> list[Any]:
    """Questions so that answers lead forward, else as they were written: that is how they are read and printed."""
    found: list[Any] = []
    left = list(asked)
    while left:
        led_to = {answer["leads_to"] for question in left for answer in question["answers"]}
        free = next((question for question in left if question["key"] not in led_to), left[0])  # else in a circle
        found.append(free)
        left.remove(free)
    return found


class DecisionTreeBlock(blocks.StructBlock):
    """One question at a time, to a result; without JavaScript all of them with links between."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=160)
    intro = blocks.TextBlock(label=gettext_lazy("Introduction"), max_length=500, required=False)
    questions = blocks.ListBlock(QuestionBlock(), label=gettext_lazy("Questions"), min_num=1, max_num=20)

    class Meta:
        icon = "help"
        label = gettext_lazy("Decision tree")
        group = PROCEDURES
        description = gettext_lazy("Questions that lead a reader to an answer, one at a time.")
        template = "catalog/blocks/decision_tree.html"
        value_class = DecisionTreeValue
        preview_value = {
            "title": gettext_lazy("Is a KDO the right way?"),
            "questions": [
                {
                    "key": "q1",
                    "text": gettext_lazy("Does the problem concern more than one organisation?"),
                    "answers": [
                        {"label": gettext_lazy("Yes"), "leads_to": "q2"},
                        {"label": gettext_lazy("No"), "result": gettext_lazy("<p>Write to the district council.</p>")},
                    ],
                },
                {
                    "key": "q2",
                    "text": gettext_lazy("Have you talked to City Hall already?"),
                    "answers": [
                        {"label": gettext_lazy("Yes"), "result": gettext_lazy("<p>A KDO is the right way.</p>")},
                        {"label": gettext_lazy("No"), "result": gettext_lazy("<p>Begin with a talk.</p>")},
                    ],
                },
            ],
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation:
            _check_ways(value["questions"])
        return value


def _check_ways(questions: Any) -> None:
    """The ways between questions: each leads somewhere, none in a circle, and every question is on one."""
    errors = _double_signs(questions)
    if not errors:
        ways = {str(question["key"]): _ways(question) for question in questions}
        errors = _wrong_answers(questions, ways) or _circles(questions, ways) or _unreached(questions, ways)
    if errors:
        raise StructBlockValidationError({"questions": ListBlockValidationError(block_errors=errors)})


Errors = dict[int, ValidationError]
"""By the place of a question."""
Ways = Mapping[str, list[str]]


def _ways(question: Any) -> list[str]:
    return [answer["leads_to"] for answer in question["answers"] if answer["leads_to"]]


def _at_key(words: str) -> ValidationError:
    return StructBlockValidationError({"key": ValidationError(words)})


def _double_signs(questions: Iterable[Any]) -> Errors:
    errors: Errors = {}
    known: set[str] = set()
    for index, question in enumerate(questions):
        if question["key"] in known:
            errors[index] = _at_key(_("Another question has the sign “%(sign)s” already.") % {"sign": question["key"]})
        known.add(question["key"])
    return errors


def _wrong_answers(questions: Iterable[Any], ways: Ways) -> Errors:
    errors: Errors = {}
    for index, question in enumerate(questions):
        wrong = {
            place: StructBlockValidationError(
                {"leads_to": ValidationError(_("No question has the sign “%(sign)s”.") % {"sign": answer["leads_to"]})}
            )
            for place, answer in enumerate(question["answers"])
            if answer["leads_to"] and answer["leads_to"] not in ways
        }
        if wrong:
            errors[index] = StructBlockValidationError({"answers": ListBlockValidationError(block_errors=wrong)})
    return errors


def _circles(questions: Iterable[Any], ways: Ways) -> Errors:
    return {
        index: _at_key(_("The answers lead back to this question: a reader would go round in a circle."))
        for index, question in enumerate(questions)
        if question["key"] in _reached(ways[question["key"]], ways)
    }


def _unreached(questions: Any, ways: Ways) -> Errors:
    first = questions[0]["key"] if len(questions) else None
    reached = _reached([first], ways)
    return {
        index: _at_key(_("No answer leads to this question."))
        for index, question in enumerate(questions)
        if question["key"] not in reached
    }


def _reached(begin: Iterable[Any], ways: Ways) -> set[str]:
    """All questions that somebody who goes on from those at the beginning can come to, with these."""
    reached: set[str] = set()
    waiting = list(begin)
    while waiting:
        if (key := waiting.pop()) in ways and key not in reached:
            reached.add(key)
            waiting += ways[key]
    return reached
