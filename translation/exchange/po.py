"""PO, as gettext defines it (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html).

polib writes it. It doesn't read what comes from outside, because it forgives: it drops the last sign of a string that
isn't closed, and takes a text for the name of a file that it then opens. That is read line by line here, and what is
wrong is said with its line.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import polib
from django.utils.translation import gettext as _

from translation.exchange.document import Document, FileProblem, ParsedFile, PoEntry

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "b": "\b", "f": "\f", "a": "\a", "\\": "\\", '"': '"'}
NAMES = {
    "X-Site-Format": "format",
    "X-Site-Page": "key",
    "X-Site-Edition": "source_version",
    "X-Site-Source": "digest",
    "X-Source-Language": "source_language",
    "Language": "target_language",
    "Project-Id-Version": "title",
}
MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
LINE = re.compile(r"(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s*)?(\".*)")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def write(document: Document) -> str:
    """The text of a PO file; what the translation said before stands as a comment above its entry."""
    catalogue = polib.POFile(wrapwidth=0)
    facts = {name: getattr(document, attribute) for name, attribute in NAMES.items()}
    catalogue.metadata = {
        **facts,
        "Project-Id-Version": " ".join(document.title.split()),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        **dict.fromkeys(("PO-Revision-Date", "Last-Translator", "Language-Team"), ""),  # msgfmt -c misses them
    }
    catalogue.extend(
        polib.POEntry(
            msgctxt=entry.path,
            msgid=entry.source,
            msgstr=entry.target,
            tcomment=entry.earlier_target,
            comment="\n".join(entry.notes),
            flags=["fuzzy"] if entry.is_fuzzy else [],
            previous_msgid=entry.earlier_source or None,
        )
        for entry in document.entries
    )
    return str(catalogue)


# --- In ---------------------------------------------------------------------------------------


def read(content: bytes) -> ParsedFile:
    """What the bytes of an upload say, with every line that is no PO among the problems."""
    text, problem = _decoded(content)
    if problem:
        return ParsedFile(None, [problem])
    reader = _Reader()
    reader.read(text)
    headers = [entry for entry in reader.found if entry.is_header]
    if not headers:
        missing = FileProblem(0, _("This PO file doesn't say for what page it is: its first entry is missing."))
        return ParsedFile(None, [*reader.problems[:1], missing])
    named = dict(line.partition(":")[::2] for line in headers[0].words["msgstr"].split("\n"))
    facts: dict[str, Any] = {attribute: named.get(name, "").strip() for name, attribute in NAMES.items()}
    document = Document(**facts, line=headers[0].line)
    problems = [FileProblem(entry.line, _("The first entry of the file stands twice.")) for entry in headers[1:]]
    for entry in reader.found:
        if entry.is_header:
            continue
        if "msgctxt" not in entry.words:
            problems.append(FileProblem(entry.line, _("“msgctxt” is missing, so nobody knows what place this is for.")))
            continue
        words = entry.words
        is_fuzzy = "fuzzy" in entry.flags
        document.entries.append(PoEntry(words["msgctxt"], words["msgid"], words["msgstr"], entry.line, is_fuzzy))
    return ParsedFile(document, [*reader.problems, *problems])


def _decoded(content: bytes) -> tuple[str, FileProblem | None]:
    if not content.strip():
        return "", FileProblem(0, _("The file is empty."))
    if b"msgid" not in content.replace(b"\0", b""):  # as it stands in any of the encodings below
        return "", FileProblem(0, _no_po())
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return "", FileProblem(0, _encoded(encoding))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not content.lstrip().startswith((b"msg", b"#")):  # a program can hold the word, too
            return "", FileProblem(0, _no_po())
        return "", FileProblem(content[: error.start].count(b"\n") + 1, _encoded())
    if "\0" in text:
        return "", FileProblem(0, _encoded())
    return text, None


def _no_po() -> str:
    return _(
        "This is not a PO file, so nothing was read. A PO file is a text with the words of the page and places for"
        " their translation; programs for translators open it. Download it from this page, translate it, and send"
        " that file."
    )


def _encoded(encoding: str = "") -> str:
    """An encoding is a word that nobody needs to know who finds it in a list of the program."""
    if encoding:
        return (
            _(
                "The letters of this PO file are written in a way that isn't read here (%s). In the translation program"
                " save it again and choose the encoding “UTF-8”."
            )
            % encoding
        )
    return _(
        "A letter of this PO file can't be read. In the translation program save it again and choose the encoding"
        " “UTF-8”."
    )


@dataclass
class _Open:
    """An entry while its lines are read."""

    line: int = 0
    last: str = ""
    flags: set[str] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)

    @property
    def is_header(self) -> bool:
        return "msgctxt" not in self.words and not self.words["msgid"]


class _Reader:
    def __init__(self) -> None:
        self.open = _Open()
        self.found: list[_Open] = []
        self.problems: list[FileProblem] = []

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
            self.problems.append(
                FileProblem(number, _("This line can't be read: a word or a quotation mark is out of place."))
            )
            return
        text = self._unescaped(quoted[1], number)
        name = match[1]
        if name in ("msgctxt", "msgid") and ("msgstr" in self.open.words or name in self.open.words):
            self._close()
        if name is None:
            if not self.open.last:
                self.problems.append(FileProblem(number, _("This line belongs to no entry.")))
                return
            self.open.words[self.open.last] += text
            return
        if name == "msgid_plural" or match[2]:
            self.problems.append(FileProblem(number, _("Plural forms have no place in a text of this site.")))
        if name in self.open.words:
            self.problems.append(FileProblem(number, _("“%s” stands twice in one entry.") % name))
        self.open.last = name
        self.open.words[name] = text
        self.open.line = number

    def _unescaped(self, text: str, number: int) -> str:
        unknown = [letter for letter in ESCAPE.findall(text) if letter not in ESCAPES]
        if unknown:
            self.problems.append(FileProblem(number, _("Unknown sign after a backslash: \\%s") % unknown[0]))
        return ESCAPE.sub(lambda match: ESCAPES.get(match[1], ""), text)

    def _close(self) -> None:
        entry, self.open = self.open, _Open()
        if not entry.words:
            return
        if not {"msgid", "msgstr"} <= set(entry.words):
            self.problems.append(
                FileProblem(entry.line, _("The entry is not complete: “msgid” or “msgstr” is missing."))
            )
            return
        self.found.append(entry)
