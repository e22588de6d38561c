"""An upload lies in a folder of its own: whoever guesses the name of a picture that a private page shows finds none."""

import posixpath
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from home.models import SiteImage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rooms(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def test_originals_copies_and_documents_have_folders_that_nobody_guesses():
    pictures = [factories.image(), factories.image()]
    copies = [picture.get_rendition("width-20") for picture in pictures]
    files = [one.file for one in (*pictures, *copies, factories.document(), factories.document())]
    names = [file.name for file in files]
    assert [posixpath.basename(name) for name in names] == [
        *("mural.png", "mural.png", "mural.width-20.png", "mural.width-20.png", "regulamin.pdf", "regulamin.pdf")
    ]
    folders = {posixpath.dirname(name) for name in names}
    assert len(folders) == len(names)
    assert all(re.fullmatch(r"(original_images|images|documents)/[a-z0-9]{12}", folder) for folder in folders)
    for file in files:
        assert Path(settings.MEDIA_ROOT, file.name).is_file()
        assert file.url == f"/media/{file.name}"


def test_what_was_added_before_stays_where_it_is_and_has_its_sizes():
    default_storage._save("original_images/dawny.png", ContentFile(factories.picture_bytes()))
    picture = SiteImage.objects.create(title="Dawny", file="original_images/dawny.png", width=64, height=48)
    copy = picture.get_rendition("width-20")
    assert (picture.file.url, copy.width, copy.stand_in) == ("/media/original_images/dawny.png", 20, None)
    picture.file.delete(save=False)
    assert Path(settings.MEDIA_ROOT, "original_images").is_dir(), "others are about to be put there"


def test_what_is_deleted_leaves_no_folder():
    picture = factories.image()
    picture.get_rendition("width-20")
    for file in (picture.renditions.get().file, picture.file):
        file.delete(save=False)
    assert sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*")) == ["images", "original_images"]


def test_a_long_name_still_fits_into_its_column():
    name = default_storage.save(f"documents/{'a' * 200}.pdf", ContentFile(b"%PDF"), max_length=100)
    assert len(name) == 100 and name.endswith("a.pdf")
    assert default_storage.open(name).read() == b"%PDF"
