"""What every page of the site has."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.search import index

from approval.text_cleaning import slugify
from home import locales, sections, seo
from home.blocks.stream import StreamFieldsMixin
from home.forms import SiteCopyForm, SitePageForm
from home.page_cache import keep
from newsroom.panels import InReviewPanel, PatternsPanel
from translation.models import SourceVersionMixin

from .querysets import SitePageQuerySet, restricted_paths
from .searched import SearchedMixin
from .untitled import UntitledDraftMixin

# Shown only where there is something to ask: see translation.forms. No remarks on the questions themselves:
# Wagtail finds a remark again by the name of a model's field, and these are fields of the form only.
SOURCE_VERSION_PANELS = [
    MultiFieldPanel(
        [
            InReviewPanel("keeps_source_version", disable_comments=True),
            *(
                FieldPanel(name, disable_comments=True)
                for name in ("says_source_version", "same_on_purpose", "machine_words_checked")
            ),
        ],
        heading=_("Translation"),
        icon="wagtail-localize-language",
    )
]

LONGEST_LEAD = 400

SitePageManager = PageManager.from_queryset(SitePageQuerySet)


class BasePage(UntitledDraftMixin, StreamFieldsMixin, SourceVersionMixin, SearchedMixin, Page):
    """A title, a lead, and what search engines and links in other places say of the page."""

    lead = models.TextField(
        _("lead"),
        max_length=LONGEST_LEAD,
        blank=True,
        help_text=_("One or two sentences. They stand under the title and in lists."),
    )

    objects = SitePageManager()

    show_in_menus_default = False
    content_panels = [PatternsPanel(), *SOURCE_VERSION_PANELS, *Page.content_panels, FieldPanel("lead")]
    promote_panels = [
        MultiFieldPanel(["slug", "seo_title", "search_description"], heading=_("Address and search engines"))
    ]
    settings_panels = Page.settings_panels

    search_fields = [*Page.search_fields, index.AutocompleteField("slug"), index.SearchField("lead")]
    base_form_class = SitePageForm
    copy_form_class = SiteCopyForm
    page_description: ClassVar[Any] = ""
    og_type = "website"
    is_indexed: ClassVar[bool] = True
    """Whether search engines are told of it; a page that is not says so itself (`seo.Head(noindex=True)`)."""
    is_translated_by_segments: ClassVar[bool] = False
    """For pages that stay: a change in the original asks for that piece alone. Others are translated as a whole."""

    class Meta:
        abstract = True

    def find_errors(self) -> dict[str, Any]:
        """What is wrong with the page, by field: a page type and its mixins add to it, and the form shows all."""
        if len(self.lead) <= LONGEST_LEAD:
            return {}
        facts = {"limit": LONGEST_LEAD, "count": len(self.lead)}
        return {"lead": _("Shorten it to %(limit)d characters: there are %(count)d now.") % facts}

    is_deferred_validation = False
    """Said by a form that saves a draft: what `find_errors` finds is asked when the text is sent."""

    def clean(self):
        super().clean()
        errors = {} if self.is_deferred_validation else self.find_errors()
        if errors:
            raise ValidationError(errors)

    @property
    def language(self) -> str:
        """The language code of the words on this page."""
        return locales.code_of(self.locale_id)

    @property
    def hreflang(self) -> str:
        """The language of this page where it isn't the reader's, else "": for links to it."""
        return locales.other(self.language)

    @property
    def section_label(self) -> str:
        """The name of the section in which pages of this type live; "" for those that stand alone."""
        fronts = sections.section_models()
        parents = (parent for parent in self.allowed_parent_page_models() if parent in fronts)
        return next((str(parent.section.title) for parent in parents), "")

    @property
    def row_facts(self) -> list[str]:
        """What else is said over its title, after its section, where pages of all kinds stand in one list."""
        return []

    @property
    def title_lang(self) -> str | None:
        """The language of the title where it differs from the page's, else None."""
        return None

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """The pages above this one, home first."""
        return list(self.get_ancestors().filter(depth__gt=1).live())

    @cached_property
    def published_translations(self) -> list[Page]:
        """This page in every language in which it is published, in the order of the languages."""
        order = [code for code, _name in settings.LANGUAGES]
        pages = [
            page
            for page in self.get_translations(inclusive=True).published().defer_streamfields()
            if page.language in order
        ]
        return sorted(pages, key=lambda page: order.index(page.language))

    def published_in(self, language: str) -> "BasePage | None":
        """This page in `language`, where visitors can read it."""
        return next((page for page in self.published_translations if page.language == language), None)

    @property
    def reads_since(self) -> Any:
        """Since when all that it shows reads as now: stands on paper. A page that shows what is approved elsewhere
        says it better."""
        return self.last_published_at

    @property
    def changed_original(self) -> "BasePage | None":
        """The original, where its meaning has changed since this translation was made; None for all others."""
        if self.language == settings.LANGUAGE_CODE:
            return None
        return self.behind(self.published_in(settings.LANGUAGE_CODE))

    def behind(self, original: "BasePage | None") -> "BasePage | None":
        """`original`, where its meaning has changed since this translation of it was made."""
        return original if original is not None and original.source_version != self.source_version else None

    def nearest_in(self, language: str) -> Page | None:
        """This page in `language`, else the closest page above it that is published there."""
        here = self.published_in(language)
        if here is not None:
            return here
        above = self.get_ancestors().filter(depth__gt=1).reverse().specific()
        return next((page for ancestor in above if (page := ancestor.published_in(language))), None)

    @property
    def share_image(self) -> Any:
        """The copy of a picture that other sites show with a link to this page, or None."""
        return None

    @property
    def share_image_alt(self) -> str:
        return ""

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What the page is, as schema.org objects; a page type adds its own."""
        return [seo.breadcrumb_list(self, request)] if self.breadcrumbs else []

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["head"] = seo.Head(self, request, is_remembered=True)
        return context

    def get_view_restrictions(self):
        """Wagtail asks for them on every page; hardly any page has one above it."""
        if any(self.path.startswith(path) for path in restricted_paths()):
            return super().get_view_restrictions()
        return PageViewRestriction.objects.none()

    def serve_password_required_response(self, request, form, action_url):
        """A form that says nothing of the page, whose usual context holds its description and dates."""
        return TemplateResponse(request, "home/private_page.html", {"form": form, "action_url": action_url})

    def serve(self, request, *args, **kwargs):
        return keep(request, super().serve(request, *args, **kwargs))

    def _get_autogenerated_slug(self, base_slug: str) -> str:
        """Wagtail makes "rda-i-awki" of „Źródła i ławki” for a page that a command adds without an address."""
        return super()._get_autogenerated_slug(slugify(self.title) or base_slug)
