"""How the demo files of this app become chapters, and terms of the glossary."""

import re
import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.utils import timezone
from wagtail.models import Locale

from catalog import tasks
from catalog.blocks.features import NOTE
from catalog.editions import beginning
from catalog.models import ChangeKind, ChapterCare, ChapterChange, ChapterPage, DocumentTemplate, Edition, GlossaryTerm
from catalog.models.shown_template import FORMATS
from catalog.notes import stored
from catalog.term_marks import marked
from home.demo import FINISH, KINDS, PREPARE, Demo, DemoKind, Entry, content_folder
from home.demo.entries import read, translation_key
from home.demo.words import BLOCKS, FEATURES, INLINE, Words
from home.models import SiteDocument

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


TEMPLATES = Path(__file__).parent / "document_sources"
FILES = Path(__file__).parent / "document_files"


def template_key(name: str) -> UUID:
    return translation_key(f"catalog/templates/{name}")


def load_templates(demo: Demo) -> None:
    """The document templates, each with its files, approved in every language that they are written in."""
    default = Locale.get_default()
    for place, entry in enumerate(read(TEMPLATES / "templates.toml")["template"], start=1):
        key = template_key(entry["key"])
        chapter = ChapterPage.objects.filter(
            translation_key=translation_key(f"catalog/{entry['chapter']}"), locale=default
        ).first()
        for locale in (default, *Locale.objects.exclude(pk=default.pk)):
            source = TEMPLATES / locale.language_code / f"{entry['key']}.md"
            known = DocumentTemplate.objects.filter(translation_key=key, locale=locale).first()
            if not source.exists() or (known and known.first_published_at):
                continue
            template = known or DocumentTemplate(translation_key=key, locale=locale, live=False)
            template.key = entry["key"]
            if locale == default:
                template.chapter, template.place = chapter, place
            _take_words_and_files(template, source, demo)
            if template.pk is None:
                template.save()
            demo.publish(template)


def _take_words_and_files(template: DocumentTemplate, source: Path, demo: Demo) -> None:
    words, language = tomllib.loads(source.read_text(encoding="utf-8").split("+++\n", 2)[1]), source.parent.name
    template.title, template.purpose = words["title"], words["purpose"]
    for name in FORMATS:
        path = FILES / language / f"{words['file']}.{name}"
        with path.open("rb") as file:
            document = SiteDocument.objects.create(
                title=f"{words['title']} ({name.upper()})",
                language=language,
                file=File(file, name=path.name),
                uploaded_by_user=demo.people["autorka"],
            )
        setattr(template, name, document)


def templates(words: Words, names: list[str]) -> list[DocumentTemplate]:
    """The originals: readers of each language find them in their own words."""
    found = {one.translation_key: one for one in DocumentTemplate.objects.filter(locale=Locale.get_default())}
    return [found[template_key(name)] for name in names]


BLOCKS["templates"] = templates
PREPARE.append(load_templates)


def fields(entry: Entry, words: dict[str, Any], demo: Demo) -> dict[str, Any]:
    load_terms(demo)  # before the first text that marks one
    return {
        "part": entry.facts["part"],
        "change_summary": words.get("change", ""),
        "change_corrects": words.get("change_corrects", False),
    }


def published(page: ChapterPage, entry: Entry, words: dict[str, Any]) -> None:
    """Its history goes by the days of the file: with a sentence on a change, it was new some weeks before that."""
    noon = timezone.make_aware(datetime.combine(entry.published_on, time(12)))
    changes = ChapterChange.objects.filter(page=page.pk)
    changes.update(at=noon)
    if words.get("change"):
        changes.update(kind=ChangeKind.CORRECTION if words.get("change_corrects") else ChangeKind.CHANGE)
        weeks_before = timedelta(days=entry.facts.get("new_days_before_change", 45))
        ChapterChange.objects.create(page_id=page.pk, at=noon - weeks_before, kind=ChangeKind.NEW)
    if "review_by_days" in entry.facts:
        review_by = entry.published_on + timedelta(days=entry.facts["review_by_days"])
        ChapterCare.objects.update_or_create(page_id=page.pk, defaults={"keeper": page.owner, "review_by": review_by})


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
        published=published,
    )
)


def load_editions(demo: Demo) -> None:
    """The first edition in each language, of what is public now: made by one coordinator, approved by another."""
    words = read(content_folder("catalog") / "editions" / "first.toml")
    for locale in Locale.objects.order_by("pk"):
        code = locale.language_code
        if code not in words or Edition.objects.filter(language=code).exists() or not beginning.has_chapters(code):
            continue
        demo.say(f"Edition {words['number']} of the handbook ({code})…")
        facts = {"number": words["number"], "language": code, "date": timezone.localdate(), **words[code]}
        edition = beginning.begin(demo.people["koordynatorka"], **facts)
        tasks.make_edition.call(edition.build.pk)  # the worker may not run yet, and finds it done then
        newest = edition.get_latest_revision_as_object()
        demo.submit(newest, demo.people["koordynatorka"])
        demo.decide(newest, "redaktorka")
        demo.decide(newest, "koordynator2")


FINISH.append(load_editions)
