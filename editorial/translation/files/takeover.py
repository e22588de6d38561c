"""An upload as a whole: everything in it is taken over, or nothing."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from editorial import locks
from editorial.translation.files import upload
from editorial.translation.files.look import look
from editorial.translation.files.plan import PagePlan
from editorial.translation.files.sheet import Problem, Sheet
from editorial.translation.files.upload import File

NOTHING = Sheet("", "", "", "", "")


@dataclass
class Takeover:
    """What an upload would do. `seen` is the same number as long as it would do the same."""

    files: list[File]
    plans: list[PagePlan] = field(default_factory=list)

    @property
    def is_possible(self) -> bool:
        return not any(plan.problems for plan in self.plans)

    @property
    def changing(self) -> list[PagePlan]:
        return [plan for plan in self.plans if plan.changes]

    @property
    def seen(self) -> str:
        """SHA-256 of the files' bytes and of what becomes of each page."""
        text = json.dumps([upload.digest_of(self.files), [plan.fingerprint for plan in self.plans]], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def prepared(files: list[File], user: Any, wanted: Page | None = None) -> Takeover:
    """Reads every file and looks at every page; writes nothing."""
    found = Takeover(files)
    twins: dict[bytes, str] = {}
    for file in files:
        if file.content in twins:
            problem = Problem(0, _("The same file is here twice: it is “%s” once more.") % twins[file.content])
            found.plans.append(PagePlan(file, NOTHING, user, problems=[problem]))
            continue
        twins[file.content] = file.name
        reading = upload.read(file)
        sheets = reading.sheets or [NOTHING]
        of_file = [PagePlan(file, sheet, user) for sheet in sheets]
        of_file[0].problems += reading.problems
        found.plans += of_file
    _look(found, wanted)
    return found


def _look(found: Takeover, wanted: Page | None) -> None:
    begun = {plan.sheet.key for plan in found.plans}
    seen: dict[tuple[str, str], str] = {}
    addresses: dict[tuple[str, str], str] = {}
    for plan in found.plans:
        if plan.sheet is NOTHING:
            continue
        if plan.key in seen:
            twice = _("Two files are for the same page: this one and “%s”.") % seen[plan.key]
            plan.problems.append(Problem(plan.sheet.line, twice))
        seen.setdefault(plan.key, plan.file.name)
        look(plan, begun, wanted)
        _keep_addresses_apart(plan, addresses)


def _keep_addresses_apart(plan: PagePlan, addresses: dict[tuple[str, str], str]) -> None:
    """Two pages of one upload don't take the same address."""
    slug = plan.given.get("slug")
    if not slug or not plan.original:
        return
    place = (str(plan.original.get_parent().pk), slug)
    if place in addresses:
        same = _("“%(name)s” wants the same address: %(slug)s.") % {"name": addresses[place], "slug": slug}
        plan.problems.append(Problem(plan.sheet.line, same))
    addresses.setdefault(place, plan.file.name)


@transaction.atomic
def take_over(files: list[File], user: Any, seen: str, wanted: Page | None = None) -> tuple[Takeover, list[Page]]:
    """Writes one new draft version of each page that changes, if what would be done is still what was `seen`."""
    first = prepared(files, user, wanted)
    concerned = {page.pk: page for plan in first.plans for page in (plan.original, plan.page) if page}
    for number in sorted(concerned):
        locks.locked(concerned[number])
    now = prepared(files, user, wanted)
    if not now.is_possible or now.seen != seen:
        return now, []
    # A page is begun below its parent, so the parent's turn comes first.
    turns = sorted(now.changing, key=lambda plan: plan.original.depth)
    return now, [plan.write() for plan in turns]
