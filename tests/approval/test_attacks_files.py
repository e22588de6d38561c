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
from tests.approval.scene import crew, published
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


def image_of(user):
    file = ImageFile(BytesIO(png("white")), name="courtyard.png")
    return SiteImage.objects.create(title="Courtyard", description="A bench", file=file, uploaded_by_user=user)


def document_of(user):
    file = ContentFile(b"%PDF-1.4 approved", name="rules.pdf")
    return SiteDocument.objects.create(title="Rules", file=file, uploaded_by_user=user)


@pytest.fixture
def image(autorka):
    """That nothing shows."""
    return image_of(autorka)


@pytest.fixture
def document(autorka):
    """That nothing offers."""
    return document_of(autorka)


@pytest.fixture(scope="module")
def scenes(module_tree):
    author, *_others = crew()
    made = {}
    for state in STATES:
        image, document = image_of(author), document_of(author)
        title = f"With files, {state}"
        fields = {"lead_image": image, "lead_image_alt": "A bench", "body": [("documents", [document])]}
        if state == "submitted":
            page = draft_of(author, title, **fields)
            submit(page, author)
        else:
            page = published(title, go_live_at=in_an_hour() if state == "scheduled" else None, **fields)
        made[state] = page, image, document
    return made


@pytest.fixture
def shown_in(scenes, db):
    """`shown_in("public")`: a news item in that state, its picture and its document."""
    return lambda state: tuple(map(fresh, scenes[state]))


def image_form(image, **changes):
    values = {"title": image.title, "description": image.description, "credit": "", "tags": ""}
    return {**values, "collection": str(image.collection_id), **changes}


def document_form(document, **changes):
    return {"title": document.title, "collection": str(document.collection_id), "tags": "", **changes}


def as_readers_meet(thing):
    thing = fresh(thing)
    with thing.file.open("rb") as file:
        return {**{name: getattr(thing, name) for name in ("title", "file", "collection_id")}, "bytes": file.read()}


# --- Pictures -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_another_file_under_the_same_picture(client_as, autorka, shown_in, state):
    page, image, _document = shown_in(state)
    before = as_readers_meet(image)
    with nothing_changes_for_visitors(page):
        file = SimpleUploadedFile("courtyard.png", png("black"), "image/png")
        answer = client_as(autorka).post(reverse("wagtailimages:edit", args=[image.pk]), image_form(image, file=file))
        assert answer.status_code == 200
        assert page.title in answer.content.decode()
    assert as_readers_meet(image) == before


@pytest.mark.parametrize("who", WHO)
def test_other_words_for_a_picture_in_use(client_as, pages, shown_in, who):
    page, image, _document = shown_in("public")
    browser, before = client_as(pages(who)), as_readers_meet(image)
    focal_point = dict(zip(("x", "y", "width", "height"), "3322", strict=True))
    with nothing_changes_for_visitors(page):
        for changes in (
            {"title": SMUGGLED},
            {"description": SMUGGLED},
            {"credit": SMUGGLED},
            {f"focal_point_{name}": value for name, value in focal_point.items()},
        ):
            url = reverse("wagtailimages:edit", args=[image.pk])
            assert refused_politely(browser.post(url, image_form(image, **changes))), changes
            now = fresh(image)
            assert as_readers_meet(now) == before, changes
            assert (now.description, now.credit, now.focal_point_x) == ("A bench", "", None), changes


def test_deleting_a_picture_in_use(client_as, pages, shown_in):
    page, image, _document = shown_in("public")
    bulk = reverse("wagtail_bulk_action", args=["home", "siteimage", "delete"])
    with nothing_changes_for_visitors(page):
        for who in WHO:
            browser = client_as(pages(who))
            assert refused_politely(browser.post(reverse("wagtailimages:delete", args=[image.pk])))
            assert refused_politely(browser.post(f"{bulk}?id={image.pk}&next=/admin/"))
            assert refused_politely(browser.post(reverse("wagtailimages:delete_multiple", args=[image.pk])))
            assert SiteImage.objects.filter(pk=image.pk).exists(), who
    assert as_readers_meet(image)


def test_the_upload_form_for_many_files(client_as, autorka, shown_in):
    page, image, _document = shown_in("public")
    before = as_readers_meet(image)
    with nothing_changes_for_visitors(page):
        form = {f"image-{image.pk}-{name}": value for name, value in image_form(image, title=SMUGGLED).items()}
        url = reverse("wagtailimages:edit_multiple", args=[image.pk])
        answer = client_as(autorka).post(url, form, headers={"x-requested-with": "XMLHttpRequest"})
        assert refused_politely(answer)
    assert as_readers_meet(image) == before


def test_a_picture_moved_to_a_collection_in_bulk(client_as, redaktorka, shown_in):
    page, image, document = shown_in("public")
    closed = Collection.get_first_root_node().add_child(name="Closed")
    with nothing_changes_for_visitors(page):
        for app, model, thing in (("home", "siteimage", image), ("home", "sitedocument", document)):
            url = reverse("wagtail_bulk_action", args=[app, model, "add_to_collection"])
            answer = client_as(redaktorka).post(f"{url}?id={thing.pk}&next=/admin/", {"collection": str(closed.pk)})
            assert refused_politely(answer)
            assert fresh(thing).collection_id == thing.collection_id


def test_a_picture_changed_in_a_shell(shown_in):
    _page, image, _document = shown_in("public")
    image.description = SMUGGLED
    with pytest.raises(RefusedError):
        image.save()
    for call in (image.delete, SiteImage.objects.filter(pk=image.pk).delete):
        with pytest.raises((RefusedError, ProtectedError)):
            call()


def test_tags_of_a_picture_in_use_are_free(client_as, autorka, shown_in):
    _page, image, _document = shown_in("public")
    answer = client_as(autorka).post(
        reverse("wagtailimages:edit", args=[image.pk]), image_form(image, tags="courtyard, bench")
    )
    assert answer.status_code == 302
    assert {tag.name for tag in fresh(image).tags.all()} == {"courtyard", "bench"}


@pytest.mark.parametrize("is_in_a_draft", (True, False))
def test_a_picture_that_visitors_do_not_meet_can_change(client_as, autorka, image, is_in_a_draft):
    if is_in_a_draft:
        draft_of(autorka, "With a picture", lead_image=image, lead_image_alt="A bench")
    answer = client_as(autorka).post(
        reverse("wagtailimages:edit", args=[image.pk]), image_form(image, description="Two benches")
    )
    assert answer.status_code == 302
    assert fresh(image).description == "Two benches"


def test_picture_and_document_are_free_again_once_their_page_was_taken_down(client_as, koordynatorka, shown_in):
    page, image, document = shown_in("public")
    client_as(koordynatorka).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert file_protection.places(fresh(image)) == []
    assert Client().get(document.url).status_code == 404


# --- Documents ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_another_file_or_title_of_a_document_in_use(client_as, pages, shown_in, state):
    page, _image, document = shown_in(state)
    before, url = as_readers_meet(document), reverse("wagtaildocs:edit", args=[document.pk])
    with nothing_changes_for_visitors(page):
        for who in WHO:
            for changes in ({"title": SMUGGLED}, {"file": SimpleUploadedFile("rules.pdf", b"%PDF-1.4 smuggled")}):
                answer = client_as(pages(who)).post(url, document_form(document, **changes))
                assert refused_politely(answer)
                assert as_readers_meet(document) == before, (who, changes)


def test_deleting_a_document_in_use(client_as, pages, shown_in):
    page, _image, document = shown_in("public")
    bulk = reverse("wagtail_bulk_action", args=["home", "sitedocument", "delete"])
    with nothing_changes_for_visitors(page):
        for who in WHO:
            browser = client_as(pages(who))
            assert refused_politely(browser.post(reverse("wagtaildocs:delete", args=[document.pk])))
            assert refused_politely(browser.post(f"{bulk}?id={document.pk}&next=/admin/"))
            assert SiteDocument.objects.filter(pk=document.pk).exists(), who


def test_a_document_attached_in_a_row_of_its_own(autorka, redaktorka, koordynatorka, document):
    page = draft_of(autorka, "Attached")
    page.attachment_items.add(NewsAttachment(document=document))
    page.save_revision(user=autorka)
    publish_properly(page, autorka, redaktorka, koordynatorka)
    assert [place.title for place in file_protection.places(document)] == ["Attached"]
    with pytest.raises(RefusedError, match="Attached"):
        document.delete()


def test_hiding_the_document_of_a_public_text_in_a_closed_collection(client_as, admin, shown_in):
    """Its own one, and one above it."""
    _page, _image, document = shown_in("public")
    root, browser = Collection.get_first_root_node(), client_as(admin)
    assert document.collection == root
    url = reverse("wagtailadmin_collections:set_privacy", args=[root.pk])
    for own in (root, root.add_child(name="Rules")):
        SiteDocument.objects.filter(pk=document.pk).update(collection=own)
        assert refused_politely(browser.post(url, {"restriction_type": "login"}))
        assert Client().get(document.url).status_code == 200, own


# --- Guessed addresses ------------------------------------------------------------------------


def test_visitors_get_the_documents_of_public_texts_only(client_as, redaktorka, document, shown_in):
    """Number and name of a document can be guessed; before its text is approved there is nothing to be had."""
    documents = {None: document} | {state: shown_in(state)[2] for state in STATES}
    for state, one in documents.items():
        assert Client().get(one.url).status_code == (200 if state == "public" else 404), state
        assert client_as(redaktorka).get(one.url).status_code == 200, state
