"""What keeps a version from being shown to visitors today, although it was in order when it was sent.

Between sending, deciding and going live, time passes and others work: an address is taken, a last day goes by, a
picture is deleted. So the same checks are asked on the decision page, when a step is taken, by the emergency exit, when
an approved version is put back, and when an approved time comes. A check stands in CHECKS, and that is all it takes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from approval import dates, references
from approval.digest import BOOKKEEPING
from approval.model_rules import broken_rules
from approval.models.release import moment_of
from approval.quoting import quoted
from approval.references import Reference
from approval.refusals import RefusedError


class InvalidError(RefusedError):
    """The version can't be shown to visitors as it is."""


@dataclass(frozen=True)
class Problem:
    """What is wrong, in words. `prevents`: visitors would meet an error or a hole, so it is not published.

    `comes_first`: the text that has to be public before; until then only the last step waits. `url`: the way to it, for
    whoever shows this to somebody who may go there.
    """

    check: str
    words: str
    prevents: bool
    comes_first: Any = None
    url: str = ""


class Version:
    """A revision as the checks see it; what several of them need is looked up once."""

    def __init__(self, revision: Any, text: Any = None) -> None:
        """`text`: the revision as an object, for whoever has it."""
        self.content = revision.content
        self.text = revision.as_object() if text is None else text

    @cached_property
    def links(self) -> list[Reference]:
        """Links to pages."""
        return references.all_of(type(self.text), self.content, self.text.found_keys, links=True)

    @property
    def linked_pages(self) -> dict[int, Page]:
        """The pages that its links lead to, by their numbers."""
        return {link.pk: link.target for link in self.links if link.target is not None}

    @cached_property
    def parts(self) -> list[Reference]:
        """Pictures, files and whatever else the text points to."""
        return references.all_of(type(self.text), self.content, self.text.found_keys, links=False)

    def problems(self) -> list[Problem]:
        """What is wrong with it by now; first what prevents its publication."""
        return [problem for check in CHECKS for problem in check.problems(self)]

    def obstacles(self) -> list[Problem]:
        """Only what prevents its publication."""
        return [problem for check in CHECKS if check.prevents for problem in check.problems(self)]

    def coming_first(self) -> list[Problem]:
        """Only what has to be public before it."""
        return PartsArePublic().problems(self)

    def holes(self) -> list[Problem]:
        """Only what it refers to and is gone. Without that it says something else than was approved."""
        words = [*FilesExist().find(self), *Links().find_gone(self)]
        return [Problem(FilesExist.id, sentence, True) for sentence in words]


class Check:
    """One thing that can become wrong. `name` and `explanation` are for people; `find` yields sentences."""

    id = ""
    name: Any = ""
    explanation: Any = ""
    prevents = True

    def find(self, version: Version) -> Iterator[str]:
        raise NotImplementedError

    def problems(self, version: Version) -> list[Problem]:
        return [Problem(self.id, words, self.prevents) for words in self.find(version)]


class OwnRules(Check):
    id = "rules"
    name = gettext_lazy("Rules of its kind")
    explanation = gettext_lazy("Required values, kinds that still exist, dates in their order, an address of its own.")

    def find(self, version: Version) -> Iterator[str]:
        yield from broken_rules(version.text)
        for relation in get_all_child_relations(type(version.text)):
            if relation.get_accessor_name() not in BOOKKEEPING:
                for child in getattr(version.text, relation.get_accessor_name()).all():
                    yield from broken_rules(child)


class Blocks(Check):
    id = "blocks"
    name = gettext_lazy("Blocks")
    explanation = gettext_lazy("What a draft may leave open is there: words, addresses, descriptions of pictures.")

    def find(self, version: Version) -> Iterator[str]:
        for place, kinds in version.text.find_unfinished():
            yield _("%(place)s: something is missing (%(blocks)s).") % {"place": place, "blocks": ", ".join(kinds)}


class LastDay(Check):
    id = "last-day"
    name = gettext_lazy("Last day")
    explanation = gettext_lazy("A text whose last day has passed would be taken down as soon as it is public.")

    def find(self, version: Version) -> Iterator[str]:
        ends = getattr(version.text, "expire_at", None)
        begins = moment_of(version.text) if ends else None
        if ends and ends <= timezone.now():
            time = dates.day_and_hour(ends)
            yield _("Its end date has come (%(time)s): it would be taken down at once.") % {"time": time}
        elif begins and ends and ends <= begins:
            yield _("It would be taken down before it is published: its end date comes first.")


class FilesExist(Check):
    id = "files"
    name = gettext_lazy("Pictures and files")
    explanation = gettext_lazy("What the text shows or offers must be there.")

    def find(self, version: Version) -> Iterator[str]:
        for reference in version.parts:
            if reference.target is None:
                facts = {"kind": reference.kind, "number": reference.pk, "place": reference.place}
                yield _("%(place)s: what it shows is gone (%(kind)s %(number)s).") % facts


class PartsArePublic(Check):
    id = "parts"
    name = gettext_lazy("What is approved by itself")
    explanation = gettext_lazy("What has an approval of its own, such as the place of an event, is public first.")

    def problems(self, version: Version) -> list[Problem]:
        found = []
        for part in version.parts:
            if not (issubclass(part.model, Page) or getattr(part.target, "live", True)):
                words = _("%(place)s: “%(title)s” is not approved yet. That comes first.")
                facts = {"title": part.target, "place": part.place}
                found.append(Problem(self.id, words % facts, self.prevents, comes_first=part.target))
        return found


class Links(Check):
    id = "links"
    name = gettext_lazy("Links to pages")
    explanation = gettext_lazy("Where a page is not public, visitors read the words of its link, and there is no link.")
    prevents = False

    def find(self, version: Version) -> Iterator[str]:
        links = version.links
        hidden = {link.pk: link.target.title for link in links if link.target is not None and not link.target.live}
        hidden.pop(version.text.pk, None)
        if hidden:
            yield _("It leads to pages that are not public: %(titles)s.") % {"titles": quoted(hidden.values())}
        yield from self.find_gone(version)

    def find_gone(self, version: Version) -> Iterator[str]:
        if any(link.target is None for link in version.links):
            yield _("It leads to a page that is gone.")


class PageAbove(Check):
    id = "above"
    name = gettext_lazy("Page above")
    explanation = gettext_lazy("While the page above is not public, visitors find this one by its address alone.")
    prevents = False

    def find(self, version: Version) -> Iterator[str]:
        if isinstance(version.text, Page):
            above = version.text.get_parent()
            if not above.live:
                yield _("The page above it is not public: “%(title)s”.") % {"title": above.title}


class Doubts(Check):
    id = "doubts"
    name = gettext_lazy("Doubts of its kind")
    explanation = gettext_lazy("What may be right, and was often forgotten.")
    prevents = False

    def find(self, version: Version) -> Iterator[str]:
        yield from version.text.find_doubts()


PREVENTING = (OwnRules(), Blocks(), LastDay(), FilesExist(), PartsArePublic())
CHECKS: tuple[Check, ...] = (*PREVENTING, Links(), PageAbove(), Doubts())


def problems(revision: Any, text: Any = None) -> list[Problem]:
    """`Version.problems` of a revision."""
    return Version(revision, text).problems()


def split(found: list[Problem], *, is_last: bool = True) -> dict[str, list[Problem]]:
    """What prevents a yes, what comes before the last one, and what is good to know, by their names in the templates.

    `is_last`: whether this yes publishes.
    """
    obstacles = preventing(found, is_last=is_last)
    return {
        "obstacles": obstacles,
        "later": [problem for problem in found if problem.prevents and problem not in obstacles],
        "warnings": [problem for problem in found if not problem.prevents],
    }


def preventing(found: list[Problem], *, is_last: bool) -> list[Problem]:
    """Those of `found` that keep somebody from saying yes at the last step, or at one before it."""
    return [problem for problem in found if problem.prevents and (is_last or problem.comes_first is None)]


def obstacles(revision: Any, text: Any = None) -> list[Problem]:
    """`Version.obstacles` of a revision."""
    return Version(revision, text).obstacles()


def require_none(found: list[Problem]) -> None:
    """Raise InvalidError in the words of those of `found` that prevent a publication."""
    if in_words := words(found):
        raise InvalidError(_("It can't be published as it is. %(problems)s") % {"problems": in_words})


def words(found: list[Problem]) -> str:
    """The sentences of what prevents, one after another; "" if nothing does."""
    return " ".join(problem.words for problem in found if problem.prevents)
