"""Pages and people for tests, with no more words than a test needs. Every function saves what it returns.

A page is published unless `live=False`; the language is Polish unless `language="en"`. Whatever a test is about
it names itself: `news(title="Gala", date=day(-3))`.
"""

import datetime
import hashlib
import io
import itertools
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page

from approval import publish_guard
from approval.roles import Role
from catalog.models import (
    ChapterPage,
    DocumentTemplate,
    Edition,
    EditionBuild,
    GlossaryPage,
    GlossaryTerm,
    Part,
)
from coalition.models import MemberKind, MemberPage
from events.models import EventKind, EventPage, Venue
from home.demo.bulk import add_children
from home.models import AccessibilityPage, Fact, FactWords, HomePage, SiteImage, StandardPage, User
from home.sections import registry
from news.models import NewsKind, NewsPage

numbers = itertools.count(1)
ALT = "Mural: dwie osoby rozmawiają przez okno."
NUL = "" if connection.vendor == "postgresql" else "\x00"
"""U+0000 where a database stores it."""


def day(offset: int = 0) -> datetime.date:
    """Today, so many days on."""
    return timezone.localdate() + datetime.timedelta(days=offset)


def moment(offset: int = 0, hour: int = 18) -> datetime.datetime:
    """The full hour on the day that is so many days on, in Polish time."""
    return timezone.make_aware(datetime.datetime.combine(day(offset), datetime.time(hour)))


# --- The planted tree -----------------------------------------------------------------------


def home(language: str = "pl") -> HomePage:
    return HomePage.objects.get(locale__language_code=language, depth=2)


def section(key: str, language: str = "pl") -> Any:
    """The front page of a section: "news", "events", "catalog", "coalition"."""
    return registry[key].objects.get(locale__language_code=language)


# --- Pages ----------------------------------------------------------------------------------


def grow(page: Page, parent: Page, live: bool) -> Any:
    """`page` as a child of `parent`, as if its author had saved it and a coordinator had published it."""
    page.locale = parent.locale
    page.slug = page.slug or f"strona-{next(numbers)}"
    page.live = False
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        with publish_guard.trusted_command("tests"):
            revision.publish()
    page.refresh_from_db()
    return page


def publish(page: Any, **how: Any) -> None:
    """`page` as it is goes live, by an operator's hand: what this test is about is something else."""
    with publish_guard.trusted_command("tests"):
        page.save_revision(**how).publish()


def remove(page: Any) -> None:
    """`page` is gone, as if it had never been public."""
    with publish_guard.trusted_command("tests"):
        page.delete()


def news(*, language: str = "pl", live: bool = True, **fields: Any) -> NewsPage:
    values = {"title": f"Wiadomość {next(numbers)}", "kind": NewsKind.REPORT, "lead": "Co się stało.", **fields}
    return grow(NewsPage(**values), section("news", language), live)


def event(*, language: str = "pl", live: bool = True, **fields: Any) -> EventPage:
    """An event of two hours in a week, unless `start` and `end` say otherwise."""
    start = fields.pop("start", None) or moment(7)
    values = {
        "title": f"Spotkanie {next(numbers)}",
        "kind": EventKind.MEETING,
        "lead": "Po co przyjść.",
        "start": start,
        "end": start + datetime.timedelta(hours=2),
        "place": "Dom sąsiedzki",
        "address": "ul. Podwórkowa 7, Kraków",
        **fields,
    }
    return grow(EventPage(**values), section("events", language), live)


def venue(*, live: bool = True, **fields: Any) -> Venue:
    """A place of events in Polish, with a draft of its translation once it is public."""
    values = {"name": f"Dom sąsiedzki {next(numbers)}", "address": "ul. Podwórkowa 7, Kraków", **fields}
    found = Venue.objects.create(**{"locale": Locale.get_default(), "live": False, **values})
    found.save_revision()
    if live:
        publish(found)
    found.refresh_from_db()
    return found


def term(
    word: str, *, language: str = "pl", live: bool = True, see_also: Sequence[GlossaryTerm] = (), **fields: Any
) -> Any:
    """A term of the glossary, with a draft of its translation once it is public. `translates`: its original."""
    locale, original = Locale.objects.get(language_code=language), fields.pop("translates", None)
    found = original and GlossaryTerm.objects.filter(translation_key=original.translation_key, locale=locale).first()
    found = found or GlossaryTerm(
        locale=locale, live=False, **({"translation_key": original.translation_key} if original else {})
    )
    for name, value in {"term": word, "definition": f"Co znaczy {word}.", "synonyms": "", **fields}.items():
        setattr(found, name, value)
    found.see_also.set(see_also)
    found.save()
    found.save_revision()
    if live:
        publish(found)
    return GlossaryTerm.objects.get(pk=found.pk)


def marked(*terms: GlossaryTerm) -> str:
    """A paragraph in which each of these terms is marked."""
    return "<p>{}</p>".format(", ".join(f'<a linktype="term" id="{one.pk}">{one.term}</a>' for one in terms))


def glossary(language: str = "pl") -> GlossaryPage:
    return GlossaryPage.objects.get(locale__language_code=language)


def edition(number: str = "1.0", *, language: str = "pl", live: bool = True, **fields: Any) -> Edition:
    """An edition with two small files, which nobody would take for a book."""
    files = {}
    for kind, content in (("pdf", b"%PDF-1.7"), ("epub", b"PK")):
        name = default_storage.save(f"documents/editions/edition.{kind}", ContentFile(content))
        files[kind] = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    values = {"date": day(), "notes": "Pierwsze wydanie.", "licence": "CC BY 4.0", "files": files, **fields}
    found = Edition(number=number, language=language, live=False, **values)
    found.save()
    found.save_revision()
    if live:
        publish(found)
        found.refresh_from_db()
    EditionBuild.objects.create(edition=found, state=EditionBuild.State.DONE)
    return found


def approved(row: Any) -> Any:
    """A snippet, as `setup_site` would publish it."""
    row.live = False
    row.save()
    with publish_guard.trusted_command("tests"):
        row.save_revision().publish()
    return type(row).objects.get(pk=row.pk)


def fact(key: str = "", *, live: bool = True, pl: Any = None, en: Any = None, **fields: Any) -> Fact:
    """A fact with words in Polish and English; with a value it has a source."""
    words = {"pl": pl or {}, "en": en or {}}
    if any(said.get("value") for said in words.values()):
        fields = {
            "source": "https://bip.example/1379",
            "checked_on": timezone.localdate(),
            "checked_by": "Anna",
            **fields,
        }
    row = Fact(key=key or f"fact-{next(numbers)}", live=False, **fields)
    row.words = [
        FactWords(locale=Locale.objects.get(language_code=code), **{"label": f"Fakt {row.key}", **said})
        for code, said in words.items()
    ]
    if live:
        return approved(row)
    row.save()
    row.save_revision()
    return row


def chapter(*, language: str = "pl", live: bool = True, **fields: Any) -> ChapterPage:
    values = {"title": f"Rozdział {next(numbers)}", "part": Part.UNDERSTAND, "lead": "O czym to jest.", **fields}
    return grow(ChapterPage(**values), section("catalog", language), live)


def member(*, language: str = "pl", live: bool = True, **fields: Any) -> MemberPage:
    """A member of one district; `districts` starts with its home."""
    districts = fields.get("districts", ["krakow-1"])
    values = {
        "title": f"Fundacja {next(numbers)}",
        "kind": MemberKind.FOUNDATION,
        "lead": "Co robimy.",
        "home_district": districts[0],
        "districts": districts,
        "member_since": datetime.date(2025, 3, 1),
        **fields,
    }
    return grow(MemberPage(**values), section("coalition", language), live)


def standard_page(*, language: str = "pl", live: bool = True, **fields: Any) -> StandardPage:
    values = {"title": f"O nas {next(numbers)}", "lead": "Kim jesteśmy.", **fields}
    return grow(StandardPage(**values), home(language), live)


def declaration(*, language: str = "pl", live: bool = True, **fields: Any) -> AccessibilityPage:
    values = {
        "title": "Deklaracja dostępności",
        "slug": "deklaracja-dostepnosci",
        "entity": "Koalicja",
        "contact_person": "Anna Autorska",
        "email": "biuro@koalicja.example",
        "phone": "12 000 00 00",
        "procedure": "<p>Napisz do nas.</p>",
        "architecture": "<p>Wejście bez schodów.</p>",
        **fields,
    }
    return grow(AccessibilityPage(**values), home(language), live)


def translated(page: Page, language: str = "en", *, live: bool = True, **fields: Any) -> Any:
    """`page` in another language, below the translation of its parent."""
    copy = page.copy_for_translation(Locale.objects.get(language_code=language))
    for name, value in fields.items():
        setattr(copy, name, value)
    revision = copy.save_revision()
    if live:
        with publish_guard.trusted_command("tests"):
            revision.publish()
    copy.refresh_from_db()
    return copy


OF_ITS_OWN = {"id", "page_ptr", "path", "depth", "numchild", "url_path", "slug", "title", "translation_key"}
HISTORY = {"latest_revision", "live_revision"}


def copies(page: Page, count: int, translating: Sequence[Page] = ()) -> list[Any]:
    """So many more pages like `page`, written straight into the tables: hundreds of them in a moment.

    They have no revisions and are not in the search index. They translate the pages of `translating`, one each.
    """
    parent, model = page.get_parent(), type(page)
    shared = [field for field in model._meta.concrete_fields if field.name not in OF_ITS_OWN | HISTORY]
    made = []
    for number in range(parent.numchild + 1, parent.numchild + count + 1):
        copy = model(**{field.attname: getattr(page, field.attname) for field in shared})
        copy.title, copy.slug = f"{page.title} {number}", f"{page.slug}-{number}"
        made.append(copy)
    for copy, translation in zip(made, translating, strict=False):
        copy.translation_key = translation.translation_key
    add_children(parent, made)
    return made


# --- Files ----------------------------------------------------------------------------------


def picture_bytes(format: str = "PNG", size: tuple[int, int] = (64, 48)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "#0B3F47").save(stream, format)
    return stream.getvalue()


def image(title: str = "Mural", **fields: Any) -> SiteImage:
    file = ImageFile(io.BytesIO(picture_bytes()), name="mural.png")
    return SiteImage.objects.create(title=title, file=file, **{"description": ALT, **fields})


def document_template(*, live: bool = True, **fields: Any) -> DocumentTemplate:
    """A template in Polish with one small DOCX file, and a draft of its translation once it is public."""
    number = next(numbers)
    values = {"key": f"wzor-{number}", "title": f"Wzór {number}", "purpose": "Do uzupełnienia.", **fields}
    values.setdefault("docx", word_file())
    found = DocumentTemplate.objects.create(**{"locale": Locale.get_default(), "live": False, **values})
    found.save_revision()
    if live:
        publish(found)
    found.refresh_from_db()
    return found


def word_file(title: str = "Wzór", language: str = "pl") -> Any:
    """A document whose name says DOCX; what is in it matters to nobody here."""
    file = ContentFile(b"PK example", "wzor.docx")
    return get_document_model().objects.create(title=title, language=language, file=file)


def document(title: str = "Regulamin") -> Any:
    return get_document_model().objects.create(title=title, file=ContentFile(b"%PDF-1.4 example", "regulamin.pdf"))


# --- People ---------------------------------------------------------------------------------


def person(role: Role | None, username: str = "") -> User:
    """A member of staff in one role; an administrator for None. Their admin is in Polish."""
    user = User.objects.create_user(
        username or f"osoba-{next(numbers)}",
        first_name="Zofia",
        last_name="Przykładowa",
        email="zofia@koalicja.example",
        password="demo",
        is_superuser=role is None,
    )
    if role:
        user.groups.add(Group.objects.get(role__key=role.key))
    user.preferred_language = "pl"
    return user
