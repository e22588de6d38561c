"""What a camera wrote stays with whoever took the picture; what is to be seen stays as it was."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from home.models import SiteImage
from home.picture_metadata import without_metadata
from tests import factories

ORIENTATION, GPS, EXIF, SERIAL_NUMBER, LYING = 0x0112, 0x8825, 0x8769, 0xA431, 6
SECRETS = (b"SN-0042", b"Zofia", b"\x32\x00\x00\x00\x01\x00\x00\x00\x03\x00\x00\x00\x01")
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def drawing() -> Image.Image:
    picture = Image.new("RGB", (96, 64), (200, 60, 60))
    ImageDraw.Draw(picture).ellipse((5, 5, 40, 40), (20, 90, 200))
    return picture


def exif() -> Image.Exif:
    marks = Image.Exif()
    marks[ORIENTATION] = LYING
    marks[0x013B] = "Zofia"
    marks.get_ifd(GPS).update({1: "N", 2: (50.0, 3.0, 41.0), 3: "E", 4: (19.0, 56.0, 18.0)})
    marks.get_ifd(EXIF)[SERIAL_NUMBER] = "SN-0042"
    return marks


def photograph(format: str) -> bytes:
    """A picture that lies on its side and tells where, with what and by whom it was taken, in every way it can."""
    stream = io.BytesIO()
    more: dict[str, Any] = {"comment": b"Zofia"} if format == "GIF" else {"exif": exif(), "icc_profile": PROFILE}
    if format in ("JPEG", "WEBP", "AVIF"):
        more["xmp"] = b"<x:xmpmeta>Zofia</x:xmpmeta>"
    if format == "JPEG":
        more["comment"] = b"Zofia"
    if format == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_itxt("Author", "Zofia")
    drawing().save(stream, format, **more)
    return stream.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_left_of_place_device_and_owner(format: str) -> None:
    before = photograph(format)
    assert any(secret in before for secret in SECRETS), "or this test would look for nothing"
    after = without_metadata(before)
    assert not [secret for secret in SECRETS if secret in after]
    assert set(opened(after).getexif()) <= {ORIENTATION}


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_pixels_profile_and_orientation_stay(format: str) -> None:
    before, after = opened(photograph(format)), opened(without_metadata(photograph(format)))
    assert after.tobytes() == before.tobytes()
    assert after.getexif()[ORIENTATION] == LYING
    assert after.info["icc_profile"] == PROFILE


def test_an_avif_is_turned_upright_and_keeps_its_profile() -> None:
    after = opened(without_metadata(photograph("AVIF")))
    assert after.size == (64, 96)
    assert after.getexif().get(ORIENTATION, 1) == 1
    assert after.info["icc_profile"] == PROFILE


@pytest.mark.parametrize("format", FORMATS)
def test_a_second_time_changes_no_byte(format: str) -> None:
    once = without_metadata(photograph(format))
    assert without_metadata(once) == once


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_a_picture_that_moves_still_does(format: str) -> None:
    stream = io.BytesIO()
    frames = [drawing(), drawing().rotate(90), drawing().rotate(180)]
    frames[0].save(stream, format, save_all=True, append_images=frames[1:], duration=80, loop=0)
    after = Image.open(io.BytesIO(without_metadata(stream.getvalue())))
    assert after.n_frames == 3
    assert after.info["loop"] == 0


def test_what_a_phone_puts_behind_the_picture_goes_too() -> None:
    """A second picture, a film, or the notes of the phone's own program."""
    progressive = io.BytesIO()
    drawing().save(progressive, "JPEG", progressive=True, comment=b"Zofia")
    after = without_metadata(progressive.getvalue() + photograph("JPEG"))
    assert b"Zofia" not in after
    assert b"SN-0042" not in after
    assert opened(after).tobytes() == opened(progressive.getvalue()).tobytes()


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_is_cut_off_is_named_broken_and_nothing_else(format: str) -> None:
    whole = photograph(format)
    for length in (*range(60), len(whole) // 2, len(whole) - 20):
        with pytest.raises(ValueError, match="picture"):
            without_metadata(whole[:length])


# --- The ways into the site


@pytest.mark.django_db
def test_every_way_in_leaves_it_outside() -> None:
    image = SiteImage.objects.create(title="Gala", file=ContentFile(photograph("JPEG"), "gala.jpg"))
    content = Path(image.file.path).read_bytes()
    assert b"SN-0042" not in content
    assert (image.file_size, image.is_stored_locally()) == (len(content), True)
    assert image.get_rendition("width-40").width == 40


@pytest.mark.django_db
def test_many_at_once_and_the_form_for_one_leave_it_outside(admin_client) -> None:
    ajax = {"x-requested-with": "XMLHttpRequest"}
    file = ContentFile(photograph("JPEG"), "gala.jpg")
    answer = admin_client.post("/admin/images/multiple/add/", {"title": "Gala", "files[]": file}, headers=ajax)
    assert answer.json()["success"], answer.json()
    words = {"title": "Gala", "description": "Tłum.", "file": ContentFile(photograph("PNG"), "gala.png")}
    admin_client.post(
        "/admin/images/add/", words | {f"focal_point_{part}": "" for part in ("x", "y", "width", "height")}
    )
    contents = [Path(image.file.path).read_bytes() for image in SiteImage.objects.all()]
    assert len(contents) == 2
    assert not any(b"SN-0042" in content for content in contents)


@pytest.mark.django_db
def test_what_was_added_earlier_is_cleaned_where_it_stands(capsys) -> None:
    image = SiteImage.objects.create(title="Gala", file=ContentFile(factories.picture_bytes("JPEG"), "gala.jpg"))
    page = factories.news(lead_image=image, lead_image_alt="Tłum.")
    copy = image.get_rendition("width-40|format-jpeg")
    for file in (image.file, copy.file):
        Path(file.path).write_bytes(photograph("JPEG"))
    lost = SiteImage.objects.create(title="Zgubiony", file=ContentFile(factories.picture_bytes(), "zgubiony.png"))
    Path(lost.file.path).unlink()
    call_command("remove_picture_metadata")
    after = SiteImage.objects.get(pk=image.pk)
    for file in (after.file, copy.file):
        assert b"SN-0042" not in Path(file.path).read_bytes()
    assert after.file.name == image.file.name
    assert after.file_size == Path(after.file.path).stat().st_size
    assert page.live
    told = capsys.readouterr()
    assert "1 of 2" in told.out
    assert lost.file.name in told.err
    call_command("remove_picture_metadata")
    assert "0 of 2" in capsys.readouterr().out
