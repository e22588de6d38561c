"""The handbook: numbers, neighbours, what isn't translated."""

import pytest

from tests import factories
from tests.reading import source

pytestmark = pytest.mark.django_db


class TestThreeChapters:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def chapters(cls, tree):
        first = factories.chapter(title="Po co KDO", part="understand", slug="po-co")
        factories.chapter(title="Szkic", part="understand", slug="szkic", live=False)
        factories.chapter(title="Mapa ciał dialogu", part="understand", slug="mapa")
        last = factories.chapter(title="Wniosek", part="apply", slug="wniosek")
        factories.translated(first, title="Why a KDO", slug="why")
        factories.translated(last, title="The application", slug="application")

    def index(self, language="pl"):
        return factories.section("catalog", language)

    def chapter(self, slug):
        return next(
            page for page in [*self.index().get_queryset(), *self.index("en").get_queryset()] if page.slug == slug
        )

    def test_published_chapters_are_numbered_in_the_order_of_the_tree(self):
        assert [(page.number, page.title) for page in self.index().get_queryset()] == [
            (1, "Po co KDO"),
            (2, "Mapa ciał dialogu"),
            (3, "Wniosek"),
        ]

    def test_a_translation_keeps_the_number_of_its_original(self):
        assert [(page.number, page.title) for page in self.index("en").get_queryset()] == [
            (1, "Why a KDO"),
            (3, "The application"),
        ]

    def test_chapters_stand_in_their_parts(self):
        parts = [(part["numeral"], [page.title for page in part["chapters"]]) for part in self.index().parts]
        assert parts == [("I", ["Po co KDO", "Mapa ciał dialogu"]), ("III", ["Wniosek"])]

    def test_previous_and_next_are_the_published_neighbours(self):
        middle = self.chapter("mapa")
        assert (middle.previous.title, middle.next.title) == ("Po co KDO", "Wniosek")
        assert self.chapter("po-co").previous is None
        assert self.chapter("wniosek").next is None

    def test_english_readers_learn_what_is_only_in_polish(self, client):
        assert [page.title for page in self.index("en").untranslated] == ["Mapa ciał dialogu"]
        shown = source(client.get("/en/catalogue/"))
        assert "Mapa ciał dialogu" in shown
        assert self.index().untranslated == []

    @pytest.mark.parametrize("query", ["page=2", "page=999", "kind=x", "page=%00"])
    def test_odd_addresses_show_the_contents(self, client, query):
        assert "Wniosek" in client.get(f"/katalog/?{query}").content.decode()


def test_a_chapter_with_headings_has_contents_that_lead_to_them(client):
    titles = ["Cel", "Cel", "Łąka & woda"]
    body = [("text", "".join(f"<h2>{title}</h2><p>Słowa.</p>".replace("&", "&amp;") for title in titles))]
    page = factories.chapter(body=body)
    assert [heading.id for heading in page.toc] == ["cel", "cel-2", "laka-woda"]
    shown = client.get(page.url).content.decode()
    for heading in page.toc:
        assert f'href="#{heading.id}"' in shown and f'id="{heading.id}"' in shown


def test_reading_time_is_that_of_the_published_words_until_others_are_published():
    page = factories.chapter(body=[("text", f"<p>{'słowo ' * 401}</p>")])
    assert page.kept_minutes == 3
    page.body = [("text", "<p>słowo</p>")]
    draft = page.save_revision().as_object()
    page.refresh_from_db()
    assert (page.reading_minutes, draft.reading_minutes) == (3, 1)
    factories.publish(draft)
    page.refresh_from_db()
    assert page.kept_minutes == 1
    assert "kept_minutes" not in page.latest_revision.content  # what is approved are words
