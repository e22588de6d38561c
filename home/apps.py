from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home and shared")

    def ready(self) -> None:
        from home import (
            addresses,
            checks,  # noqa: F401
            fact_signals,
            form_fields,
            link_dialog,
            search_documents,
            search_labels,
            search_signals,
            searched,
            signals,
            topics,
            widgets,
        )
        from home.models import SearchRecommendation, SearchSynonym
        from search import recommendations, synonyms

        signals.connect()
        search_signals.connect()
        search_documents.register()
        search_labels.register()
        fact_signals.connect()
        addresses.connect()
        link_dialog.connect()
        topics.connect()
        form_fields.connect()
        widgets.keep_what_is_typed()
        searched.connect()
        synonyms.register(SearchSynonym.rows)
        recommendations.register(SearchRecommendation.pages_for)
