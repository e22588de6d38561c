"""What several machines share, and that nothing which they need stays on one of them."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory

from approval import roles
from home.changes import CommittedChange
from home.checks import check_machines_share_what_they_need
from home.models.images import DRAWN_STAND_IN
from home.views import picture
from site_config.storage_url import storage_of
from tests import factories

BUCKET = {"BACKEND": "tests.shared_files.Bucket"}
REDIS = {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "redis://localhost"}


@pytest.fixture
def bucket(settings):
    settings.STORAGES = {**settings.STORAGES, "default": BUCKET}
    settings.STORAGE_URL = "s3:///files"


def ids(found: list[checks.CheckMessage]) -> set[str]:
    return {one.id for one in found}


class TestSettings:
    def test_on_one_machine_everything_may_be_on_it(self):
        assert check_machines_share_what_they_need(None) == []

    def test_several_machines_are_told_what_each_has_for_itself(self, settings, bucket):
        settings.PAGES_ON_ONE_MACHINE = False
        database = {"home.E001"} if connection.vendor == "sqlite" else set()
        settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
        assert ids(check_machines_share_what_they_need(None)) == database | {"home.W001", "home.W002"}
        settings.STORAGES = {**settings.STORAGES, "default": BUCKET}
        settings.CACHES = {**settings.CACHES, "default": REDIS}
        assert ids(check_machines_share_what_they_need(None)) == database

    def test_an_address_names_the_bucket_its_server_and_the_key(self):
        assert storage_of("s3+http://key:se%2Fcret@127.0.0.1:9000/files?region=eu-central-1")["OPTIONS"] == {
            "bucket_name": "files",
            "access_key": "key",
            "secret_key": "se/cret",
            "endpoint_url": "http://127.0.0.1:9000",
            "region_name": "eu-central-1",
        }
        assert storage_of("s3:///files")["OPTIONS"] == {"bucket_name": "files"}, "Amazon's, with the machine's own key"

    @pytest.mark.parametrize("address", ["/srv/media", "https://example.org/files", "s3://key:secret@example.org/"])
    def test_an_address_that_names_no_bucket_is_refused(self, address):
        with pytest.raises(ImproperlyConfigured):
            storage_of(address)


@pytest.mark.django_db
@pytest.mark.usefixtures("bucket")
class TestFiles:
    def test_pictures_are_read_resized_and_shown_without_a_disk(self, client, settings):
        page = factories.news(lead_image=factories.image(), lead_image_alt="Stół.")
        words = client.get(page.url).content.decode()
        copies = [copy for copy in page.lead_image.renditions.all() if copy.file.url in words]
        assert copies
        assert not any(Path(settings.MEDIA_ROOT, copy.file.name).exists() for copy in copies)
        for file in (page.lead_image.file, *(copy.file for copy in copies)):
            answer = client.get(file.url)
            assert b"".join(answer) == default_storage.open(file.name).read()
            assert answer.headers["Content-Type"].startswith("image/")
            assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "immutable" in answer.headers["Cache-Control"]
            assert not {"Vary", "Set-Cookie"} & answer.headers.keys(), "a CDN keeps one answer for all"

    def test_one_name_saved_twice_is_two_files(self):
        """As two machines do at the same moment; the second would change what was approved with the first."""
        first, second = (default_storage.save("documents/statut.pdf", ContentFile(words)) for words in (b"1", b"2"))
        assert first != second and Path(first).name == Path(second).name == "statut.pdf"
        assert default_storage.open(first).read() == b"1"
        assert len(default_storage.get_available_name(f"documents/{'a' * 200}.pdf", max_length=100)) == 100

    @pytest.mark.parametrize("name", ["images/none.png", "images/../documents/statut.pdf", "documents/statut.pdf"])
    def test_what_is_no_picture_is_not_handed_out_as_one(self, client, name):
        """Documents least of all: the storage has those of drafts, too."""
        default_storage._save("documents/statut.pdf", ContentFile(b"%PDF"))
        assert client.get(f"/media/{name}").status_code == 404
        with pytest.raises(Http404):  # not even where nobody has put the address in order before
            picture(RequestFactory().get("/"), name)

    def test_a_document_comes_through_the_site_and_only_if_it_is_public(self, client):
        document, staff = factories.document(), Client()
        staff.force_login(factories.person(roles.AUTHORS))
        assert client.get(document.url).status_code == 404
        assert b"".join(staff.get(document.url)) == b"%PDF-1.4 example"
        factories.news(body=[("documents", [document])])
        answer = client.get(document.url)
        assert b"".join(answer) == b"%PDF-1.4 example"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'"

    @pytest.fixture(params=["of any kind", "S3"])
    def away(self, request, bucket, settings) -> Callable[[], None]:
        """From then on the bucket's server doesn't answer."""
        away = {"BACKEND": "tests.shared_files.AwayBucket"}
        if request.param == "S3":
            pytest.importorskip("boto3")  # requirements/machines.txt
            with socket.create_server(("127.0.0.1", 0)) as closed:
                away = storage_of(f"s3+http://key:secret@127.0.0.1:{closed.getsockname()[1]}/files?region=x")

        def go() -> None:
            settings.STORAGES = {**settings.STORAGES, "default": away}

        return go

    def test_while_the_bucket_is_away_pages_come_without_new_pictures_and_files_are_asked_for_again(self, away):
        image, document = factories.image(), factories.document()
        page = factories.news(lead_image=image, lead_image_alt="Stół.", body=[("documents", [document])])
        away()
        reader = Client(raise_request_exception=False)
        shown = reader.get(page.url)
        assert shown.status_code == 200 and DRAWN_STAND_IN in shown.text
        for address in (image.file.url, document.url):
            answer = reader.get(address)
            assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "60"), address
            assert "Coś się u nas zepsuło" in answer.text
        author = Client(raise_request_exception=False)
        author.force_login(factories.person(roles.AUTHORS))
        file = SimpleUploadedFile("mural.png", factories.picture_bytes())
        answer = author.post("/admin/images/add/", {"title": "Mural", "file": file, "description": "Mural na murze."})
        assert answer.status_code == 503 and "Pliki trzeba potem wybrać ponownie" in answer.text

    def test_old_pictures_are_mended_before_they_move(self):
        with pytest.raises(CommandError, match="before they move"):
            call_command("remove_picture_metadata")


def test_a_change_on_one_machine_is_noted_nowhere_else(db):
    factories.news()
    assert not CommittedChange.objects.exists()
