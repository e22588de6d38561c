"""Document templates in a chapter."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from catalog.models.document_template import DocumentTemplate
from catalog.models.shown_template import FORMATS, ShownTemplate, TemplateFile
from home.blocks.references import PrefetchedMixin

EXAMPLE = ShownTemplate(
    key="example",
    title=_("Application to create a commission"),
    purpose=_("The first letter to City Hall, with places for your names."),
    language="",
    chapter=None,
    files=tuple(TemplateFile(name, "https://example.org/", 0, "", 24_000) for name in FORMATS),
    changed_at=datetime(2026, 1, 1, tzinfo=UTC),
)
"""For the picker, which shows nothing of the site itself."""


class TemplateChooserBlock(PrefetchedMixin, SnippetChooserBlock):
    """It takes from what its body has found already."""

    canonical_module_path = "wagtail.snippets.blocks.SnippetChooserBlock"


class TemplatesBlock(blocks.ListBlock):
    """Readers find those that are public, in their own language where there are such."""

    def __init__(self, **kwargs):
        super().__init__(TemplateChooserBlock("catalog.DocumentTemplate", label=_("Document template")), **kwargs)

    class Meta:
        icon = "download"
        label = _("Document templates")
        group = _("Links and files")
        description = _("Documents to fill in, with all their files. What is replaced there is replaced here.")
        template = "catalog/blocks/templates.html"
        preview_value = [EXAMPLE]

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        chosen = [template for template in value if template is not None]
        keys = [template.translation_key for template in chosen if not isinstance(template, ShownTemplate)]
        examples = [template for template in chosen if isinstance(template, ShownTemplate)]
        context["templates"] = examples or DocumentTemplate.shown(get_language(), keys)
        return context
