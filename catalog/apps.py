from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from catalog import signals
        from catalog.models import glossary
        from catalog.term_marks import TERM
        from home.rich_text import EVERYWHERE
        from search import synonyms
        from translation import glossary as agreed_words

        signals.connect()
        synonyms.register(glossary.synonyms)
        agreed_words.register(glossary.agreed)
        EVERYWHERE.append(TERM)
