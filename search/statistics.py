"""What is searched for, in numbers: gathered in the memory of each process, until somebody writes it down.

Nothing here knows who searched: no address, no session, no time. `docs/search.md` says what is kept of it, and why. A
process that is killed loses its last minute, which is only statistics.
"""

import re
import unicodedata
from collections.abc import Mapping
from threading import Lock

MOST_WORDS = 6
MOST_LETTERS = 60
MOST_DIGITS = 8
"""Of a date; a telephone number, an account or an identity number has more."""
MOST_QUERIES = 500
"""That a process remembers at a time: what somebody makes up by the thousand isn't worth its memory."""
WORD = re.compile(r"[^\W_]+(?:[-–'’./][^\W_]+)*")
ROBOT = re.compile(r"bot\b|crawl|spider|slurp|fetch|curl|python|java/|monitor|headless|scan|^$", re.IGNORECASE)

Query = tuple[str, str]
"""Words, language."""

_gathered: dict[Query, int] = {}
_lock = Lock()


def note(words: str, language: str, count: int, agent: str | None = None) -> None:
    """Somebody searched for `words` and got `count` pages that have all of them (0: none, or others instead).

    To be called once for a search: for its first page, without filters. `agent`: what the browser calls itself, so that
    robots don't count. The same words count once until they are taken, however often a page is loaded again.
    """
    if agent is not None and ROBOT.search(agent):
        return
    query = countable(words), language
    if not query[0]:
        return
    with _lock:
        if query in _gathered or len(_gathered) < MOST_QUERIES:
            _gathered[query] = count


def take() -> Mapping[Query, int]:
    """What was gathered since it was last taken: query → how many pages it found."""
    global _gathered
    with _lock:
        taken, _gathered = _gathered, {}
    return taken


def is_waiting() -> bool:
    return bool(_gathered)


def countable(words: str) -> str:
    """`words` in small letters with single spaces; "" for what may be about a person: addresses, numbers, sentences."""
    text = unicodedata.normalize("NFC", words).casefold()
    found = WORD.findall(text)
    is_short = len(found) <= MOST_WORDS and sum(map(len, found)) <= MOST_LETTERS
    if "@" in text or not is_short or sum(letter.isdigit() for letter in text) > MOST_DIGITS:
        return ""
    return " ".join(found)
