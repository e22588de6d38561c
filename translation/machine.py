"""A machine translator, where the installation names one; without it nothing is sent anywhere.

It is plugged in through wagtail-localize's interface (`WAGTAILLOCALIZE_MACHINE_TRANSLATOR`), asked only when a person
presses the button, and given only words of an original that visitors can read. What it wrote is marked in its place
until a person has changed it, or said that it was checked (`MachineWords`).
"""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.strings import StringValue

from approval.refusals import RefusedError
from translation import checks, memory, segments
from translation.models import MachineWords
from translation.segments import Segment
from translation.suggestions import fitting


def translator_for(original: Any, target: Locale) -> Any:
    """The machine that translates `original` into `target`; None where there is none, and for what isn't public yet."""
    if not original.live or getattr(original, "is_sent", False):
        return None
    machine = get_machine_translator()
    return machine if machine is not None and machine.can_translate(original.locale, target) else None


def translate(wanted: list[Segment], original: Any, target: Locale) -> dict[str, str]:
    """What the machine says for segments of `original`, by path; without those whose words can't stand there.

    Raises RefusedError where there is none, or it fails.
    """
    machine = translator_for(original, target)
    if machine is None:
        raise RefusedError(_("No machine translator is set up here."))
    asked = {segment.path: StringValue(memory.fragment(segment)) for segment in wanted}
    try:
        said = machine.translate(original.locale, target, list(dict.fromkeys(asked.values()))) if asked else {}
    except Exception as error:  # whatever a service and its network can do
        raise RefusedError(_("The machine translator did not answer. What you typed is saved.")) from error
    found = {each.path: fitting(each, said[asked[each.path]].data) for each in wanted if asked[each.path] in said}
    return {each.path: found[each.path] for each in wanted if _can_stand(each, found.get(each.path, ""))}


def _can_stand(segment: Segment, words: str) -> bool:
    """With a link lost, the draft would be built otherwise than its original."""
    return bool(words) and (segment.kind != "markup" or not checks.markup_problem(segment, words))


def marked(text: Any) -> dict[str, str]:
    """What a machine wrote in the translation `text` and no person has checked, by path; pages alone go to machines."""
    if not isinstance(text, Page):
        return {}
    return dict(MachineWords.objects.filter(page=text.pk).values_list("path", "words"))


def unchecked(draft: Any) -> list[Segment]:
    """What a machine wrote in `draft`, a version of a translation, and no person has changed or checked."""
    written = marked(draft)
    if not written:
        return []
    return [
        segment
        for segment in segments.segments_of(draft)
        if segment.path in written and memory.plain(segment.text) == memory.plain(written[segment.path])
    ]


def remember(page: Any, written: dict[str, str]) -> None:
    rows = [MachineWords(page_id=page.pk, path=path, words=words) for path, words in written.items()]
    MachineWords.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["page", "path"], update_fields=["words"]
    )


def forget(page: Any, paths: list[str]) -> None:
    """A person has changed or checked the words there."""
    if paths:
        MachineWords.objects.filter(page=page.pk, path__in=paths).delete()
