"""Lays a file beside its page, and says line by line what can't be taken over. Writes nothing."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.strings import StringValue

from approval import dates
from translation import checks, drafts, freshness, segments
from translation.exchange import export
from translation.exchange.document import FORMAT, Document, FileProblem, PoEntry, plain
from translation.exchange.plan import PagePlan, PlannedChange
from translation.segmented import TranslationUnit

MOST_NAMED = 6


def validate(plan: PagePlan) -> None:
    """Fills `plan` with what would be done, or why it can't be."""
    document = plan.document
    if document is None:
        return
    refusal = _find(plan, document) or _hindrance(plan) or _other_source_version(plan, document)
    if refusal:
        plan.problems.append(FileProblem(document.line, refusal))
        return
    _compare(plan, document)
    _build(plan, document)


def _find(plan: PagePlan, document: Document) -> str:
    """Finds page and language; says why there are none."""
    if document.format != FORMAT:
        return _("The file was not made by this site, or by another version of it. Export it anew.")
    source = Locale.get_default()
    plan.locale = Locale.objects.filter(language_code=document.target_language).exclude(pk=source.pk).first()
    if document.source_language != source.language_code or plan.locale is None:
        facts = {"source": document.source_language or "?", "target": document.target_language or "?"}
        return _("This site is not translated from “%(source)s” into “%(target)s”.") % facts
    found = freshness.originals().filter(translation_key=_uuid(document.key)).first()
    if found is None:
        return _("No public page of this site belongs to this file. It is of another site, or the page was taken down.")
    if found.pk != plan.asked.pk:
        return _("This file is for “%(there)s”, not for “%(here)s”.") % {
            "there": found.title,
            "here": plan.asked.title,
        }
    plan.original = found.specific
    plan.page = export.translation_of(plan.original, plan.locale)
    return ""


def _uuid(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key)
    except ValueError:
        return None


def _hindrance(plan: PagePlan) -> str:
    """Why this person can't write that page now."""
    page = plan.page
    if page is None:
        return str(drafts.objection(plan.original, plan.locale, plan.user) or "")
    if not page.permissions_for_user(plan.user).can_edit():
        return _("You have no permission to edit the translation of this page.")
    if page.workflow_in_progress:
        return _("The translation is in review, so nothing is changed in it now. Withdraw it, or wait for the answer.")
    lock = page.get_lock()
    if lock and lock.for_user(plan.user):
        return strip_tags(str(lock.get_message(plan.user)))
    return ""


def _other_source_version(plan: PagePlan, document: Document) -> str:
    """A file of another source version is refused, with what changed in the original since."""
    if document.source_version == export.source_version_of(plan.original):
        return ""
    named = list(_differences(plan, document))
    said = "; ".join(named[:MOST_NAMED])
    if len(named) > MOST_NAMED:
        said += " …"
    since = dates.day_and_hour(plan.original.source_version) if plan.original.source_version else "–"
    facts = {"since": since, "changes": said or _("nothing that stands in this file")}
    return (
        _(
            "The original was changed on %(since)s, after this file was exported: %(changes)s. Export it anew;"
            " what is translated already comes with it."
        )
        % facts
    )


def _differences(plan: PagePlan, document: Document) -> Iterator[str]:
    now = {segment.path: segment for segment in segments.segments_of(plan.original)}
    then = {entry.path: entry for entry in document.entries}
    for path, segment in now.items():
        words = _short(segment.text)
        if path not in then:
            yield _("new: %(label)s “%(words)s”") % {"label": segment.label, "words": words}
        elif plain(then[path].source) != plain(segment.text):
            yield _("changed: %(label)s “%(words)s”") % {"label": segment.label, "words": words}
    for path, entry in then.items():
        if path not in now:
            yield _("gone: “%(words)s”") % {"words": _short(entry.source)}


def _compare(plan: PagePlan, document: Document) -> None:
    """Every entry beside its segment."""
    units = {unit.segment.path: unit for unit in plan.units}
    is_whole = document.digest == export.source_digest(plan.original)
    seen: dict[str, int] = {}
    for entry in document.entries:
        problem, notice = "", ""
        unit = units.get(entry.path)
        if entry.path in seen:
            problem = _("The same entry stands in line %d already.") % seen[entry.path]
        elif unit is None:
            problem = _("The page has no such place: “%s”.") % _short(entry.path)
        elif plain(entry.source) != plain(unit.segment.text):
            if is_whole:
                problem = _("The words of the original were changed in the file: “%s”.") % _short(entry.source)
            else:
                notice = _("A small correction was made in the original meanwhile: it says “%s” now.") % _short(
                    unit.segment.text
                )
        seen.setdefault(entry.path, entry.line)
        if notice:
            plan.notices.append(FileProblem(entry.line, notice))
        problem = problem or (_take(plan, entry, unit) if unit else "")
        if problem:
            plan.problems.append(FileProblem(entry.line, problem))
    wanted = (path for path, unit in units.items() if plain(unit.segment.text).strip())
    plan.missing = sum(1 for path in wanted if path not in seen)


def _take(plan: PagePlan, entry: PoEntry, unit: TranslationUnit) -> str:
    """Notes the words of `entry`; returns why they can't be taken."""
    said, segment = entry.target.replace("\r\n", "\n").replace("\r", "\n"), unit.segment
    if not said.strip():
        plan.empty += 1
        return ""
    if entry.is_fuzzy:
        plan.fuzzy += 1
        plan.notices.append(
            FileProblem(entry.line, _("Marked as unsure (fuzzy), so it is not taken over: “%s”.") % _short(said))
        )
        return ""
    now = plan.own.get(segment.path, "") if plan.own is not None else unit.said
    # What a format can't hold went out without it, so it counts as there.
    if said in (plain(now), plain(segment.text)):
        said = now if said == plain(now) else segment.text
    else:
        said = said.strip() if segment.kind != "text" else said
        if found := checks.problem_of(plan.original, segment, said):
            return found
        if segment.kind == "slug" and _is_taken(plan, said):
            return _("Another page of this section has this address.")
        if segment.kind == "markup":
            said = StringValue.from_translated_html(said).data  # signs as entities, or not, as the draft will have them
    if plan.own is not None and said != now and not _has_place(plan, segment):
        return _("The translation is built otherwise by hand, and has no such place: translate “%s” in the editor.") % (
            _short(segment.label)
        )
    plan.given[segment.path] = said
    if said != now:
        plan.changes.append(PlannedChange(entry.line, segment.label, segment.text, now or unit.offered, said))
    return ""


def _is_taken(plan: PagePlan, slug: str) -> bool:
    parent = plan.page.get_parent() if plan.page else plan.original.get_parent().get_translation_or_none(plan.locale)
    return parent is not None and checks.is_address_taken(plan.original, plan.page, parent, slug)


def _has_place(plan: PagePlan, segment: segments.Segment) -> bool:
    """Whether the paragraphs of that place can be told apart by their number in both languages."""

    def inside(instance: Any) -> list[str]:
        return [unit.path for unit in segments.segments_of(instance) if unit.place == segment.place]

    return inside(plan.draft) == inside(plan.original)


def _build(plan: PagePlan, document: Document) -> None:
    """What can't be put together is said now, not when it is too late."""
    if plan.page is None or plan.problems:
        return
    try:
        plan.new_content  # noqa: B018 - kept for later
    except KeyError as error:
        lost = _("The translation has lost the link %s that the original has. Put it back in the editor first.")
        plan.problems.append(FileProblem(document.line, lost % f'<a id="{error.args[0]}">'))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}…"
