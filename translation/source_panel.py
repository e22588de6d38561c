"""The approved text of the original, segment by segment, to be read beside its translation."""

from collections.abc import Container
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from approval import dates
from approval.diff import comparison
from translation import changes, glossary, machine, markup, originals, progress, segments
from translation.changes import SegmentChange
from translation.facts import FactChange
from translation.notices.base import Notice, TranslatedSegment
from translation.notices.checks import DatesCheck, NumbersCheck
from translation.notices.finder import put_away
from translation.notices.names import Vocabulary
from translation.segments import Segment

KEPT = {"b", "strong", "i", "em", "sup", "sub", "span", "br"}
"""Tags of a segment that are shown; a link shows its words."""
LIKE = 0.4
"""Share of common words from which two texts are compared word by word."""


@dataclass(frozen=True)
class SourceUnit:
    """Some words of the original, with its terms marked.

    `place`: the path of its field or block, for going there. `mark`: "new", "changed", "removed" or "".
    `parts`: what changed in it, word by word. `has_stayed`: it changed, and the translation says what visitors read
    of it already: somebody said that it fits. `is_of_machine`: a machine translated it, and nobody has checked it.
    """

    label: str
    place: str
    html: SafeString
    mark: str = ""
    parts: tuple[comparison.DifferencePart, ...] = ()
    translation: SafeString | None = None
    is_same: bool = False
    has_stayed: bool = False
    is_of_machine: bool = False


@dataclass(frozen=True)
class SourcePanel:
    """An original for the one who translates it, or decides on its translation."""

    original: Any
    language: str
    is_public: bool
    is_sent: bool
    is_current: bool
    sentence: str
    units: list[SourceUnit] = field(default_factory=list)
    removed: list[SourceUnit] = field(default_factory=list)
    facts: list[FactChange] = field(default_factory=list)
    changes_known: bool = True
    untranslated: list[Segment] = field(default_factory=list)
    of_machine: list[Segment] = field(default_factory=list)
    other_figures: list[tuple[str, Notice]] = field(default_factory=list)
    """Numbers and dates that stand in one language alone, with the label of their part."""

    @property
    def changed_count(self) -> int:
        """How many changes the translation hasn't taken up."""
        if self.is_current:
            return 0
        return len([unit for unit in self.units if unit.mark]) + len(self.removed) + len(self.facts)


def source_panel(draft: Any, *, with_figures: bool = False) -> SourcePanel | None:
    """What `draft`, a version of a translation, translates; None for an original.

    `with_figures`: for whoever decides; whoever writes is told of other figures beside each part.
    """
    original = originals.original_of(draft)
    if original is None:
        return None
    is_current = draft.source_version == original.source_version
    public = _public_row(draft) if is_current else None
    says = public.source_version if public else draft.source_version
    before = None if says == original.source_version else originals.published_as(original, says)
    now = segments.segments_of(original)
    differences = changes.differences(before, original) if before is not None else []
    found = [change for change in differences if isinstance(change, SegmentChange)]
    marks = {change.segment.path: change for change in found if change.kind != "removed"}
    said = {unit.path: unit for unit in segments.segments_of(draft)}
    read = {unit.path: unit.text for unit in segments.segments_of(public)} if public and marks else {}
    stayed = {path for path in marks if path in said and said[path].text == read.get(path)}
    untranslated = progress.untranslated(draft, original)
    same = {unit.path for unit in untranslated}
    of_machine = machine.unchecked(draft)
    unchecked = {unit.path for unit in of_machine}
    language = draft.locale.language_code
    return SourcePanel(
        original=original,
        language=original.locale.language_code,
        is_public=original.live,
        is_sent=getattr(original, "is_sent", False),
        is_current=is_current,
        sentence=_sentence(original, draft, is_current, untranslated),
        units=[
            replace(
                _unit(unit, language, marks.get(unit.path), said.get(unit.path), unit.path in same),
                has_stayed=unit.path in stayed,
                is_of_machine=unit.path in unchecked,
            )
            for unit in now
        ]
        + [_named(name, named) for name, named in draft.translated_names(original)],
        removed=[_unit(change.segment, language, change) for change in found if change.kind == "removed"],
        facts=[change for change in differences if isinstance(change, FactChange)],
        changes_known=is_current or before is not None,
        untranslated=untranslated,
        of_machine=of_machine,
        other_figures=_other_figures(
            now, marks, said, original, draft, public if before is not None or says == original.source_version else None
        )
        if with_figures
        else [],
    )


def _other_figures(
    units: list[Segment], marks: Container[str], said: dict[str, Segment], original: Any, draft: Any, public: Any
) -> list[tuple[str, Notice]]:
    """What differs in `units` of the original and in what is `said` there, unless the translator has put it away.

    Those at `marks` changed in the original, and are left out while the draft still has to follow it; the others are
    where `public`, their approved translation, says the same.
    """
    codes = original.locale.language_code, draft.locale.language_code
    follows = draft.source_version == original.source_version
    pairs = [
        TranslatedSegment(unit, said[unit.path].text, *codes)
        for unit in units
        if unit.kind in ("text", "markup") and unit.path in said and (follows or unit.path not in marks)
    ]
    checks = [NumbersCheck(Vocabulary()), DatesCheck(Vocabulary())]
    found = [(pair, notice) for pair in pairs for check in checks for notice in check.find(pair)]
    if not found:
        return []
    away, approved = put_away(draft), {unit.path: unit.text for unit in segments.segments_of(public)} if public else {}
    return [
        (pair.segment.label, notice)
        for pair, notice in found
        if notice.fingerprint_at(pair) not in away
        and (pair.segment.path in marks or approved.get(pair.segment.path) != pair.said)
    ]


def _public_row(draft: Any) -> Any:
    return type(draft)._default_manager.filter(pk=draft.pk, live=True).first()


def _sentence(original: Any, draft: Any, is_current: bool, untranslated: list[Segment]) -> str:
    """Which source version of the original `draft` says, or how far it is on its way there."""
    if not is_current and original.source_version:
        facts = {"day": dates.day(original.source_version)}
        if not draft.source_version:
            return _("The original changed on %(day)s. This translation says what it said before.") % facts
        same_day = dates.day(draft.source_version) == facts["day"]
        say = dates.day_and_hour if same_day else dates.day
        facts = {"day": say(original.source_version), "edition": say(draft.source_version)}
        return _("The original changed on %(day)s. This translation says what it said since %(edition)s.") % facts
    if untranslated and not draft.workflow_in_progress:
        return f"{capfirst(str(progress.of(draft, original)))}."
    if draft.source_version:
        return _("It says what the original says since %(day)s.") % {"day": dates.day(draft.source_version)}
    return _("It says what the original says.")


def _unit(
    unit: Segment, language: str, change: SegmentChange | None, said: Segment | None = None, is_same: bool = False
) -> SourceUnit:
    parts: tuple[comparison.DifferencePart, ...] = ()
    if change is not None and change.kind == "changed":
        parts = _parts(markup.plain(change.before), markup.plain(unit.text))
    return SourceUnit(
        label=unit.label,
        place=unit.place,
        html=marked(unit, language),
        mark=change.kind if change else "",
        parts=parts,
        translation=marked(said) if said is not None else None,
        is_same=is_same,
    )


def _named(name: str, said: str) -> SourceUnit:
    return SourceUnit(_("Topics"), "tags", escape(name), translation=escape(said) if said else None)


def _parts(before: str, now: str) -> tuple[comparison.DifferencePart, ...]:
    """Word by word; what was written anew is told by its old words alone, as the new ones stand above."""
    patience = comparison.ComparisonBudget(200_000)
    old, new = before.split(), now.split()
    if not patience.allows(len(old) * len(new)) or SequenceMatcher(None, old, new).ratio() < LIKE:
        return (comparison.DifferencePart("removed", before),)
    return tuple(comparison.words(before, now, patience))


def marked(unit: Segment, language: str = "") -> SafeString:
    """The words of `segment` for a page; the terms of the glossary with the agreed word in `language` behind them."""
    if unit.kind != "markup":
        return with_terms(unit.text, "" if unit.kind == "slug" else language)
    return mark_safe("".join(_node(node, language) for node in BeautifulSoup(unit.text, "html.parser").contents))


def _node(node: Any, language: str) -> str:
    if type(node) is NavigableString:
        return with_terms(str(node), language)
    if not isinstance(node, Tag):
        return ""
    inside = "".join(_node(child, language) for child in node.contents)
    if node.name == "a":
        return f"<u>{inside}</u>"
    if node.name not in KEPT:
        return inside
    if node.name == "br":
        return "<br>"
    said_in = f' lang="{escape(node["lang"])}"' if node.get("lang") else ""
    return f"<{node.name}{said_in}>{inside}</{node.name}>"


def with_terms(text: str, language: str) -> SafeString:
    """`text`, escaped, with the agreed word in `language` behind each term of the glossary."""
    if not language:
        return escape(text)
    found = [
        format_html(
            '<mark>{}</mark> <span class="source-panel__term" lang="{}">{}</span>', one.words, language, one.term
        )
        if one.term
        else escape(one.words)
        for one in glossary.split(text, language)
    ]
    return mark_safe("".join(found))
