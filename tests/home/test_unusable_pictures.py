"""A picture that can't be resized takes nothing away: no page, list, feed or screen of the admin, at no visit."""

import io
import logging
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image

from approval import publish_guard
from home.models import SiteImage
from home.models.images import DRAWN_STAND_IN
from tests import factories
from tests.reading import source

pytestmark = pytest.mark.django_db
VISITS = 2  # one that tries to resize it, one that finds what the first one remembered


def write(image: SiteImage, content: bytes) -> None:
    Path(image.file.path).write_bytes(content)


def header_of(width: int, height: int) -> bytes:
    """A PNG that says it has this size, and holds nothing."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def noise(mode: str, format: str, size: tuple[int, int] = (64, 48)) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, format)
    return stream.getvalue()


DAMAGES: dict[str, Callable[[SiteImage], object]] = {
    "lost": lambda image: Path(image.file.path).unlink(),
    "empty": lambda image: write(image, b""),
    "cut off": lambda image: write(image, factories.picture_bytes(size=(640, 480))[:-200]),
    "no picture": lambda image: write(image, b"<html>Not found</html>"),
    "broken inside": lambda image: write(image, header_of(64, 48) + b"\0" * 300),
    "decompression bomb": lambda image: write(image, header_of(60_000, 60_000)),
    "unusual colours": lambda image: write(image, noise("F", "TIFF")),
}


@pytest.fixture(params=["files", "database"])
def kept_elsewhere(request, settings, tmp_path) -> Iterator[None]:
    backends = {
        "files": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)},
        "database": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_of_pictures"},
    }
    settings.CACHES = {**settings.CACHES, "default": backends[request.param]}
    if request.param == "database":
        call_command("createcachetable", verbosity=0)
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def image() -> SiteImage:
    """One that no copy was made of yet."""
    return SiteImage.objects.create(
        title="Mural",
        description=factories.ALT,
        file=ContentFile(factories.picture_bytes(size=(640, 480)), "mural.png"),
    )


def addresses(image: SiteImage) -> list[str]:
    """Every kind of place that shows the picture."""
    figure = {"image": {"image": image.pk, "alt_text": "Stół."}, "caption": ""}
    gallery = [{"type": "item", "value": figure}] * 2
    body = [{"type": "image", "value": figure}, {"type": "gallery", "value": gallery}]
    news = factories.news(lead_image=image, lead_image_alt="Stół.", body=body)
    event = factories.event(lead_image=image, lead_image_alt="Stół.")
    member = factories.member(logo=image, logo_alt="Logo.")
    index = news.get_parent().url
    section_of = [event.get_parent().url, member.get_parent().url]
    return [news.url, event.url, member.url, index, *section_of, f"{index}rss/", f"{index}atom/", "/"]


def everybody_gets(client: Any, shown: list[str], image: SiteImage) -> None:
    for visit in range(VISITS):
        for address in shown:
            answer = client.get(address)
            assert answer.status_code == 200, f"{address} at visit {visit + 1}"
            if address.endswith(("rss/", "atom/")):
                ElementTree.fromstring(answer.content)  # noqa: S314 - our own feed
                assert "enclosure" not in answer.text, "a feed offers no picture that isn't there"
            else:
                assert image.file.url not in answer.text, "nobody is sent a broken file"


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_every_visitor_gets_every_page_and_feed(client, image, damage) -> None:
    shown = addresses(image)
    damage(image)
    everybody_gets(client, shown, image)


@pytest.mark.usefixtures("kept_elsewhere")
def test_no_cache_brings_back_what_cannot_be_read(client, image) -> None:
    shown = addresses(image)
    DAMAGES["cut off"](image)
    everybody_gets(client, shown, image)


def test_staff_get_every_screen_with_the_pictures(client, image) -> None:
    """All damages at once: in the lists, in the choosers, and in one text that shows each picture."""
    images = [image]
    for name in list(DAMAGES)[1:]:
        file = ContentFile(factories.picture_bytes(size=(640, 480)), f"{name}.png")
        images.append(SiteImage.objects.create(title=name, description=factories.ALT, file=file))
    body = [
        {"type": "image", "value": {"image": {"image": one.pk, "alt_text": "Stół."}, "caption": ""}} for one in images
    ]
    news = factories.news(lead_image=image, lead_image_alt="Stół.", body=body)
    for one, damage in zip(images, DAMAGES.values(), strict=True):
        damage(one)
    client.force_login(factories.person(None))
    for _visit in range(VISITS):
        for address in (
            "/admin/images/",
            *(f"/admin/images/{one.pk}/" for one in images),
            "/admin/images/chooser/",
            f"/admin/pages/{news.pk}/edit/",
            f"/admin/pages/{news.pk}/view_draft/",
        ):
            assert client.get(address).status_code == 200, address


def test_a_drawing_stands_in_with_the_words_for_the_picture(client, image) -> None:
    page = factories.news(lead_image=image, lead_image_alt="Ludzie przy stole.")
    DAMAGES["lost"](image)
    shown = source(client.get(page.url))
    assert f'src="/static/{DRAWN_STAND_IN}"' in shown
    assert "Ludzie przy stole." in shown
    assert "og-default-pl.png" in shown


def test_whoever_runs_the_site_reads_of_it_once(client, image, caplog) -> None:
    page = factories.news(lead_image=image, lead_image_alt="Stół.")
    DAMAGES["cut off"](image)
    with caplog.at_level(logging.ERROR, logger="home.models.images"):
        for _visit in range(VISITS):
            client.get(page.url)
            client.get(page.get_parent().url)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "home.models.images"]
    assert image.file.name in line


def test_a_broken_file_is_not_tried_again_at_each_visit(client, image, monkeypatch) -> None:
    page = factories.news(lead_image=image, lead_image_alt="Stół.")
    DAMAGES["cut off"](image)
    client.get(page.url)
    tried = []
    monkeypatch.setattr(SiteImage, "generate_rendition_file", lambda *how, **more: tried.append(how))
    client.get(page.url)
    assert not tried


def test_a_new_file_is_shown_at_once(client, image) -> None:
    page = factories.news(lead_image=image, lead_image_alt="Stół.")
    DAMAGES["lost"](image)
    client.get(page.url)
    image.file = ContentFile(factories.picture_bytes(size=(640, 480)), "nowy.png")
    with publish_guard.trusted_command("tests"):
        image.save()
    assert DRAWN_STAND_IN not in source(client.get(page.url))


def test_copies_that_can_be_made_are_shown_when_one_format_fails(client, image, monkeypatch) -> None:
    page = factories.news(lead_image=image, lead_image_alt="Stół.")
    make = SiteImage.generate_rendition_file

    def without_avif(self: SiteImage, filter: Any, **how: Any) -> Any:
        if "avif" in filter.spec:
            raise RuntimeError("No encoder")
        return make(self, filter, **how)

    monkeypatch.setattr(SiteImage, "generate_rendition_file", without_avif)
    for _visit in range(VISITS):
        shown = source(client.get(page.url))
        assert 'type="image/webp"' in shown
        assert 'type="image/avif"' not in shown
        assert DRAWN_STAND_IN not in shown
