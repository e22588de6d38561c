"""Blocks made of pictures, films and files."""

from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from .references import DocumentChooserBlock, ImageChooserBlock, PageChooserBlock

PICTURES = _("Pictures and films")


class PictureBlock(ImageBlock):
    """Its chooser takes from what the body has found, and has a label: Wagtail names it after its variable."""

    def __init__(self, required=True, **kwargs):
        super().__init__(required=required, **kwargs)
        chooser = ImageChooserBlock(required=required, label=_("Picture"))
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


class FigureBlock(blocks.StructBlock):
    # wagtail-localize fails on an ImageBlock deeper than one struct: keep it here, flat.
    image = PictureBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        group = PICTURES
        description = _("One picture with its description and a caption.")
        template = "blocks/image.html"


class GalleryBlock(blocks.ListBlock):
    """Several pictures of one occasion."""

    def __init__(self, **kwargs):
        super().__init__(FigureBlock(), **kwargs)

    class Meta:
        icon = "image"
        label = _("Gallery")
        group = PICTURES
        description = _("Several pictures of one occasion, each with its own description.")
        template = "blocks/gallery.html"


class VideoValue(blocks.StructValue):
    """Where the film plays: only hosts that offer a player without cookies."""

    @property
    def player_url(self) -> str:
        """The address of the player for an iframe, or "" when only a link is possible."""
        parts = urlsplit(self.get("url") or "")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        last = parts.path.rstrip("/").rsplit("/", 1)[-1]
        if host in ("youtube.com", "youtube-nocookie.com"):
            video = parse_qs(parts.query).get("v", [last])[0]
        elif host == "youtu.be":
            video = last
        elif host == "vimeo.com" and last.isdigit():
            return f"https://player.vimeo.com/video/{last}?dnt=1"
        else:
            return ""
        if not video or not video.replace("-", "").replace("_", "").isalnum():
            return ""
        return f"https://www.youtube-nocookie.com/embed/{video}"


class VideoBlock(blocks.StructBlock):
    url = blocks.URLBlock(label=_("Address of the film"), help_text=_("A film on YouTube or Vimeo, or any link."))
    title = blocks.CharBlock(label=_("What is to be seen"), max_length=160)
    length = blocks.CharBlock(label=_("Length"), max_length=20, required=False)
    transcript = PageChooserBlock(label=_("Page with the transcript"), required=False)

    class Meta:
        icon = "media"
        label = _("Film")
        group = PICTURES
        description = _("A film by link. Nothing loads from elsewhere before a click.")
        template = "blocks/video.html"
        value_class = VideoValue
        preview_value = {
            "url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            "title": _("The debate in full, with captions"),
            "length": "1:32:10",
        }

    def clean(self, value):
        value = super().clean(value)
        if value["url"] and urlsplit(value["url"]).scheme not in ("http", "https"):
            raise blocks.StructBlockValidationError(
                {"url": ValidationError(_("Give an address that starts with https://"))}
            )
        return value


class DocumentsBlock(blocks.ListBlock):
    """Files to download."""

    def __init__(self, **kwargs):
        super().__init__(DocumentChooserBlock(label=_("File")), **kwargs)

    class Meta:
        icon = "doc-full"
        label = _("Files to download")
        group = _("Links and files")
        description = _("A list of files with their type and size.")
        template = "blocks/documents.html"
