"""An edition: frozen, made, reviewed, public, and the same for ever."""

import hashlib
import io
import zipfile

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse

from approval import roles
from catalog.editions import making
from catalog.models import Edition, EditionBuild
from catalog.tasks import make_edition
from tests import factories
from tests.catalog.editions import begun, chapters, editions_url, made, newest, page
from tests.workflow import fresh, log_in, person, publish_properly, submit

pytestmark = pytest.mark.django_db


def words_in(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def stored(edition: Edition, kind: str) -> bytes:
    with default_storage.open(newest(edition).files[kind]["name"]) as file:
        return file.read()


@pytest.fixture(scope="module")
def crew(module_tree):
    return {
        "maker": person("koordynatorka", roles.COORDINATORS),
        "reviewer": person("redaktorka", roles.LANGUAGE_EDITORS),
        "approver": person("koordynator2", roles.COORDINATORS),
    }


@pytest.fixture(scope="module")
def draft(crew):
    chapters()
    return made(crew["maker"])


@pytest.fixture(scope="module")
def public(draft, crew):
    """Another one than the draft."""
    edition = made(crew["maker"], "1.3")
    return publish_properly(edition, crew["maker"], crew["reviewer"], crew["approver"])


class TestFiles:
    def test_both_files_come_with_size_and_checksum(self, draft):
        files = newest(draft).files
        assert set(files) == {"pdf", "epub"}
        for kind, facts in files.items():
            content = stored(draft, kind)
            assert (facts["size"], facts["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())

    def test_the_pdf_says_what_the_chapters_say_and_names_language_title_and_funder(self, draft):
        pdf = stored(draft, "pdf")
        said = words_in(pdf)
        for words in ("Po co KDO", "Uwaga na terminy", "Czy to płatne?", "Ile osób?", "example.org/a?b=1&c=2"):
            assert words in said
        assert "Sfinansowane" in said or "Funded by" in said
        root = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
        assert root["/Lang"] == "pl"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"pdfuaid:part" in pdf
        assert b"pdfaid:part" in pdf

    def test_the_epub_says_for_whom_it_can_be_read(self, draft):
        with zipfile.ZipFile(io.BytesIO(stored(draft, "epub"))) as book:
            package = book.read("EPUB/content.opf").decode()
            text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
        assert "schema:accessibilitySummary" in package
        assert "<dc:language>pl</dc:language>" in package
        assert '<th scope="col"' in text
        assert '<th scope="row"' in text
        assert 'lang="en"' in text

    def test_made_twice_it_is_the_same_to_the_byte(self, draft):
        again = making.files_of(newest(draft), draft.source.content)
        assert {kind: hashlib.sha256(content).hexdigest() for kind, content in again.items()} == {
            kind: facts["sha256"] for kind, facts in newest(draft).files.items()
        }


class TestFreezing:
    def test_a_draft_of_a_chapter_stays_out_of_the_next_edition(self, crew, draft):
        chapter = factories.chapter(title="Nowy", slug="nowy", body=[("text", "<p>Zatwierdzone.</p>")])
        chapter.body = [("text", "<p>Niezatwierdzone.</p>")]
        chapter.save_revision(user=person("autorka", roles.AUTHORS))
        content = str(begun(crew["maker"], "2.1").source.content)
        assert "Zatwierdzone" in content
        assert "Niezatwierdzone" not in content
        assert "Zatwierdzone" not in str(draft.source.content)

    def test_what_is_frozen_is_written_once(self, draft):
        source = fresh(draft.source)
        source.content = {}
        with pytest.raises(ValidationError):
            source.save()

    def test_a_language_without_chapters_has_no_edition(self, crew):
        facts = {"language": "en", "number": "1.0", "date": "2026-11-30"}
        answer = log_in(crew["maker"]).post(editions_url("add"), facts)
        assert answer.context_data["form"].errors["language"]

    def test_a_link_to_a_chapter_leads_to_it_in_the_book(self, crew):
        target = factories.chapter(title="Cel", slug="cel", body=[("text", "<h2>Tutaj jest</h2><p>Tak.</p>")])
        factories.chapter(
            title="Skąd", slug="skad", body=[("text", f'<p><a linktype="page" id="{target.pk}">tam</a></p>')]
        )
        assert "'to': 'c-cel'" in str(begun(crew["maker"], "2.2").source.content)


class TestForm:
    def test_a_number_that_exists_is_refused_beside_its_field(self, crew, draft):
        facts = {"language": "pl", "number": draft.number, "date": "2026-11-30", "notes": ""}
        answer = log_in(crew["maker"]).post(editions_url("add"), facts)
        assert answer.context_data["form"].errors["number"]
        assert Edition.objects.filter(number=draft.number).count() == 1

    @pytest.mark.parametrize("number", ["", "1", "1.2.3.4", "01.2", "1,2", "../1.2", "1.٢", "9999.1"])
    def test_an_odd_number_is_refused(self, crew, draft, number):
        answer = log_in(crew["maker"]).post(
            editions_url("add"), {"language": "pl", "number": number, "date": "2026-11-30"}
        )
        assert answer.context_data["form"].errors["number"]

    def test_chapters_under_review_are_named_and_their_approved_text_is_taken_once_that_is_said(self, crew, draft):
        chapter = factories.chapter(title="W redakcji", slug="w-redakcji", body=[("text", "<p>Stare.</p>")])
        chapter.body = [("text", "<p>Niezatwierdzone.</p>")]
        author = person("autorka", roles.AUTHORS)
        chapter.save_revision(user=author)
        submit(fresh(chapter), author)
        browser = log_in(crew["maker"])
        facts = {"language": "pl", "number": "3.0", "date": "2026-11-30", "notes": ""}
        asked = browser.post(editions_url("add"), facts)
        assert "W redakcji" in str(asked.context_data["form"].errors["takes_approved"])
        assert not Edition.objects.filter(number="3.0").exists()
        assert browser.post(editions_url("add"), {**facts, "takes_approved": "on"}).status_code == 302
        content = str(Edition.objects.get(number="3.0").source.content)
        assert "Stare." in content
        assert "Niezatwierdzone" not in content


class TestJob:
    def test_what_a_job_left_when_it_was_killed_is_nothing_and_it_can_be_repeated(self, crew, draft, monkeypatch):
        edition = begun(crew["maker"], "4.0")

        def killed(*_args, **_kwargs):
            raise SystemExit

        monkeypatch.setattr(making, "attach", killed)
        with pytest.raises(SystemExit):
            make_edition.func(edition.build.pk)
        monkeypatch.undo()
        assert newest(edition).files == {}
        EditionBuild.objects.update(changed_at=factories.moment(-1))
        assert log_in(crew["maker"]).post(reverse("catalog_edition_again", args=[edition.pk])).status_code == 302
        assert fresh(edition.build).is_under_way
        make_edition.func(edition.build.pk)
        assert newest(edition).has_files

    def test_a_second_job_for_the_same_edition_does_nothing(self, crew, draft):
        revision = fresh(draft).latest_revision_id
        make_edition.func(draft.build.pk)
        assert fresh(draft).latest_revision_id == revision

    def test_what_typst_refuses_is_said_with_chapter_and_block(self, crew, draft):
        content = {**draft.source.content}
        part = content["parts"][0]
        broken = {"kind": "h", "level": 4, "runs": [{"s": "Za nisko"}], "id": "", "block": 7}
        chapter = {**part["chapters"][0], "nodes": [*part["chapters"][0]["nodes"], broken]}
        content["parts"] = [{**part, "chapters": [chapter]}]
        edition = Edition(number="9.9", language="pl", date=factories.day())
        with pytest.raises(making.NotMadeError, match=r"Po co KDO.*7"):
            making.files_of(edition, {**content, "parts": [{**part, "chapters": [{**chapter, "nodes": [broken]}]}]})

    def test_a_picture_that_has_changed_is_refused(self, draft):
        content = {**draft.source.content, "pictures": {"1.png": {"pk": 999_999, "hash": "x"}}}
        with pytest.raises(making.NotMadeError):
            making.files_of(draft, content)

    def test_how_far_it_is_can_be_asked(self, crew, draft):
        answer = log_in(crew["reviewer"]).get(reverse("catalog_edition_progress", args=[draft.pk])).json()
        assert answer["goes_on"] is False
        assert newest(draft).files["pdf"]["sha256"] in answer["html"]


class TestPublic:
    @pytest.fixture
    def address(self, public):
        return f"{page().url}{public.number}/"

    def file(self, public, kind="pdf"):
        return f"{page().url}{public.number}/{public.file_name(kind, page().file_slug)}"

    def test_the_list_and_the_page_name_files_sizes_sums_licence_and_reference(self, client, public, address):
        listed = client.get(page().url).content.decode()
        alone = client.get(address).content.decode()
        for shown in (listed, alone):
            assert public.files["pdf"]["sha256"] in shown
            assert self.file(public, "epub") in shown
            assert "CC BY 4.0" in shown
        assert f'<link rel="canonical" href="http://localhost:8000{address}">' in alone

    def test_a_file_is_served_whole_and_in_parts_with_its_checksum(self, client, public):
        whole = client.get(self.file(public))
        content = b"".join(whole.streaming_content)
        assert hashlib.sha256(content).hexdigest() == public.files["pdf"]["sha256"]
        assert whole.headers["Content-Type"] == "application/pdf"
        part = client.get(self.file(public), headers={"range": "bytes=5-9"})
        assert (part.status_code, b"".join(part.streaming_content)) == (206, content[5:10])

    def test_other_names_and_numbers_are_not_found(self, client, public, draft, address):
        for odd in (f"{address}x.pdf", f"{address}../{public.number}.pdf", address.replace("1.3", draft.number)):
            assert client.get(odd).status_code in (301, 302, 404), odd
        assert client.get(self.file(draft)).status_code == 404

    def test_the_newest_number_comes_first(self, public):
        rows = [Edition(number=number, language="pl") for number in ("1.9", "1.10", "1.2.1")]
        assert [row.number for row in sorted(rows, key=lambda row: row.order)] == ["1.2.1", "1.9", "1.10"]

    def test_the_list_costs_the_same_for_one_and_for_many(self, client, public, django_assert_max_num_queries):
        address = page().url
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(f"{address}?x=1")
