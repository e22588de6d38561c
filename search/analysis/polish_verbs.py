"""What the forms of a Polish verb have in common with each other, and with the noun that is made of it.

„Głosować”, „głosujemy”, „głosowała” and „głosowanie” share a root. A text is kept by the roots of all of them. Who asks
for a verb finds all of them, too; who asks for the noun finds only the noun: it is what most texts are about.

Roughly: the roots are written with a "v", so that no noun has them, and a root that nobody asks for does no harm.
"""

import re

from search.analysis.polish import irregular

_NOUN_CASES = r"(?:e|a|u|o|y|i|em|om|ach|ami|ego|ej|emu|ym|ymi|ych|im|imi|ich)?"
# What follows the root, folded; the longest that fits is taken.
FINITE = re.compile(
    r"(?P<root>.{3,}?)(?:n?ac|[iye]c|[aiy]l(?:[aoyi]|[ea]m|[ea]s|[iy]smy|[iy]scie)?|eli(?:smy|scie)?|nel[aio]"
    r"|[aeiy]my|[aeiy]cie|[aeiy]sz|[ae]ja|[aiy]j(?:my|cie)?|(?<=[zsjncl])(?:my|cie))"
)
NOUN = re.compile(rf"(?P<root>.{{3,}}?)(?:n?i?ec|i?en|an|i?on|ac)i?{_NOUN_CASES}")
FINITE_IN_OWAC = re.compile(r"(?P<root>.{3,}?)(?:[oy]wa(?:c|no|l\w{0,5})|uj(?:a|e|esz|emy|ecie|my|cie)?)")
NOUN_IN_OWAC = re.compile(rf"(?P<root>.{{3,}}?)(?:[oy]wani?|ujac){_NOUN_CASES}")
IMPERATIVE = re.compile(r"(?P<root>.{3,}(?:[cs]z|sc|[sz]))")
NO_INFINITIVE = ("iec", "osc", "nec")
"""„mieszkaniec”, „młodość”"""
SHORTEST = 4
"""Letters."""


def asked(word: str) -> set[str]:
    """The roots by which a word finds a verb, if it may be a form of one; of a folded word."""
    if hit := FINITE_IN_OWAC.fullmatch(word):
        return {f"{hit['root']}ov"}
    patterns = [IMPERATIVE] if word.endswith(NO_INFINITIVE) else [FINITE, IMPERATIVE]
    return _roots(word, patterns)


def roots(word: str) -> set[str]:
    """The roots by which a word is found where somebody asks for a verb."""
    if hit := NOUN_IN_OWAC.fullmatch(word):
        return {f"{hit['root']}ov"}
    return asked(word) | _roots(word, [NOUN])


def _roots(word: str, patterns: list[re.Pattern[str]]) -> set[str]:
    if len(word) < SHORTEST or word in irregular()[0]:
        return set()
    hits = [hit["root"] for pattern in patterns if (hit := pattern.fullmatch(word))]
    if word.endswith("nac"):
        hits.append(word.removesuffix("ac"))  # „zamknąć”, „zostać”: „poznać”
    return {f"{_plain(root)}v" for root in hits}


def _plain(root: str) -> str:
    """„zgłosić”, „zgłoszenie”; „umieścić”, „umieszczenie”; „zapisać”, „zapisz”."""
    for now, before in (("szcz", "sc"), ("sz", "s")):
        if root.endswith(now):
            return root.removesuffix(now) + before
    return root
