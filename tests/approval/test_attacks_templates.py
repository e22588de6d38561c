"""Attacks on document templates: people send to City Hall what they download, so nobody changes a file alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from approval.models import Act, LedgerEntry
from approval.publish_guard import NotApprovedError
from catalog.models import DocumentTemplate
from home.models import SiteDocument
from tests import factories
from tests.approval.scene import crew
from tests.home.files import archive
from tests.workflow import SMUGGLED, fresh, publish_properly, refused_politely, submit, take_step

pytestmark = pytest.mark.django_db
EVERYBODY = ("autorka", "redaktorka", "koordynatorka", "tlumaczka", "admin")


def template_url(name, *args):
    return reverse(f"wagtailsnippets_catalog_documenttemplate:{name}", args=args)


@pytest.fixture(scope="module")
def made_once(module_tree):
    author, reviewer, approver, _translator = crew()
    made = factories.document_template(live=False, key="application", title="Wniosek")
    made.save_revision(user=author)
    return publish_properly(made, author, reviewer, approver).pk


@pytest.fixture
def application(made_once, db) -> DocumentTemplate:
    return DocumentTemplate.objects.get(pk=made_once)


@pytest.fixture
def visitor():
    """Who reads the page of templates, and what its link leads to."""

    def meets() -> tuple[str, str, bool]:
        client = Client()
        page = client.get("/katalog/wzory/").content.decode()
        file = client.get("/katalog/wzory/application.docx")
        return page, file.headers.get("Location", ""), client.get(file.headers.get("Location", "/")).status_code == 200

    return meets


def values(application: DocumentTemplate, **changes) -> dict:
    return {"key": "application", "title": application.title, "purpose": application.purpose, "place": "1",
            "docx": application.docx_id, **changes}  # fmt: skip


def test_a_template_goes_the_way_of_every_text(application, visitor):
    assert application.live
    assert visitor()[1] == application.docx.url
    assert visitor()[2]


def test_another_file_is_offered_by_nobody_alone(client_as, pages, application, visitor):
    before, other = visitor(), factories.word_file(SMUGGLED)
    for who in EVERYBODY:
        for action in ({"action-publish": "1"}, {}):
            form = values(application, docx=other.pk, title=SMUGGLED, **action)
            assert refused_politely(client_as(pages(who)).post(template_url("edit", application.pk), form)), who
            assert visitor() == before, who
    assert Client().get(other.url).status_code == 404


def test_the_file_of_a_draft_is_served_to_nobody(application):
    draft = factories.document_template(live=False, key="note", title=SMUGGLED)
    for address in ("/katalog/wzory/note.docx", "/en/catalogue/templates/note.docx", draft.docx.url):
        assert Client().get(address).status_code == 404, address
    assert SMUGGLED not in Client().get("/katalog/wzory/").content.decode()


def test_a_template_in_a_shell(application, visitor):
    before, application.docx = visitor(), factories.word_file(SMUGGLED)
    with pytest.raises(NotApprovedError):
        application.save()
    assert visitor() == before


def test_a_file_approved_by_whoever_chose_it(client_as, koordynatorka, redaktorka, application, visitor):
    before, application.docx = visitor(), factories.word_file(SMUGGLED)
    application.save_revision(user=koordynatorka)
    submit(application, koordynatorka)
    take_step(application, redaktorka)
    state = fresh(application).current_workflow_task_state
    browser = client_as(koordynatorka)
    assert refused_politely(browser.post(template_url("workflow_action", application.pk, "approve", state.pk)))
    assert refused_politely(browser.post(reverse("newsroom:decide", args=[state.pk]), {"action": "approve"}))
    assert visitor() == before


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_is_in_the_file_of_a_public_template_stays(client_as, pages, application, visitor, who):
    before, old = visitor(), application.docx.file.name
    file = SimpleUploadedFile("wzor.docx", b"PK other")
    form = {"title": SMUGGLED, "language": "pl", "collection": application.docx.collection_id, "tags": "", "file": file}
    address = reverse("wagtaildocs:edit", args=[application.docx_id])
    assert refused_politely(client_as(pages(who)).post(address, form))
    assert refused_politely(client_as(pages(who)).post(reverse("wagtaildocs:delete", args=[application.docx_id])))
    assert SiteDocument.objects.get(pk=application.docx_id).file.name == old
    assert visitor() == before


def test_a_template_is_taken_down_by_a_coordinator_alone(client_as, pages, application):
    for who in ("autorka", "redaktorka", "tlumaczka", "koordynatorka"):
        assert fresh(application).live, who
        client_as(pages(who)).post(template_url("unpublish", application.pk), {"reason": "Nieaktualny."})
    assert not fresh(application).live
    entry = LedgerEntry.objects.for_instance(application).get(act=Act.TAKEN_DOWN)
    assert (entry.user, entry.reason) == (pages("koordynatorka"), "Nieaktualny.")


def test_a_public_key_stays_although_a_form_says_another(client_as, autorka, application):
    form = values(application, key="inny-adres")
    client_as(autorka).post(template_url("edit", application.pk), form)
    assert fresh(application).get_latest_revision_as_object().key == "application"


def test_a_translator_changes_no_original_and_no_key(client_as, tlumaczka, application):
    twin = DocumentTemplate.objects.get(translation_key=application.translation_key, locale__language_code="en")
    browser = client_as(tlumaczka)
    assert refused_politely(browser.post(template_url("edit", application.pk), values(application, title=SMUGGLED)))
    english = factories.word_file("Application", "en")
    browser.post(template_url("edit", twin.pk), values(twin, key="x", title="Application", docx=english.pk))
    saved = fresh(twin).get_latest_revision_as_object()
    assert (saved.title, saved.docx, saved.key) == ("Application", english, "application")
    assert fresh(application).get_latest_revision_as_object().title == "Wniosek"


def test_a_template_with_a_macro_never_becomes_a_document(client_as, autorka):
    content = archive(**{"[Content_Types]": "wordprocessingml.document.main+xml", "word__vbaProject": "x"})
    file = SimpleUploadedFile("wzor.docx", content)
    form = {"title": "Makro", "language": "pl", "collection": "1", "tags": "", "file": file}
    answer = client_as(autorka).post(reverse("wagtaildocs:add"), form)
    assert answer.status_code == 200
    assert "makra" in answer.content.decode()
    assert not SiteDocument.objects.filter(title="Makro").exists()


def test_another_kind_of_file_in_the_form_is_refused_in_words(client_as, autorka, application):
    pdf = factories.document("Regulamin")
    form = values(application, docx=pdf.pk) | {"action-submit": "1"}
    answer = client_as(autorka).post(template_url("edit", application.pk), form)
    assert "„Regulamin” to plik PDF. Wybierz tu plik DOCX." in answer.content.decode().replace("&quot;", '"')
    assert fresh(application).get_latest_revision_as_object().docx == application.docx


def test_the_redirect_of_an_old_file_leads_nowhere_else(client_as, koordynatorka, application, visitor):
    """Whoever may write redirects sends readers of a public file nowhere: the file answers before any redirect."""
    form = {"old_path": application.docx.url, "site": "", "is_permanent": "", "redirect_link": "https://example.org/"}
    before = visitor()
    assert refused_politely(client_as(koordynatorka).post(reverse("wagtailredirects:add"), form))
    assert visitor() == before
