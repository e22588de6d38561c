"""How the demo files of this app become chapters, and terms of the glossary."""

import re
from typing import Any

from wagtail.models import Locale

from catalog.blocks.features import NOTE
from catalog.models import ChapterPage, GlossaryTerm
from catalog.notes import stored
from catalog.term_marks import marked
from home.demo import KINDS, Demo, DemoKind, Entry, content_folder
from home.demo.entries import read, translation_key
from home.demo.words import BLOCKS, FEATURES, INLINE, Words

NOTE_MARK = re.compile(r'<note key="([^"]+)"\s*/>')
TERM_MARK = re.compile(r'<term key="([^"]+)">(.*?)</term>', re.DOTALL)


def worksheet(words: Words, value: dict[str, Any]) -> dict[str, Any]:
    return {"intro": value.get("intro", ""), "table": grid(value["caption"], [value["columns"], *value["rows"]], "row")}


def comparison(words: Words, value: dict[str, Any]) -> dict[str, Any]:
    head = [value.get("corner", ""), *value["columns"]]
    return {"table": grid(value["caption"], [head, *([row["label"], *row["cells"]] for row in value["rows"])], "both")}


def grid(caption: str, rows: list[list[str]], header: str) -> dict[str, Any]:
    return {
        "data": rows,
        "table_caption": caption,
        "first_row_is_table_header": True,
        "first_col_is_header": header == "both",
        "table_header_choice": header,
    }


def diagram(words: Words, value: dict[str, Any]) -> dict[str, Any]:
    return {**words.figure(value), "description": words.markup(value["description"])}


def marks(words: Words, html: str) -> str:
    """`<note key="act"/>` as it is kept."""
    return NOTE_MARK.sub(lambda match: stored(match[1]), html)


def marked_terms(words: Words, html: str) -> str:
    """`<term key="kdo">KDO</term>` as it is kept."""
    return TERM_MARK.sub(lambda match: marked(term(match[1]).pk, match[2]), html)


def term(key: str, language: str = "") -> GlossaryTerm:
    """The term of the demo with this key; LookupError where there is none."""
    locale = Locale.objects.get(language_code=language) if language else Locale.get_default()
    found = GlossaryTerm.objects.filter(translation_key=translation_key(f"catalog/glossary/{key}"), locale=locale)
    if not found:
        raise LookupError(f"Demo content marks the term {key}, which isn't in the glossary.")
    return found[0]


def load_terms(demo: Demo) -> None:
    """The glossary, approved in each language that the file has words for. Terms that are there stay as they are."""
    terms = {one["key"]: one for one in read(content_folder("catalog") / "glossary" / "terms.toml")["term"]}
    known = set(GlossaryTerm.objects.values_list("translation_key", flat=True))
    new = [key for key in terms if translation_key(f"catalog/glossary/{key}") not in known]
    default = Locale.get_default()
    for key in new:
        row = GlossaryTerm(translation_key=translation_key(f"catalog/glossary/{key}"), locale=default, live=False)
        _say(row, terms[key][default.language_code])
        row.save()
    if new:
        demo.say("Terms of the glossary…")
    for key in new:
        row = term(key)
        row.see_also.set([term(other) for other in terms[key].get("see_also", ())])
        demo.publish(row)
        for locale in Locale.objects.exclude(pk=default.pk):
            if locale.language_code in terms[key]:
                translation = term(key, locale.language_code)
                _say(translation, terms[key][locale.language_code])
                demo.publish(translation)


def _say(row: GlossaryTerm, words: dict[str, Any]) -> None:
    row.term, row.definition = words["term"], words["definition"]
    row.synonyms = "\n".join(words.get("synonyms", ()))


BLOCKS.update(worksheet=worksheet, comparison=comparison, diagram=diagram)
FEATURES.append(NOTE)
INLINE.extend((marks, marked_terms))


def fields(entry: Entry, words: dict[str, Any], demo: Demo) -> dict[str, Any]:
    load_terms(demo)  # before the first text that marks one
    return {"part": entry.facts["part"]}


def notes(page: ChapterPage, entry: Entry, words: dict[str, Any], demo: Demo) -> None:
    make = demo.words(words["language"])
    page.notes = [("note", {"key": note["key"], "text": make.markup(note["text"])}) for note in words.get("notes", ())]


KINDS.append(
    DemoKind(
        content_folder("catalog"),
        "catalog",
        lambda entry: ChapterPage,
        fields,
        section="catalog",
        children=notes,
        sort=lambda entry: entry.facts["order"],
    )
)
