"""The text inside a file, for the search."""

from django.conf import settings
from django.db import models


class FileText(models.Model):
    """What `document` says, while its file has this hash and a public page offers it; "" where it can't be read.

    Without e-mail addresses and telephone numbers. Made of the file, so no backup would miss it (home/file_texts.py).
    """

    wagtail_reference_index_ignore = True

    document = models.OneToOneField(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    file_hash = models.CharField(max_length=40)
    text = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.document_id}: {len(self.text)}"
