"""Document templates: all on one page and in their chapters, at addresses that stay when a file is replaced."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale

from catalog.models import DocumentTemplate, TemplatesPage
from home import file_texts
from home.models import SiteDocument
from tests import factories
from tests.reading import document as parsed
from tests.reading import found, source, words

pytestmark = pytest.mark.django_db
SEARCHES = True
FILES = Path(__file__).resolve().parent.parent.parent / "catalog" / "document_files"
PAGE, ENGLISH_PAGE = "/katalog/wzory/", "/en/catalogue/templates/"
ADDRESS = f"{PAGE}application.docx"


def file_of(language: str = "pl", extension: str = "docx", name: str = "") -> SiteDocument:
    stem = {"pl": "wniosek-o-utworzenie-kdo", "en": "application-to-create-a-kdo"}[language]
    content = (FILES / language / f"{stem}.{extension}").read_bytes()
    named = f"{name or stem}.{extension}"
    return SiteDocument.objects.create(title=name or "Wniosek", language=language, file=ContentFile(content, named))


def template(*, live: bool = True, **fields) -> DocumentTemplate:
    values = {"key": "application", "title": "Wniosek o utworzenie KDO", "purpose": "Po co jest.", **fields}
    values.setdefault("docx", file_of())
    made = DocumentTemplate.objects.create(locale=Locale.get_default(), live=False, **values)
    made.save_revision()
    if live:
        factories.publish(made)
    return DocumentTemplate.objects.get(pk=made.pk)


@pytest.fixture(scope="module")
def made_once(module_tree) -> SimpleNamespace:
    chapter = factories.chapter(title="Wniosek krok po kroku", slug="wniosek")
    made = template(chapter=chapter, odt=file_of(extension="odt"), pdf=file_of(extension="pdf"))
    chapter.body = [("templates", [made])]
    factories.publish(chapter)
    return SimpleNamespace(chapter=chapter, template=made.pk)


@pytest.fixture
def chapter(made_once):
    return type(made_once.chapter).objects.get(pk=made_once.chapter.pk)


@pytest.fixture
def application(made_once, db) -> DocumentTemplate:
    return DocumentTemplate.objects.get(pk=made_once.template)


@pytest.fixture
def published(django_capture_on_commit_callbacks):
    def publish(thing) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            factories.publish(thing)

    return publish


def twin_of(one: DocumentTemplate) -> DocumentTemplate:
    return DocumentTemplate.objects.get(translation_key=one.translation_key, locale__language_code="en")


def shown(client, address: str) -> str:
    return source(client.get(address)).replace("\xa0", " ")


# --- What readers find


def test_all_templates_stand_on_one_page_with_their_chapter_and_files(client, application, chapter):
    page = parsed(client.get(PAGE))
    item = page.xpath("//ul[@class='templates']/li")[0]
    for said in ("Wniosek o utworzenie KDO", "Po co jest.", "DOCX", "ODT", "PDF", "KB"):
        assert said in words(item).replace("\xa0", " "), said
    links = item.xpath(".//a/@href")
    assert links == [f"{PAGE}application.{extension}" for extension in ("docx", "odt", "pdf")]
    assert chapter.url in page.xpath("//main//h2//a/@href")


def test_each_link_says_which_template_it_is(client, application):
    links = parsed(client.get(PAGE)).xpath("//ul[@class='templates-files']//a")
    assert len({words(link) for link in links}) == len(links)
    assert all("Wniosek o utworzenie" in words(link) for link in links)


def test_a_file_is_had_at_its_address_that_stays(client, application):
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.url) == (302, application.docx.url)
    assert answer.headers["Cache-Control"] == "no-cache"
    file = client.get(answer.url)
    assert file.status_code == 200
    assert b"".join(file.streaming_content)[:2] == b"PK"
    assert "wniosek-o-utworzenie-kdo" in file.headers["Content-Disposition"]
    again = client.get(answer.url, headers={"if-none-match": file.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["application.doc", "nic.docx", "application.docx/", ".pdf"])
def test_what_is_not_there_is_not_found(client, application, name):
    assert client.get(f"{PAGE}{name}").status_code == 404
    assert client.post(ADDRESS).status_code == 405


def test_a_template_without_a_kind_of_file_offers_none(client):
    template(key="note", title="Notatka")
    assert client.get(f"{PAGE}note.docx").status_code == 302
    assert client.get(f"{PAGE}note.pdf").status_code == 404
    assert f"{PAGE}note.pdf" not in shown(client, PAGE)


def test_the_front_page_of_the_handbook_leads_to_them_from_where_one_begins(client, application):
    factories.chapter(title="Pierwszy", slug="pierwszy")
    links = parsed(client.get("/katalog/")).xpath(f"//main//a[@href='{PAGE}']")
    assert len(links) >= 2  # beside the chapters, and after the last beginning


def test_nothing_is_advertised_before_there_is_one(client):
    DocumentTemplate.objects.update(live=False)
    with override("pl"):
        assert "templates-files" not in shown(client, PAGE)
        assert "Nie ma jeszcze" in shown(client, PAGE)


def test_a_chapter_offers_what_is_public_of_its_templates(client, application, chapter, published):
    draft = template(live=False, key="note", title="Notatka niegotowa")
    chapter.body = [("templates", [application, draft])]
    published(chapter)
    assert f'href="{ADDRESS}"' in shown(client, chapter.url)
    assert "Notatka niegotowa" not in shown(client, chapter.url)
    published(draft)
    assert "Notatka niegotowa" in shown(client, chapter.url)


def test_words_of_a_template_are_words(client, application, published):
    application.title = application.purpose = "<script>alert(1)</script>"
    published(application)
    assert "<script>alert" not in shown(client, PAGE)
    assert "&lt;script&gt;alert" in shown(client, PAGE)


# --- Files that are replaced


def test_a_new_file_is_served_once_it_is_approved_and_the_old_address_leads_to_it(client, application, published):
    old, new = application.docx, file_of(name="nowy-wniosek")
    application.docx = new
    application.save_revision()
    assert client.get(ADDRESS).url == old.url
    assert client.get(new.url).status_code == 404
    assert client.get(old.url).status_code == 200
    published(application)
    assert client.get(ADDRESS).url == new.url
    assert client.get(new.url).status_code == 200
    answer = client.get(old.url)
    assert (answer.status_code, answer.url) == (302, ADDRESS)


def test_an_old_file_that_was_deleted_still_leads_to_the_new_one(client, application, published):
    old = application.docx.url
    deleted, application.docx = application.docx, file_of(name="nowy-wniosek")
    published(application)
    factories.remove(deleted)
    assert client.get(old).url == ADDRESS


def test_a_file_that_comes_back_is_served_itself_again(client, application, published):
    old, application.docx = application.docx, file_of(name="nowy-wniosek")
    published(application)
    application.docx = old
    published(application)
    assert client.get(old.url).status_code == 200
    assert client.get(ADDRESS).url == old.url


def test_the_files_of_a_template_that_was_taken_down_are_gone(
    client, application, chapter, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), factories.publish_guard.trusted_command("tests"):
        application.unpublish()
    assert client.get(ADDRESS).status_code == 404
    assert client.get(application.docx.url, follow=True).status_code == 404
    assert "templates-files" not in shown(client, PAGE)
    assert "templates-files" not in shown(client, chapter.url)


# --- What is refused, in words


def test_a_file_of_another_kind_is_refused_beside_its_field(application):
    application.odt = application.docx
    with override("pl"), pytest.raises(ValidationError) as refused:
        application.full_clean()
    assert refused.value.message_dict == {"odt": ["„Wniosek” to plik DOCX. Wybierz tu plik ODT."]}


def test_a_file_in_another_language_is_refused(application):
    application.docx = file_of("en")
    with pytest.raises(ValidationError) as refused:
        application.full_clean()
    assert set(refused.value.message_dict) == {"docx"}


@pytest.mark.parametrize("key", ["Wniosek", "wniosek o kdo", "wniosek_kdo", "-wniosek", "wniosek.docx", "żółw"])
def test_an_address_has_plain_letters(application, key):
    application.key = key
    with pytest.raises(ValidationError) as refused:
        application.full_clean()
    assert set(refused.value.message_dict) == {"key"}


def test_two_templates_of_one_name_are_refused(application):
    other = DocumentTemplate(locale=application.locale, key="application", title="B", purpose="B", docx=file_of())
    with pytest.raises(ValidationError, match=r"."):
        other.full_clean()


def test_a_template_has_no_last_day(application):
    application.expire_at = factories.moment(3)
    with pytest.raises(ValidationError):
        application.full_clean()


def test_the_public_address_is_no_field_to_change(client_as, redaktorka, application):
    client = client_as(redaktorka)
    page = parsed(client.get(reverse("wagtailsnippets_catalog_documenttemplate:edit", args=[application.pk])))
    assert page.xpath("//input[@name='key']/@disabled")
    twin = parsed(client.get(reverse("wagtailsnippets_catalog_documenttemplate:edit", args=[twin_of(application).pk])))
    assert not twin.xpath("//*[@name='key' or @name='chapter' or @name='place']")
    assert twin.xpath("//*[@name='docx']")


# --- Languages


def test_a_public_template_gets_a_draft_for_its_translator(application):
    draft = twin_of(application)
    assert not draft.live
    assert (draft.title, draft.docx) == (application.title, None)


def test_english_readers_get_the_polish_files_until_there_are_english_ones(client, application, published):
    read = shown(client, ENGLISH_PAGE)
    assert 'lang="pl"' in read and "Wniosek o utworzenie KDO" in read
    assert client.get(f"{ENGLISH_PAGE}application.docx").url == application.docx.url
    twin = twin_of(application)
    twin.title, twin.docx = "Application to create a KDO", file_of("en")
    published(twin)
    assert "Application to create a KDO" in shown(client, ENGLISH_PAGE)
    assert client.get(f"{ENGLISH_PAGE}application.docx").url == twin.docx.url
    assert client.get(ADDRESS).url == application.docx.url
    assert client.get(f"{ENGLISH_PAGE}application.pdf").status_code == 404


def test_an_english_chapter_that_chose_the_polish_template_offers_the_english_one(
    client, application, chapter, published
):
    english = factories.translated(chapter, slug="application")
    twin = twin_of(application)
    twin.title, twin.docx = "Application to create a KDO", file_of("en")
    published(twin)
    assert f'href="{ENGLISH_PAGE}application.docx"' in shown(client, english.url)


# --- Search


def test_the_words_of_the_files_are_found_on_the_page_and_in_the_chapter(
    client, application, chapter, published, django_capture_on_commit_callbacks
):
    published(chapter)
    with django_capture_on_commit_callbacks(execute=True):
        file_texts.read.call(application.docx.pk)
    pages = file_texts.pages_with([application.docx])
    assert pages == {chapter.pk, *TemplatesPage.objects.values_list("pk", flat=True)}
    assert application.docx.pk in chapter.search_files()
    of_page = TemplatesPage.objects.get(locale__language_code="pl")
    assert list(of_page.search_files()) == [application.docx.pk]
    assert chapter.title in found(client.get("/szukaj/?q=dnia+sprawdzenia+zarządzenia"))


# --- Costs


def cost(client, address: str) -> int:
    for _warming in range(2):
        client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_a_page_costs_the_same_for_one_template_and_for_twenty(client, application, chapter, published):
    def costs() -> list[int]:
        return [cost(client, address) for address in (PAGE, ENGLISH_PAGE, chapter.url, ADDRESS)]

    before = costs()
    more = [template(key=f"wzor-{number}", docx=file_of(), odt=file_of(extension="odt")) for number in range(19)]
    chapter.body = [("templates", [application, *more])]
    published(chapter)
    assert costs() == before


def test_a_cold_chapter_asks_for_all_its_templates_at_once(client, application, chapter, published, settings):
    def cold() -> int:
        cache.clear()
        client.get(chapter.url)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(chapter.url)
        return len(asked)

    before = cold()
    chapter.body = [("templates", [application, *(template(key=f"wzor-{number}") for number in range(9))])]
    published(chapter)
    assert cold() == before


def test_the_list_has_originals_first_in_the_order_of_the_chapters(made_once, client_as, koordynatorka):
    english = Locale.objects.get(language_code="en")
    DocumentTemplate.objects.filter(locale=english).update(title="An application")
    template(key="b", title="Ankieta", chapter=factories.chapter(title="Dalej", slug="dalej"), live=False)
    template(key="c", title="Ale bez rozdziału", live=False)
    browser, address = client_as(koordynatorka), "/admin/snippets/catalog/documenttemplate/"
    rows = [row.title for row in browser.get(address).context["object_list"]]
    assert rows == ["Wniosek o utworzenie KDO", "Ankieta", "Ale bez rozdziału", "An application"]
    rows = [row.title for row in browser.get(f"{address}?locale=en").context["object_list"]]
    assert rows == ["An application"]
