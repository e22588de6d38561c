"""Document templates in a chapter."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from catalog.models.document_template import DocumentTemplate
from home.blocks.references import PrefetchedMixin


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

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        keys = [template.translation_key for template in value if template is not None]
        context["templates"] = DocumentTemplate.shown(get_language(), keys)
        return context
