"""Twenty spoilt documents: which of Typst, outloud and pdfua notices each. The table stands in docs/editions.md.

    python -m bench.spoilt_documents

The first ten have their fault in what the PDF is made of, and Typst is asked first; they are then made without its
standards, so that the two others see them. The last ten are good documents whose file was spoilt afterwards.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import outloud
import pdfua
import pikepdf
import typst

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "home" / "print_fonts"
HEAD = """#set document(title: "Katalog", date: datetime(year: 2026, month: 1, day: 1))
#set text(lang: "pl", font: ("Literata", "Atkinson"))
"""
GOOD = """= Wniosek
Zadzwońcie do urzędu#footnote[Ustawa o działalności pożytku.] i zapytajcie #link("https://example.org/")[o termin].
#figure(image("mural.png", alt: "Mural"), caption: [Mural], numbering: none, supplement: none)
== Pytania
#table(columns: 2, table.header[Pytanie][Odpowiedź], [Ile osób?], [Sześć])
- numer
- data
"""
AT_THE_SOURCE = {
    "no title": (HEAD.replace('title: "Katalog", ', ""), GOOD),
    "no language": (HEAD.replace('lang: "pl", ', ""), GOOD),
    "a picture without words": (HEAD, GOOD.replace(', alt: "Mural"', "")),
    "a heading two levels below": (HEAD, GOOD.replace("== Pytania", "=== Pytania")),
    "the first heading is of the second level": (HEAD, GOOD.replace("= Wniosek", "== Wniosek", 1)),
    "a heading without words": (HEAD, GOOD.replace("== Pytania", "#heading(level: 2)[]")),
    "a sign that no font has": (HEAD, GOOD.replace("numer", "numer 中")),
    "a sign for private use": (HEAD, GOOD.replace("numer", "numer \ue000")),
    "a table without headers": (HEAD, GOOD.replace("table.header[Pytanie][Odpowiedź]", "[Pytanie], [Odpowiedź]")),
    "a paragraph that is said to be decoration": (HEAD, GOOD.replace("- data", "#pdf.artifact[Termin mija w piątek.]")),
}


def _elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """Elements of the structure that are of this kind."""
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name(kind)]


def _without(pdf: pikepdf.Pdf, *names: str) -> None:
    for name in names:
        del pdf.Root[name]


def _rename(pdf: pikepdf.Pdf, before: str, after: str) -> None:
    for one in _elements(pdf, before):
        one.S = pikepdf.Name(after)


def _forget_words(pdf: pikepdf.Pdf) -> None:
    for one in _elements(pdf, "/Figure"):
        del one["/Alt"]


def _forget_standard(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


def _forget_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(update_docinfo=False) as metadata:
        del metadata["dc:title"]
    if "/Title" in pdf.docinfo:
        del pdf.docinfo["/Title"]


AFTERWARDS: dict[str, Callable[[pikepdf.Pdf], Any]] = {
    "the language is taken out": lambda pdf: _without(pdf, "/Lang"),
    "the title is taken out": _forget_title,
    "the window shows the name of the file": lambda pdf: _without(pdf, "/ViewerPreferences"),
    "no structure": lambda pdf: _without(pdf, "/StructTreeRoot"),
    "not marked as tagged": lambda pdf: _without(pdf, "/MarkInfo"),
    "the words of the picture are taken out": _forget_words,
    "header cells are cells": lambda pdf: _rename(pdf, "/TH", "/TD"),
    "a heading becomes one of the fourth level": lambda pdf: _rename(pdf, "/H2", "/H4"),
    "a list becomes paragraphs": lambda pdf: _rename(pdf, "/L", "/P"),
    "it says no more that it is PDF/UA": _forget_standard,
}


def made(source: str, root: Path, standards: list[Any]) -> bytes:
    (root / "main.typ").write_text(source, encoding="utf-8")
    return typst.compile(
        root / "main.typ", root=root, font_paths=[FONTS], ignore_system_fonts=True, pdf_standards=standards
    )


def is_refused(source: str, root: Path) -> bool:
    try:
        made(source, root, ["ua-1", "a-2a"])
    except typst.TypstError:
        return True
    return False


def outloud_says(file: Path) -> set[str]:
    """Its rules that are broken."""
    return {finding.rule for finding in outloud.check(str(file)).findings if finding.severity == "error"}


def pdfua_says(file: Path) -> set[str]:
    return {finding.rule_id for finding in pdfua.validate(str(file)).findings}


CHECKERS = {"outloud": outloud_says, "pdfua": pdfua_says}


def spoilt(name: str, root: Path, good: Path) -> tuple[str, Path]:
    """What Typst says of it, and the file."""
    file = root / "spoilt.pdf"
    if name in AT_THE_SOURCE:
        source = "".join(AT_THE_SOURCE[name])
        file.write_bytes(made(source, root, []))
        return ("refuses it" if is_refused(source, root) else "writes it"), file
    with pikepdf.open(good) as pdf:
        AFTERWARDS[name](pdf)
        pdf.save(file)
    return "–", file


def main() -> None:
    counts = dict.fromkeys(("Typst", *CHECKERS), 0)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "mural.png").write_bytes((ROOT / "static" / "img" / "icon-192.png").read_bytes())
        good, plain = root / "good.pdf", root / "plain.pdf"
        good.write_bytes(made(HEAD + GOOD, root, ["ua-1", "a-2a"]))
        plain.write_bytes(made(HEAD + GOOD, root, []))
        for who, says in CHECKERS.items():
            print(f"{who} of the good one: {sorted(says(good)) or 'nothing'}")
        print("\n| fault | Typst | outloud | pdfua |\n| --- | --- | --- | --- |")
        for name in (*AT_THE_SOURCE, *AFTERWARDS):
            before = plain if name in AT_THE_SOURCE else good  # what is missing without the standards is no find
            said, file = spoilt(name, root, good)
            found = {who: bool(says(file) - says(before)) for who, says in CHECKERS.items()}
            for who, is_found in {"Typst": said == "refuses it", **found}.items():
                counts[who] += is_found
            words = ["finds it" if is_found else "passes it" for is_found in found.values()]
            print(f"| {name} | {' | '.join([said, *words])} |")
    print(f"| **found** | {' | '.join(map(str, counts.values()))} |")


if __name__ == "__main__":
    main()
