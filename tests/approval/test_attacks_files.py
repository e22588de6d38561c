"""Attacks on pictures and files that visitors meet: their file, their words, their existence."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from approval import file_protection
from approval.refusals import RefusedError
from home.models import SiteDocument, SiteImage
from news.models import NewsAttachment
from tests.workflow import (
    SMUGGLED,
    draft_of,
    fresh,
    in_an_hour,
    nothing_changes_for_visitors,
    publish_properly,
    refused_politely,
    submit,
)

# The uploader is autorka: she may change her own files.
WHO = ("autorka", "redaktorka", "koordynatorka", "admin")
STATES = ("public", "scheduled", "submitted")


def png(colour: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def image(autorka):
    file = ImageFile(BytesIO(png("white")), name="courtyard.png")
    return SiteImage.objects.create(title="Courtyard", description="A bench", file=file, uploaded_by_user=autorka)


@pytest.fixture
def document(autorka):
    file = ContentFile(b"%PDF-1.4 approved", name="rules.pdf")
    return SiteDocument.objects.create(title="Rules", file=file, uploaded_by_user=autorka)


@pytest.fixture
def shown_in(autorka, redaktorka, koordynatorka, image, document):
    """`shown_in("public")`: a news item in that state, with the picture and the document."""

    def make(state):
        fields = {"lead_image": image, "lead_image_alt": "A bench", "body": [("documents", [document])]}
        if state == "scheduled":
            fields["go_live_at"] = in_an_hour()
        page = draft_of(autorka, f"With files, {state}", **fields)
        if state == "submitted":
            submit(page, autorka)
            return fresh(page)
        if state == "draft":
            return page
        return publish_properly(page, autorka, redaktorka, koordynatorka)

    return make


def image_form(image, **changes):
    values = {"title": image.title, "description": image.description, "credit": "", "tags": ""}
    return {**values, "collection": str(image.collection_id), **changes}


def document_form(document, **changes):
    return {"title": document.title, "collection": str(document.collection_id), "tags": "", **changes}


def as_readers_meet(thing):
    thing = type(thing).objects.get(pk=thing.pk)
    with thing.file.open("rb") as file:
        return {**{name: getattr(thing, name) for name in ("title", "file", "collection_id")}, "bytes": file.read()}


# --- Pictures -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_another_file_under_the_same_picture(client_as, autorka, image, shown_in, state):
    page, before = shown_in(state), as_readers_meet(image)
    with nothing_changes_for_visitors(page):
        file = SimpleUploadedFile("courtyard.png", png("black"), "image/png")
        answer = client_as(autorka).post(reverse("wagtailimages:edit", args=[image.pk]), image_form(image, file=file))
        assert answer.status_code == 200
        assert page.title in answer.content.decode()
    assert as_readers_meet(image) == before


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    "changes", ({"title": SMUGGLED}, {"description": SMUGGLED}, {"credit": SMUGGLED}, {"focal_point_x": "3"})
)
def test_other_words_for_a_picture_in_use(client_as, pages, image, shown_in, who, changes):
    page, before = shown_in("public"), as_readers_meet(image)
    if "focal_point_x" in changes:
        changes = {**changes, "focal_point_y": "3", "focal_point_width": "2", "focal_point_height": "2"}
    with nothing_changes_for_visitors(page):
        url = reverse("wagtailimages:edit", args=[image.pk])
        assert refused_politely(client_as(pages(who)).post(url, image_form(image, **changes)))
    now = SiteImage.objects.get(pk=image.pk)
    assert as_readers_meet(now) == before
    assert (now.description, now.credit, now.focal_point_x) == ("A bench", "", None)


@pytest.mark.parametrize("who", WHO)
def test_deleting_a_picture_in_use(client_as, pages, image, shown_in, who):
    page = shown_in("public")
    with nothing_changes_for_visitors(page):
        browser = client_as(pages(who))
        assert refused_politely(browser.post(reverse("wagtailimages:delete", args=[image.pk])))
        url = reverse("wagtail_bulk_action", args=["home", "siteimage", "delete"])
        assert refused_politely(browser.post(f"{url}?id={image.pk}&next=/admin/"))
        assert refused_politely(browser.post(reverse("wagtailimages:delete_multiple", args=[image.pk])))
    assert as_readers_meet(image)


def test_the_upload_form_for_many_files(client_as, autorka, image, shown_in):
    page, before = shown_in("public"), as_readers_meet(image)
    with nothing_changes_for_visitors(page):
        form = {f"image-{image.pk}-{name}": value for name, value in image_form(image, title=SMUGGLED).items()}
        url = reverse("wagtailimages:edit_multiple", args=[image.pk])
        answer = client_as(autorka).post(url, form, headers={"x-requested-with": "XMLHttpRequest"})
        assert refused_politely(answer)
    assert as_readers_meet(image) == before


def test_a_picture_moved_to_a_collection_in_bulk(client_as, redaktorka, image, document, shown_in):
    page = shown_in("public")
    closed = Collection.get_first_root_node().add_child(name="Closed")
    with nothing_changes_for_visitors(page):
        for app, model, thing in (("home", "siteimage", image), ("home", "sitedocument", document)):
            url = reverse("wagtail_bulk_action", args=[app, model, "add_to_collection"])
            answer = client_as(redaktorka).post(f"{url}?id={thing.pk}&next=/admin/", {"collection": str(closed.pk)})
            assert refused_politely(answer)
            assert type(thing).objects.get(pk=thing.pk).collection_id == thing.collection_id


def test_a_picture_changed_in_a_shell(image, shown_in):
    shown_in("public")
    image.description = SMUGGLED
    with pytest.raises(RefusedError):
        image.save()
    for call in (image.delete, SiteImage.objects.filter(pk=image.pk).delete):
        with pytest.raises((RefusedError, ProtectedError)):
            call()


def test_tags_of_a_picture_in_use_are_free(client_as, autorka, image, shown_in):
    shown_in("public")
    answer = client_as(autorka).post(
        reverse("wagtailimages:edit", args=[image.pk]), image_form(image, tags="courtyard, bench")
    )
    assert answer.status_code == 302
    assert {tag.name for tag in SiteImage.objects.get(pk=image.pk).tags.all()} == {"courtyard", "bench"}


@pytest.mark.parametrize("state", ("draft", None))
def test_a_picture_that_visitors_do_not_meet_can_change(client_as, autorka, image, shown_in, state):
    if state:
        shown_in(state)
    answer = client_as(autorka).post(
        reverse("wagtailimages:edit", args=[image.pk]), image_form(image, description="Two benches")
    )
    assert answer.status_code == 302
    assert SiteImage.objects.get(pk=image.pk).description == "Two benches"


def test_a_picture_is_free_again_once_its_page_was_taken_down(client_as, koordynatorka, image, shown_in):
    page = shown_in("public")
    client_as(koordynatorka).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert file_protection.places(SiteImage.objects.get(pk=image.pk)) == []


# --- Documents ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", WHO)
def test_another_file_or_title_of_a_document_in_use(client_as, pages, document, shown_in, who, state):
    page, before = shown_in(state), as_readers_meet(document)
    url = reverse("wagtaildocs:edit", args=[document.pk])
    with nothing_changes_for_visitors(page):
        for changes in ({"title": SMUGGLED}, {"file": SimpleUploadedFile("rules.pdf", b"%PDF-1.4 smuggled")}):
            answer = client_as(pages(who)).post(url, document_form(document, **changes))
            assert refused_politely(answer)
    assert as_readers_meet(document) == before


@pytest.mark.parametrize("who", WHO)
def test_deleting_a_document_in_use(client_as, pages, document, shown_in, who):
    page = shown_in("public")
    with nothing_changes_for_visitors(page):
        browser = client_as(pages(who))
        assert refused_politely(browser.post(reverse("wagtaildocs:delete", args=[document.pk])))
        url = reverse("wagtail_bulk_action", args=["home", "sitedocument", "delete"])
        assert refused_politely(browser.post(f"{url}?id={document.pk}&next=/admin/"))
    assert SiteDocument.objects.filter(pk=document.pk).exists()


def test_a_document_attached_in_a_row_of_its_own(autorka, redaktorka, koordynatorka, document):
    page = draft_of(autorka, "Attached")
    page.attachment_items.add(NewsAttachment(document=document))
    page.save_revision(user=autorka)
    publish_properly(page, autorka, redaktorka, koordynatorka)
    assert [place.title for place in file_protection.places(document)] == ["Attached"]
    with pytest.raises(RefusedError, match="Attached"):
        document.delete()


@pytest.mark.parametrize("above", (True, False))
def test_hiding_the_document_of_a_public_text_in_a_closed_collection(client_as, admin, document, shown_in, above):
    own = document.collection if above else document.collection.add_child(name="Rules")
    if not above:
        SiteDocument.objects.filter(pk=document.pk).update(collection=own)
    shown_in("public")
    url = reverse("wagtailadmin_collections:set_privacy", args=[Collection.get_first_root_node().pk])
    assert refused_politely(client_as(admin).post(url, {"restriction_type": "login"}))
    assert Client().get(document.url).status_code == 200


# --- Guessed addresses ------------------------------------------------------------------------


@pytest.mark.parametrize("state", ("public", "scheduled", "submitted", None))
def test_visitors_get_the_documents_of_public_texts_only(client_as, redaktorka, document, shown_in, state):
    """Number and name of a document can be guessed; before its text is approved there is nothing to be had."""
    if state:
        shown_in(state)
    assert Client().get(document.url).status_code == (200 if state == "public" else 404)
    assert client_as(redaktorka).get(document.url).status_code == 200


def test_documents_go_when_their_text_is_taken_down(koordynatorka, document, shown_in):
    shown_in("public").unpublish(user=koordynatorka)
    assert Client().get(document.url).status_code == 404
