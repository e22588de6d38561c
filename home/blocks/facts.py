"""Cards of facts: the words come from the approved fact whenever a page is shown, so none is kept here."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from home import facts

from .references import PrefetchedMixin, Unfetched, are_shown


class FactChooserBlock(PrefetchedMixin, SnippetChooserBlock):
    canonical_module_path = "wagtail.snippets.blocks.SnippetChooserBlock"

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """Whoever shows it to readers needs its number alone: its words are kept together with all others."""
        return Unfetched().get(self.model_class, values) if are_shown() else super().bulk_to_python(values)

    class Meta:
        icon = "tag"
        label = _("Fact")


class FactsBlock(blocks.ListBlock):
    """Facts with their sources."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(FactChooserBlock("home.Fact"), **kwargs)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["facts"] = [
            fact if isinstance(fact, facts.ShownFact) else facts.shown(fact.pk) for fact in value if fact
        ]
        return context

    class Meta:
        icon = "tag"
        label = _("Facts")
        group = _("Text")
        description = _("Cards of approved facts, each with its source. They change here when the fact does.")
        template = "blocks/facts.html"
        preview_value = [
            facts.ShownFact(
                pk=1,
                key="example",
                label=_("Term of a commission"),
                value=_("two years"),
                source="https://example.org/",
                source_name=_("Rules of procedure, paragraph 5"),
            ),
            facts.ShownFact(pk=2, key="another", label=_("Who signs the letter")),
        ]
