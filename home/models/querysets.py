"""Questions that are asked of the pages of every section."""

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


class SitePageQuerySet(PageQuerySet):
    def published(self):
        """Live, open to everybody, and no alias: what a visitor may be shown.

        Wagtail's `public()` asks for all restrictions first; here the one query holds them.
        """
        asked_path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        restricted = PageViewRestriction.objects.annotate(asked_path=asked_path).filter(
            asked_path__startswith=F("page__path")
        )
        return self.live().filter(~Exists(restricted), alias_of__isnull=True)

    def in_locale_of(self, page: Page):
        return self.filter(locale_id=page.locale_id)

    def with_code(self, column: str, code: str):
        """Rows whose multi-choice `column` holds `code`.

        The column keeps codes between commas, and one code may be the beginning of another.
        """
        return self.filter(
            Q(**{column: code})
            | Q(**{f"{column}__startswith": f"{code},"})
            | Q(**{f"{column}__endswith": f",{code}"})
            | Q(**{f"{column}__contains": f",{code},"})
        )
