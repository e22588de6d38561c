"""Pictures and documents of the demo content."""

from collections.abc import Callable
from typing import Any

from django.core.files.base import File
from django.core.files.images import ImageFile

from home.models import SiteDocument, SiteImage, User

from .entries import HERE, read


class Files:
    """What is in `demo_content/images/` and `documents/`, by key."""

    def __init__(self, owner: User) -> None:
        self.owner = owner
        self.texts: dict[str, dict[str, str]] = read(HERE / "images.toml")
        self.images: dict[str, SiteImage] = self._each("images", "png", self.texts, self._image)
        documents = read(HERE / "documents.toml")
        self.documents: dict[str, SiteDocument] = self._each("documents", "pdf", documents, self._document)

    def alt(self, key: str, language: str) -> str:
        """What the picture shows, in words of `language`."""
        return self.texts[key][f"description_{language}"]

    def lead(self, key: str | None, language: str) -> dict[str, Any]:
        """`{"lead_image", "lead_image_alt"}` for a picture's key; nothing for none."""
        if key not in self.images:
            return {}
        return {"lead_image": self.images[key], "lead_image_alt": self.alt(key, language)}

    def _each(self, folder: str, ending: str, texts: dict[str, Any], load: Callable[..., Any]) -> dict[str, Any]:
        loaded = {}
        for key, words in texts.items():
            path = HERE / folder / f"{key}.{ending}"
            if path.exists():
                with path.open("rb") as file:
                    loaded[key] = load(words, file, path.name)
        return loaded

    def _image(self, words: dict[str, str], file: Any, name: str) -> SiteImage:
        found = SiteImage.objects.filter(title=words["title_pl"]).first()
        return found or SiteImage.objects.create(
            title=words["title_pl"],
            description=words["description_pl"],
            credit=words.get("credit", ""),
            uploaded_by_user=self.owner,
            file=ImageFile(file, name=name),
        )

    def _document(self, words: dict[str, str], file: Any, name: str) -> SiteDocument:
        found = SiteDocument.objects.filter(title=words["title_pl"]).first()
        return found or SiteDocument.objects.create(
            title=words["title_pl"], uploaded_by_user=self.owner, file=File(file, name=name)
        )
