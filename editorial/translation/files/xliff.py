"""XLIFF 1.2 (http://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html), the version that every program reads.

Markup stands in it as escaped text. Which page and edition a file is for stands in `original`, the one attribute that
every program gives back as it was.
"""

import io
from typing import Any
from urllib.parse import parse_qsl, urlencode
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import InputSource

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser
from django.utils.translation import gettext as _

from editorial.translation.files.sheet import Entry, Problem, Reading, Sheet

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
UNFINISHED = ("new", "needs-")
"""How the states of translations begin that somebody still has to look at."""
TRANSPARENT = {"mrk"}
FACTS = ("format", "key", "edition", "digest", "title")


# --- Out --------------------------------------------------------------------------------------


def write(sheet: Sheet) -> str:
    original = "page?" + urlencode({name: getattr(sheet, name) for name in FACTS})
    units = "".join(_unit(entry) for entry in sheet.entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff version="1.2" xmlns="{NAMESPACE}">\n'
        f"<file original={quoteattr(original)} source-language={quoteattr(sheet.source_language)}"
        f' target-language={quoteattr(sheet.target_language)} datatype="plaintext">\n'
        f"<body>\n{units}</body>\n</file>\n</xliff>\n"
    )


def _unit(entry: Entry) -> str:
    lines = [f"<source>{escape(entry.source)}</source>"]
    if entry.target:
        state = "needs-review-translation" if entry.is_fuzzy else "translated"
        lines.append(f'<target state="{state}">{escape(entry.target)}</target>')
    lines += [f"<note>{escape(note)}</note>" for note in entry.notes]
    if entry.earlier_source and entry.earlier_target:
        lines.append(
            f'<alt-trans alttranstype="previous-version"><source>{escape(entry.earlier_source)}</source>'
            f"<target>{escape(entry.earlier_target)}</target></alt-trans>"
        )
    name = quoteattr(entry.path)
    body = "".join(f"  {line}\n" for line in lines)
    return f'<trans-unit id={name} resname={name} xml:space="preserve">\n{body}</trans-unit>\n'


# --- In ---------------------------------------------------------------------------------------


class _Handler(ContentHandler):
    _locator: Any  # the parser sets it

    def __init__(self) -> None:
        super().__init__()
        self.reading = Reading()
        self.stack: list[str] = []
        self.unit: dict[str, Any] = {}
        self.gathering = ""  # "source" or "target", while their words come in

    @property
    def line(self) -> int:
        return self._locator.getLineNumber() or 0

    def complain(self, message: str) -> None:
        self.reading.problems.append(Problem(self.line, message))

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:
        space, tag = name
        given = {local: value for (_space, local), value in attrs.items()}
        if not self.stack:
            self._start(space, tag, given)
        elif tag == "file":
            self._file(given)
        elif tag == "trans-unit":
            self.unit = {"path": given.get("id", ""), "line": self.line}
        elif tag in ("source", "target") and self.stack[-1] == "trans-unit":
            self._gather(tag, given)
        elif self.gathering and tag not in TRANSPARENT:
            self.complain(_("<%s> is not taken over. Write the tags of the original as they stand there.") % tag)
        self.stack.append(tag)

    def _start(self, space: str | None, tag: str, given: dict[str, str]) -> None:
        if tag != "xliff":
            self.complain(_("This is XML, but no XLIFF."))
        elif given.get("version") != "1.2" or space != NAMESPACE:
            version = given.get("version", "?")
            self.complain(_("This is XLIFF %s. Save it as XLIFF 1.2, as it was given out.") % version)

    def _file(self, given: dict[str, str]) -> None:
        kind, _mark, facts = given.get("original", "").partition("?")
        if kind != "page":
            self.complain(_("This XLIFF was not made by this site: it doesn't say for what page it is."))
        told = {name: value for name, value in parse_qsl(facts) if name in FACTS}
        languages = given.get("source-language", ""), given.get("target-language", "")
        blank: dict[str, Any] = dict.fromkeys(FACTS, "")
        self.reading.sheets.append(
            Sheet(**{**blank, **told}, source_language=languages[0], target_language=languages[1], line=self.line)
        )

    def _gather(self, tag: str, given: dict[str, str]) -> None:
        if tag in self.unit:
            self.complain(_("<%s> stands twice in one entry.") % tag)
        self.gathering = tag
        self.unit[tag] = ""
        if tag == "target":
            self.unit["line"] = self.line
            self.unit["is_fuzzy"] = given.get("state", "").startswith(UNFINISHED)

    def characters(self, content: str) -> None:
        if self.gathering:
            self.unit[self.gathering] += content

    def endElementNS(self, name: Any, qname: Any) -> None:
        tag = self.stack.pop()
        if tag == self.gathering and self.stack[-1] == "trans-unit":
            self.gathering = ""
        elif tag == "trans-unit":
            self._close()

    def _close(self) -> None:
        if "source" not in self.unit or not self.unit["path"]:
            self.complain(_("The entry is not complete: its id or <source> is missing."))
        elif not self.reading.sheets:
            self.complain(_("This line belongs to no entry."))
        else:
            self.reading.sheets[-1].entries.append(Entry(**self.unit))
        self.unit = {}


def read(text: str) -> Reading:
    handler = _Handler()
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    source = InputSource()
    source.setByteStream(io.BytesIO(text.encode()))
    source.setEncoding("utf-8")
    try:
        parser.parse(source)
    except DefusedXmlException:
        handler.reading.problems.append(
            Problem(0, _("The file declares a document type or entities, so it is not read."))
        )
    except SAXParseException as error:
        message = _("From here on this is no correct XML.")
        handler.reading.problems.append(Problem(error.getLineNumber() or 0, message))
    if not handler.reading.sheets and not handler.reading.problems:
        handler.reading.problems.append(Problem(0, _("There is no <file> in this XLIFF.")))
    return handler.reading
