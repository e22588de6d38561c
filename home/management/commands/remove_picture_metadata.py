"""`manage.py remove_picture_metadata`: what cameras wrote goes out of pictures that were added earlier."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models.fields.files import FieldFile

from home.models import SiteImage
from home.picture_metadata import without_metadata


class Command(BaseCommand):
    help = (
        "Take place, device and owner out of the files of all pictures and their copies, at their old addresses. "
        "Pictures that are added from now on come without them. Safe to break off and to run again."
    )

    def handle(self, *args, **options):
        if settings.STORAGE_URL:
            raise CommandError("It mends files on this machine's disk: run it before they move (docs/scaling.md).")
        pictures = cleaned = 0
        for picture in SiteImage.objects.order_by("pk").prefetch_related("renditions").iterator(chunk_size=200):
            pictures += 1
            # Copies first: whoever breaks this off finds the original as it was, and its copies with it.
            changed = [self.clean(file) for file in self.files(picture)]
            if changed[-1]:
                picture._set_image_file_metadata()
                picture.save(update_fields=["file_size", "file_hash"])
            cleaned += any(changed)
        self.stdout.write(
            self.style.SUCCESS(f"{cleaned} of {pictures} pictures told more than they show, and don't now.")
        )

    def files(self, picture: SiteImage) -> Iterator[FieldFile]:
        yield from (rendition.file for rendition in picture.renditions.all())
        yield picture.file

    def clean(self, file: FieldFile) -> bool:
        """Whether the file of a picture was changed; visitors get the old one or the new one, never a part."""
        path = Path(file.path)
        try:
            content = path.read_bytes()
            cleaned = without_metadata(content)
        except (OSError, ValueError):
            self.stderr.write(f"Could not be read: {file.name}")
            return False
        if cleaned == content:
            return False
        new = path.with_name(f"{path.name}.new")
        new.write_bytes(cleaned)
        shutil.copymode(path, new)
        new.replace(path)
        return True
