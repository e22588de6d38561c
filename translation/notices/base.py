"""What a check looks at, and what it says."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from translation import memory
from translation.segments import Segment


@dataclass(frozen=True)
class Notice:
    """`check`: the key of what noticed it; `label`: how people call that. `facts`: what exactly was found.

    By key and facts it is known again after it was put away.
    """

    check: str
    label: str
    message: str
    facts: str

    def fingerprint_at(self, unit: "TranslatedSegment") -> str:
        """By what it is known again in this place of a page, also when other words of the segment change."""
        return sha256("\n".join((unit.segment.path, self.check, self.facts)).encode()).hexdigest()


@dataclass(frozen=True)
class TranslatedSegment:
    """A segment of an original, what its translation says, and in which languages (codes)."""

    segment: Segment
    said: str
    source: str
    target: str

    @cached_property
    def original_words(self) -> str:
        return memory.plain(memory.fragment(self.segment))

    @cached_property
    def words(self) -> str:
        return memory.plain(self.said) if self.segment.kind == "markup" else " ".join(self.said.split())
