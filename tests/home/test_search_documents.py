"""What the search knows: all that the public reads, in words, and nothing else, from the moment it is public."""

import datetime
import sys
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import CollectionViewRestriction, Locale, PageViewRestriction

from approval import archive, emergency, publish_guard, undo
from events.accessibility import Answer
from home import file_texts
from home.contacts import without_contacts
from home.funding import Funding
from home.models import FileText, SiteDocument, TopicTranslation
from home.search_documents import documents_of
from news.models import Audience, NewsAttachment
from search import indexing
from search.documents import Document
from search.index import get_index
from tests import factories
from tests.approval.release_scene import Pair, together, two_drafts
from tests.approval.scene import crew
from tests.home import files
from tests.shared_files import AwayBucket
from tests.workflow import draft_of, fresh, publish_properly

pytestmark = pytest.mark.django_db
SEARCHES = True
SECRET = "tajnosłowny"
OFFICE = datetime.datetime(2027, 1, 6, 17, tzinfo=timezone.get_default_timezone())


def known(page: Any) -> Document | None:
    return get_index().stored([page.pk]).get(page.pk)


def said(page: Any) -> str:
    """All that the search knows of `page`, in one text."""
    document = known(page)
    assert document is not None
    passages = [f"{passage.source}: {passage.text}" for passage in document.passages]
    return "\n".join([document.title, *document.subjects, *passages])


def all_tables(pieces: bool = False) -> str:
    """Whatever stands in any table of the index, and in what is kept of files.

    `pieces`: also in those where SQLite keeps the parts of its index, as it does of what is removed until the night.
    """
    tables = [name for name in connection.introspection.table_names() if name.startswith("search_")]
    tables = [name for name in tables if pieces or not name.endswith("_data")]
    found = []
    with connection.cursor() as cursor:
        for name in [*tables, FileText._meta.db_table]:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 - from the database
            found.extend(map(str, cursor.fetchall()))
    found.extend(get_index().words("pl"))
    return "\n".join(found).lower()


def body() -> list[Any]:
    fold = {"title": "Czy jest winda?", "text": "<p>Winda <b>stoi</b> w holu.</p>"}
    return [
        ("text", "<h2>Dla kogo</h2><p>Dla <i>sąsiadek</i>.</p><ul><li>ogrodniczki</li><li>stolarze</li></ul>"),
        ("quote", {"text": "Najpierw herbata", "author": "Jagna Przykładna", "role": "animatorka"}),
        ("callout", {"tone": "deadline", "title": "Zgłoś się do piątku", "text": "<p>Liczy się data wpływu.</p>"}),
        ("steps", [{"title": "Zbierz podpisy", "time": "tydzień 2", "text": "<p>Piętnaście.</p>"}]),
        ("accordion", [fold]),
        ("table", {"data": [["Dzielnica", None], ["Krowodrza", "120 osób"]], "table_caption": "Frekwencja"}),
        ("image", {"image": _picture("dwie ławki"), "caption": "Skwer po remoncie"}),
        ("gallery", [{"image": _picture("karmnik dla jeży"), "caption": ""}]),
        ("video", {"url": "https://example.org/film", "title": "Debata w całości", "length": "1:32:10"}),
        ("button", {"label": "Zapisz się", "address": "https://example.org/"}),
        ("cards", [{"title": "Po co komisja", "text": "Kiedy pomaga", "address": "https://example.org/"}]),
        ("documents", [factories.document("Regulamin naboru")]),
    ]


def _picture(alt: str) -> Any:
    image = factories.image()
    image.contextual_alt_text = alt
    return image


WORDS_OF_BODY = (
    "Dla kogo",
    "sąsiadek",
    "ogrodniczki\nstolarze",
    "Najpierw herbata",
    "Jagna Przykładna",
    "animatorka",
    "Zgłoś się do piątku",
    "data wpływu",
    "Zbierz podpisy",
    "tydzień 2",
    "Piętnaście",
    "Czy jest winda?",
    "Winda stoi w holu.",
    "Frekwencja",
    "Krowodrza · 120 osób",
    "dwie ławki",
    "Skwer po remoncie",
    "karmnik dla jeży",
    "Debata w całości",
    "Zapisz się",
    "Po co komisja",
    "Kiedy pomaga",
    "Regulamin naboru",
)


def test_every_block_is_read_and_nothing_that_readers_dont_see():
    page = factories.standard_page(body=body(), lead="Kim jesteśmy.")
    for words in WORDS_OF_BODY:
        assert words in said(page), words
    for unseen in ("deadline", "Termin", "example.org", "<", "None"):
        assert unseen not in said(page)
    subjects = known(page).subjects
    assert {"Kim jesteśmy.", "Dla kogo", "Zgłoś się do piątku", "Zbierz podpisy", "Czy jest winda?"} <= {*subjects}
    assert not {"Po co komisja", "Debata w całości", "stolarze"} & {*subjects}


def test_news_are_found_by_what_their_fields_show():
    page = factories.news(
        title="Nabór",
        date=datetime.date(2026, 1, 6),
        kind="recruitment",
        regions=["krakow", "lower-silesia"],
        audiences=[Audience.SENIORS],
        funding=Funding.OTHER,
        funder="Płaci Fundusz Ławek.",
        lead_image=factories.image(),
        lead_image_alt="Tłum na skwerze",
        lead_image_caption="Fot. z festynu",
    )
    page.tags.add("zielona okolica")
    factories.publish(page)
    for words in (
        "6 stycznia 2026",
        "rekrutacja",
        "Kraków",
        "Dolny Śląsk",
        "zielona okolica",
        "Fundusz Ławek",
        "seniorzy",
    ):
        assert words in "\n".join(known(page).subjects), words
    assert "Tłum na skwerze" in said(page) and "Fot. z festynu" in said(page)
    assert known(page).labels == {"kind:news", "year:2026", "place:krakow", "place:lower-silesia"}
    assert (known(page).date, known(page).ends) == (datetime.date(2026, 1, 6), None)


def test_an_event_is_found_by_its_place_its_people_and_what_is_arranged():
    venue = factories.venue(name="Dworek Ławkowy", district="krakow-8", step_free=Answer.YES, lift=Answer.NO)
    page = factories.event(
        venue=venue,
        start=OFFICE,
        end=OFFICE + datetime.timedelta(days=1),
        cost="bezpłatnie",
        online=True,
        sign_language=Answer.YES,
        accessibility_contact="Ewa Kontaktowa, ewa@koalicja.example",
        programme=[("item", {"time": "17:00", "title": "Powitanie", "text": "Jagna Przykładna i goście"})],
        registration="<p>Zapisy do piątku: zapisy@koalicja.example, 12 616 19 00.</p>",
        access_note="Winda w remoncie.",
    )
    subjects = "\n".join(known(page).subjects)
    for words in (
        "6 stycznia 2027",
        "7 stycznia 2027",
        "spotkanie",
        "Dworek Ławkowy",
        "ul. Podwórkowa 7",
        "VIII Dębniki",
    ):
        assert words in subjects, words
    for words in ("Kraków", "bezpłatnie", "online", "wejście bez stopni", "(PJM)", "Powitanie"):
        assert words in subjects, words
    assert "winda" not in subjects, "a missing lift is no lift"
    assert "Jagna Przykładna i goście" in said(page) and "Winda w remoncie." in said(page)
    assert "Zapisy do piątku: …, …." in said(page)
    assert "Kontaktowa" not in all_tables() and "koalicja.example" not in all_tables()
    assert known(page).labels == {"kind:events", "year:2027", "place:krakow-8", "place:krakow"}
    assert known(page).ends == page.end

    venue = fresh(venue)
    venue.name = "Pałacyk Ławkowy"
    factories.publish(venue)
    assert "Pałacyk Ławkowy" in said(page) and "Dworek" not in said(page), "its place was published anew"


def test_a_member_a_chapter_and_the_declaration():
    member = factories.member(title="Fundacja Kasztan", districts=["krakow-5", "wroclaw-nadodrze"], fields=["seniors"])
    member.email, member.phone = "kasztan@koalicja.example", "600 100 200"
    factories.publish(member)
    for words in ("fundacja", "V Krowodrza, Kraków", "Nadodrze, Wrocław", "seniorzy"):
        assert words in known(member).subjects, words
    assert {"kind:coalition", "place:krakow-5", "place:krakow", "place:wroclaw"} <= known(member).labels

    first, second = factories.chapter(title="Pierwszy"), factories.chapter(title="Drugi", part="apply")
    assert "Rozdział 2" in known(second).subjects
    english = factories.translated(second)
    assert "Chapter 2" in known(english).subjects
    taken_down(first)
    assert "Rozdział 1" in known(second).subjects and "Chapter 1" in known(english).subjects

    declaration = factories.declaration()
    assert "Wejście bez schodów." in said(declaration) and "kind:page" in known(declaration).labels
    for secret in ("Anna Autorska", "anna autorska", "koalicja.example", "600 100 200", "12 000 00 00"):
        assert secret not in all_tables(), secret


def test_fronts_count_less_and_each_language_is_its_own():
    assert known(factories.section("news")).weight < 1 and known(factories.home()).weight < 1
    page = factories.news(kind="report", regions=["krakow-metro"], date=datetime.date(2026, 3, 1))
    english = factories.translated(page, title="Report of a day")
    assert (known(page).language, known(english).language) == ("pl", "en")
    assert {"1 March 2026", "report", "Kraków Metropolitan Area"} <= {*known(english).subjects}
    assert {"1 marca 2026", "relacja"} <= {*known(page).subjects}


def test_contacts_in_running_text_are_left_out():
    for kept in (
        "Nabór do 06.01.2027, 120 000 000 zł, KRS 0000123456, NIP 676-123-45-67, lata 2025-2026, 100 000 osób.",
        "1 250 000 zł, 1 250 000,00 zł, 120 000 000 000 zł, od 125 500 000–150 500 000 zł, 120 000 000-130 000 000 zł",
        "06.01.2027–07.01.2027, 06/01/2027, KRS: 0000123456, NIP 6761234567, 676 123 45 67, lata 2024/2025, 2025–2026",
        "https://koalicja.example/123456789, konto 12 1020 2892 0000 5902 0123 4567, ISBN 978-83-01-00000-1",
    ):
        assert without_contacts(kept) == kept
    for contact in (
        "600 100 200",
        "600-100-200",
        "600–100–200",
        "+48 600 100 200",
        "48600100200",
        "(12) 616 19 00",
        "(0-12) 616 19 00",
        "12/616 19 00",
        "12 616-19-00",
        "12 616 19 00-02",
        "+44 20 7946 0018",
    ):
        assert without_contacts(f"Zadzwoń: {contact}.") == "Zadzwoń: ….", contact
    for said_so, left in (
        (
            "1. Anna Nowak 600 100 200\n2. Jan Kowalski 600 100 201\n3. …",
            "1. Anna Nowak …\n2. Jan Kowalski …\n3. …",
        ),
        ("+48 600 100 200\n2. Jan", "…\n2. Jan"),
        ("Anna, 600 100 200\f2", "Anna, …\f2"),
        ("tel.600 100 200, Tel.+48600100200, faks/600 100 200", "tel.…, Tel.…, faks/…"),
        ("tel. 12 616 19 00 3. piętro", "tel. … 3. piętro"),
        ("600 100 200 601 200 300", "… …"),
        ("600 100 200/601 200 300", "…/…"),
    ):
        assert without_contacts(said_so) == left


# --- At the same moment -----------------------------------------------------------------------


def taken_down(page: Any) -> None:
    with publish_guard.trusted_command("tests"):
        page.unpublish()


def test_a_draft_is_not_known_and_neither_is_one_over_a_public_page():
    author, reviewer, approver, _translator = crew()
    page = draft_of(author, f"{SECRET} tytuł")
    assert known(page) is None
    page.title = "Jawny tytuł"
    page.save_revision(user=author)
    publish_properly(page, author, reviewer, approver)
    assert known(page).title == "Jawny tytuł"
    again = fresh(page)
    again.title, again.tags = f"{SECRET} nowy", [f"{SECRET} temat"]
    again.save_revision(user=author)
    assert SECRET not in all_tables()
    again = fresh(page)
    emergency.publish(again, approver, "Zmiana godziny, która nie może czekać do jutra.", again.latest_revision_id)
    assert SECRET in said(page)
    emergency.put_back(emergency.unconfirmed(fresh(page)), approver)
    assert known(page).title == "Jawny tytuł" and SECRET not in all_tables()
    taken_down(fresh(page))
    assert known(page) is None and "jawny" not in all_tables()
    assert "jawny" in all_tables(pieces=True) or connection.vendor != "sqlite"
    indexing.mend()
    assert "jawny" not in all_tables(pieces=True) and "tajnoslowny" not in all_tables(pieces=True)
    archive.restore(fresh(page), approver)
    assert known(page).title == "Jawny tytuł"
    with publish_guard.trusted_command("tests"):
        fresh(page).delete()
    assert "jawny" not in all_tables()


def test_signs_that_no_database_keeps_hold_nothing_back():
    page = factories.news(title="Nabór", body=[("text", "<p>Ławki\ud800 i \x00skwery</p>")], live=False)
    assert documents_of([page])[0].passages[0].text == "Ławki i skwery"


def test_undo_brings_the_words_back():
    author, reviewer, approver, _translator = crew()
    page = draft_of(author, "Pierwsze słowo")
    publish_properly(page, author, reviewer, approver)
    page = fresh(page)
    page.title = "Drugie słowo"
    page.save_revision(user=author)
    publish_properly(page, author, reviewer, approver)
    assert known(page).title == "Drugie słowo"
    page = fresh(page)
    undo.put_back(page, approver, str(undo.version_before(page).pk))
    assert known(page).title == "Pierwsze słowo"


def test_a_pair_is_found_together_and_not_before(client):
    def is_found(page: Any, address: str) -> bool:
        return page.get_url() in client.get(f"{address}?q=para").content.decode()

    author, reviewer, approver, translator = crew()
    polish, english = two_drafts(author, translator, "Para")
    pair = Pair(polish, english, together(polish, author), author, translator, reviewer, approver)
    pair.approve(pair.english)
    assert known(polish) is None and known(english) is None
    assert not is_found(polish, "/szukaj/") and not is_found(english, "/en/search/")
    pair.approve(pair.polish)
    assert is_found(polish, "/szukaj/") and is_found(english, "/en/search/")
    assert known(polish).title == "Para" and known(english).title == "Para in English"
    taken_down(fresh(english))
    assert not is_found(english, "/en/search/") and is_found(polish, "/szukaj/")


def test_what_is_rolled_back_was_never_known():
    page = factories.news(title="Zostaje")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        page.title = SECRET
        factories.publish(page)
        assert known(page).title == SECRET
        raise ZeroDivisionError
    assert known(page).title == "Zostaje" and SECRET not in all_tables()


def test_what_is_closed_is_not_known_wherever_it_is_closed_and_comes_back():
    above = factories.standard_page(title="Nad nią")
    below = factories.standard_page(title=f"{SECRET} pod nią")
    with publish_guard.trusted_command("tests"):
        below.move(above, pos="last-child")
    closed = PageViewRestriction.objects.create(page=above, restriction_type="login")
    assert known(above) is None and SECRET not in all_tables()
    factories.publish(fresh(below))
    assert SECRET not in all_tables(), "published below what is closed"
    with publish_guard.trusted_command("tests"):
        fresh(below).move(factories.home(), pos="last-child")
    assert known(below) is not None
    with publish_guard.trusted_command("tests"):
        fresh(below).move(fresh(above), pos="last-child")
    assert known(below) is None
    with publish_guard.trusted_command("tests"):
        closed.delete()
    assert known(above) is not None and known(below) is not None


def test_a_topic_is_known_by_its_name_of_now_and_in_its_language():
    page = factories.news()
    page.tags.add("stara nazwa")
    factories.publish(page)
    tag = Tag.objects.get(name="stara nazwa")
    english = factories.translated(page)
    tag.name = "nowa nazwa"
    tag.save()
    assert "nowa nazwa" in known(page).subjects and "stara nazwa" not in said(page)
    name = Tag.objects.create(name="new name", slug="new-name")
    english.tags.set([name])
    factories.publish(english)
    assert "new name" not in said(english), "nobody has approved it as a name"
    locale = Locale.objects.get(language_code="en")
    row = TopicTranslation.objects.create(topic=tag, locale=locale, name=name, is_approved=True)
    assert "new name" in known(english).subjects
    row.delete()
    assert "new name" not in said(english)
    tag.delete()
    assert "nowa nazwa" not in said(page)


# --- Files ------------------------------------------------------------------------------------


@pytest.fixture
def odt_file() -> Any:
    """`odt_file(words)`: a document in Polish that is called "Uchwała" and says `words`."""

    def make(words: str) -> Any:
        file = ContentFile(files.odt(f"<text:p>{words}</text:p>"), "uchwala.odt")
        return SiteDocument.objects.create(title="Uchwała", file=file)

    return make


@pytest.fixture
def at_once(django_capture_on_commit_callbacks: Any) -> Any:
    """What the queue does once the transaction has ended."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def offer(document: Any, **fields: Any) -> Any:
    """News that offer `document` as an attachment."""
    page = factories.news(live=False, **fields)
    page.attachment_items = [NewsAttachment(document=document)]
    factories.publish(page)
    return fresh(page)


def test_the_text_of_a_file_is_known_while_a_public_page_offers_it(at_once, odt_file):
    document = odt_file(f"Uchwała {SECRET} w sprawie ławek. Pytania: anna@koalicja.example")
    with at_once():
        page = factories.news(live=False)
        page.attachment_items = [NewsAttachment(document=document)]
        page.save_revision()
    assert not FileText.objects.exists(), "only a draft offers it"
    with at_once():
        factories.publish(page)
    assert f"Uchwała: Uchwała {SECRET} w sprawie ławek. Pytania: …" in said(page)
    assert "koalicja.example" not in all_tables()

    with publish_guard.trusted_command("tests"):
        document.title = "Uchwała XII"
        document.save()
        assert "Uchwała XII: Uchwała" in said(page)
        closed = CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
        assert SECRET not in all_tables()
        with at_once():
            closed.delete()
    assert SECRET in said(page)

    with at_once():
        page = fresh(page)
        page.attachment_items = []
        factories.publish(page)
        other = offer(odt_file("Inna"))
    with at_once(), CaptureQueriesContext(connection) as asked:
        indexing.mend()
    kept = [one["sql"] for one in asked if "home_filetext" in one["sql"] and one["sql"].startswith("SELECT")]
    assert kept and not any('"text"' in sql for sql in kept), "texts of all files at once are too much"
    assert "Inna" in said(other)
    assert SECRET not in all_tables(), "it is public without the file"
    with at_once():
        page.attachment_items = [NewsAttachment(document=document)]
        factories.publish(page)
    assert SECRET in said(page)

    taken_down(fresh(page))
    assert SECRET not in all_tables()


def test_a_file_in_another_language_gives_its_name_alone(at_once, odt_file):
    document = odt_file(f"{SECRET} po polsku")
    with at_once():
        page = factories.news(language="en", live=False)
        page.attachment_items = [NewsAttachment(document=document)]
        factories.publish(page)
    assert "Uchwała" in known(page).subjects and SECRET not in said(page)


@pytest.mark.parametrize(
    ("what", "name", "instead"),
    [
        (SiteDocument._meta.get_field("file"), "storage", AwayBucket()),
        (file_texts, "PATIENCE", 0),
        (sys, "executable", "/nowhere"),
    ],
    ids=["storage is away", "reader is slow", "no process can be had"],
)
def test_what_keeps_a_file_from_being_read_for_a_while_costs_its_text_until_the_night(
    at_once, odt_file, monkeypatch, what, name, instead
):
    document = odt_file(SECRET)
    with monkeypatch.context() as meanwhile, at_once():
        meanwhile.setattr(what, name, instead)
        page = offer(document)
        indexing.mend()
    assert not FileText.objects.exists() and SECRET not in said(page)
    with at_once():
        indexing.mend()
    assert SECRET in said(page)


def test_files_that_gave_no_text_are_read_anew_with_the_whole_index(at_once, odt_file):
    document = odt_file(SECRET)
    with at_once():
        page = offer(document)
    FileText.objects.update(text="")
    with at_once():
        call_command("rebuild_search_index", "--anew", verbosity=0)
    assert SECRET in said(page)


def test_a_broken_file_costs_its_text_alone(at_once):
    document = factories.document("Regulamin")  # no PDF inside
    with at_once():
        page = offer(document, title="Nabór")
    assert FileText.objects.get().text == ""
    assert known(page).title == "Nabór" and "regulamin" in said(page)
