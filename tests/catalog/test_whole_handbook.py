"""The whole handbook on one page: every id once, links within it, and no page for search engines."""

from collections import Counter

import pytest

from catalog.models import ChapterPage
from catalog.notes import stored
from catalog.whole import as_part
from home.cache import raise_now
from tests import factories
from tests.catalog import every_block
from tests.reading import addresses_in_sitemap, document, source

pytestmark = pytest.mark.django_db
BODY = [("text", "<h2>Cel</h2><p>Słowa.</p>")]


@pytest.fixture(scope="module")
def two_chapters(module_tree) -> None:
    first = factories.chapter(title="Po co", slug="po-co", body=BODY)
    link = f'<h2>Cel</h2><p><a linktype="page" id="{first.pk}">początek</a></p>'
    factories.chapter(title="Wniosek", slug="wniosek", body=[("text", link)])
    factories.chapter(title="Szkic", slug="szkic", live=False, body=[("text", "<p>Jeszcze nie.</p>")])


def test_all_public_chapters_stand_there_in_their_order(client, two_chapters):
    shown = document(client.get("/katalog/calosc/"))
    assert [title.text_content() for title in shown.xpath("//article/h2")] == ["Po co", "Wniosek"]
    assert "Jeszcze nie" not in source(client.get("/katalog/calosc/"))


def test_every_id_is_there_once_and_every_link_within_the_page_finds_one(client, two_chapters):
    shown = document(client.get("/katalog/calosc/"))
    ids = Counter(shown.xpath("//@id"))
    assert not [name for name, times in ids.items() if times > 1]
    inner = {link.removeprefix("#") for link in shown.xpath("//main//a/@href") if link.startswith("#")}
    assert inner <= set(ids) and "chapter-po-co" in inner


def test_a_link_to_another_chapter_leads_within_the_page(client, two_chapters):
    assert document(client.get("/katalog/calosc/")).xpath("//a[.='początek']/@href") == ["#chapter-po-co"]


def test_headings_stand_a_level_lower_than_in_their_chapter(client, two_chapters):
    shown = document(client.get("/katalog/calosc/"))
    assert [len(shown.xpath(f"//main//h{level}")) for level in (1, 3)] == [1, 2]


def test_search_engines_are_sent_to_the_chapters(client, two_chapters):
    shown = document(client.get("/katalog/calosc/"))
    assert "noindex" in shown.xpath("//meta[@name='robots']/@content")[0]
    listed = addresses_in_sitemap(client)
    assert not [one for one in listed if one.endswith("/calosc/")]
    assert [one for one in listed if one.endswith("/katalog/zmiany/")]


def test_the_other_language_has_its_own(client, two_chapters):
    assert "/en/catalogue/whole/" in document(client.get("/katalog/calosc/")).xpath("//a[@lang='en']/@href")


def test_a_draft_changes_nothing_there(client, two_chapters):
    page = factories.section("catalog").get_queryset()[0]
    page.title = "Podmienione"
    page.save_revision()
    assert "Podmienione" not in source(client.get("/katalog/calosc/"))


def test_the_number_of_queries_is_the_same_for_two_chapters_and_for_twelve(client, two_chapters, count_queries):
    """Each refers to a page, a picture, a file and a fact of its own, and has a note that leads to a page."""

    def chapter(title: str) -> ChapterPage:
        page, file, fact = factories.news(), factories.document(), factories.fact()
        link = f'<a linktype="page" id="{page.pk}">dalej</a> <a linktype="document" id="{file.pk}">plik</a>'
        picture = {"image": factories.image(), "decorative": False, "alt_text": factories.ALT}
        body = [
            ("text", f"<h2>Cel</h2><p>{link} {stored('act')}</p>"),
            ("image", {"image": picture, "caption": ""}),
            ("documents", [file]),
            ("facts", [fact]),
        ]
        notes = [("note", {"key": "act", "text": f"<p>{link}</p>"})]
        return factories.chapter(title=title, body=body, notes=notes)

    chapter("Jeszcze jeden")
    client.get("/katalog/calosc/")  # makes the sizes of its picture
    raise_now()
    few = count_queries("/katalog/calosc/")
    for number in range(10):
        chapter(f"Rozdział {number}")
    client.get("/katalog/calosc/")
    raise_now()
    assert count_queries("/katalog/calosc/") == few


@pytest.fixture
def count_queries(client, django_assert_max_num_queries):
    def count(address: str) -> int:
        with django_assert_max_num_queries(80) as asked:
            client.get(address)
        return len(asked)

    return count


def test_what_is_only_in_polish_is_named_and_an_outdated_chapter_says_so(client, two_chapters):
    first, _second = factories.section("catalog").get_queryset()
    english = factories.translated(first, title="Why")
    factories.publish(english)
    shown = source(client.get("/en/catalogue/whole/"))
    assert "Not translated yet" in shown and "Wniosek" in shown
    assert "outdated" not in shown
    assert "Not translated yet" not in source(client.get("/katalog/calosc/"))
    ChapterPage.objects.filter(pk=english.pk).update(source_version=factories.moment(-3))
    raise_now()
    notes = document(client.get("/en/catalogue/whole/")).xpath("//article[contains(@id, 'chapter-')]//*[@role='note']")
    assert len(notes) == 1 and "Po co" in notes[0].text_content()


def test_checks_of_one_title_in_one_chapter_and_in_two_are_answered_each_by_itself(client, tree):
    check = ("self_check", every_block.PL["self_check"])
    for slug in ("raz", "dwa"):
        factories.chapter(title=slug, slug=slug, body=[check, check])
    shown = document(client.get("/katalog/calosc/"))
    names = [{*field.xpath(".//input/@name")} for field in shown.xpath("//fieldset[.//input[@type='radio']]")]
    assert all(len(group) == 1 for group in names)
    assert len(set.union(*names)) == len(names) > 4


@pytest.mark.parametrize(
    ("markup", "becomes"),
    [
        ('<p id="a">id="b"</p>', '<p id="chapter-x--a">id="b"</p>'),
        ('<input id="q" name="q"><label for="q">Q</label>',
         '<input id="chapter-x--q" name="chapter-x--q"><label for="chapter-x--q">Q</label>'),
        ('<td headers="a b">', '<td headers="chapter-x--a chapter-x--b">'),
        ('<a href="#n">1</a>', '<a href="#chapter-x--n">1</a>'),
        ('<a href="/k/y/#cel">y</a>', '<a href="#chapter-y--cel">y</a>'),
        ('<a href="/news/">n</a>', '<a href="/news/">n</a>'),
        ("<h2>A</h2><h6>B</h6>", "<h3>A</h3><h6>B</h6>"),
        ('<img alt="1 > 0" id="i">', '<img alt="1 > 0" id="chapter-x--i">'),
        ("3 < 4", "3 < 4"),
    ],
)  # fmt: skip
def test_names_change_and_words_never(markup, becomes):
    assert as_part(markup, "x", {"/k/x/": "x", "/k/y/": "y"}) == becomes
