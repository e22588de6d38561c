"""PO, as gettext defines it (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html).

polib forgives: it drops the last sign of a string that isn't closed, and takes a text for the name of a file that it
then opens. What comes from outside is read line by line here, and what is wrong is said with its line.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from editorial.translation.files.sheet import Entry, Problem, Reading, Sheet

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "b": "\b", "f": "\f", "a": "\a", "\\": "\\", '"': '"'}
ESCAPED = {sign: f"\\{letter}" for letter, sign in ESCAPES.items()}
NAMES = {
    "X-Site-Format": "format",
    "X-Site-Page": "key",
    "X-Site-Edition": "edition",
    "X-Site-Source": "digest",
    "X-Source-Language": "source_language",
    "Language": "target_language",
    "Project-Id-Version": "title",
}
LINE = re.compile(r"(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s*)?(\".*)")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
ESCAPE = re.compile(r"\\(.)", re.DOTALL)


# --- Out --------------------------------------------------------------------------------------


def write(sheet: Sheet) -> str:
    facts = {name: getattr(sheet, attribute) for name, attribute in NAMES.items()}
    header = {
        "Project-Id-Version": " ".join(facts.pop("Project-Id-Version").split()),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        **facts,
        **dict.fromkeys(("PO-Revision-Date", "Last-Translator", "Language-Team"), ""),  # msgfmt -c misses them
    }
    parts = [_string("msgid", "") + _string("msgstr", "".join(f"{name}: {value}\n" for name, value in header.items()))]
    return "\n".join([*parts, *(_entry(entry) for entry in sheet.entries)])


def _entry(entry: Entry) -> str:
    lines = "".join(f"# {line}\n" for line in entry.earlier_target.split("\n") if entry.earlier_target)
    lines += "".join(f"#. {line}\n" for note in entry.notes for line in note.split("\n"))
    if entry.is_fuzzy:
        lines += "#, fuzzy\n"
    if entry.earlier_source:
        lines += "".join(f"#| {line}\n" for line in _string("msgid", entry.earlier_source).splitlines())
    words = (("msgctxt", entry.path), ("msgid", entry.source), ("msgstr", entry.target))
    return lines + "".join(_string(name, text) for name, text in words)


def _string(name: str, text: str) -> str:
    """One line, or one for each line of the text."""
    lines = [_quoted(line) for line in re.findall(r"[^\n]*\n|[^\n]+", text)] or ['""']
    return f"{name} {lines[0]}\n" if len(lines) == 1 else "\n".join([f'{name} ""', *lines]) + "\n"


def _quoted(text: str) -> str:
    return '"' + "".join(ESCAPED.get(sign, sign) for sign in text) + '"'


# --- In ---------------------------------------------------------------------------------------


@dataclass
class _Open:
    """An entry while its lines are read."""

    line: int = 0
    last: str = ""
    flags: set[str] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)


class _Reader:
    def __init__(self) -> None:
        self.open = _Open()
        self.found: list[_Open] = []
        self.problems: list[Problem] = []

    def read(self, text: str) -> None:
        for number, raw in enumerate(text.split("\n"), 1):
            line = raw.strip(" \t\r")
            if line.startswith("#"):
                self._comment(line)
            elif line:
                self._words(line, number)
        self._close()

    def _comment(self, line: str) -> None:
        if line.startswith(("#~", "#|")):
            return
        if "msgstr" in self.open.words:
            self._close()
        if line.startswith("#,"):
            self.open.flags.update(flag.strip() for flag in line[2:].split(","))

    def _words(self, line: str, number: int) -> None:
        match = LINE.fullmatch(line)
        quoted = match and QUOTED.fullmatch(match[3])
        if not match or not quoted:
            self.problems.append(Problem(number, _("This line is no PO: a word or a quotation mark is out of place.")))
            return
        text = self._unescaped(quoted[1], number)
        name = match[1]
        if name in ("msgctxt", "msgid") and ("msgstr" in self.open.words or name in self.open.words):
            self._close()
        if name is None:
            if not self.open.last:
                self.problems.append(Problem(number, _("This line belongs to no entry.")))
                return
            self.open.words[self.open.last] += text
            return
        if name == "msgid_plural" or match[2]:
            self.problems.append(Problem(number, _("Plural forms have no place in a text of this site.")))
        if name in self.open.words:
            self.problems.append(Problem(number, _("“%s” stands twice in one entry.") % name))
        self.open.last = name
        self.open.words[name] = text
        self.open.line = number

    def _unescaped(self, text: str, number: int) -> str:
        unknown = [letter for letter in ESCAPE.findall(text) if letter not in ESCAPES]
        if unknown:
            self.problems.append(Problem(number, _("Unknown sign after a backslash: \\%s") % unknown[0]))
        return ESCAPE.sub(lambda match: ESCAPES.get(match[1], ""), text)

    def _close(self) -> None:
        entry, self.open = self.open, _Open()
        if not entry.words:
            return
        if not {"msgid", "msgstr"} <= set(entry.words):
            self.problems.append(Problem(entry.line, _("The entry is not complete: “msgid” or “msgstr” is missing.")))
            return
        self.found.append(entry)


def read(text: str) -> Reading:
    reader = _Reader()
    reader.read(text)
    headers = [entry for entry in reader.found if "msgctxt" not in entry.words and not entry.words["msgid"]]
    if not headers:
        missing = Problem(0, _("This PO file doesn't say for what page it is: its first entry is missing."))
        return Reading([], [*reader.problems[:1], missing])
    named = dict(line.partition(":")[::2] for line in headers[0].words["msgstr"].split("\n"))
    facts: dict[str, Any] = {attribute: named.get(name, "").strip() for name, attribute in NAMES.items()}
    sheet = Sheet(**facts, line=headers[0].line)
    problems = [Problem(entry.line, _("The first entry of the file stands twice.")) for entry in headers[1:]]
    for entry in reader.found:
        if entry in headers:
            continue
        if "msgctxt" not in entry.words:
            problems.append(Problem(entry.line, _("“msgctxt” is missing, so nobody knows what place this is for.")))
            continue
        words = entry.words
        is_fuzzy = "fuzzy" in entry.flags
        sheet.entries.append(Entry(words["msgctxt"], words["msgid"], words["msgstr"], entry.line, is_fuzzy))
    return Reading([sheet], [*reader.problems, *problems])
