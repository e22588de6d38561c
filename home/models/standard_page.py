"""Pages that stay: about, contact, privacy, and the accessibility declaration."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from home.blocks.body import BodyBlock
from home.blocks.text import PARAGRAPH_FEATURES

from .base import BasePage
from .body import BodyMixin


class StandardPage(BodyMixin, BasePage):
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    page_description = _("A page that stays: about us, contact, privacy.")
    is_translated_by_segments = True
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class AccessibilityPage(BasePage):
    """The accessibility declaration, in the form that the law and its validators expect.

    Source: ustawa z 4 kwietnia 2019 r. o dostępności cyfrowej, art. 10, and the published
    technical conditions for the declaration (the `a11y-…` ids are in the template).
    """

    class Status(models.TextChoices):
        FULL = "full", _("conforms")
        PARTIAL = "partial", _("conforms in part")
        NONE = "none", _("does not conform")

    entity = models.CharField(_("who publishes the site"), max_length=250)
    published = models.DateField(_("site published on"), default=datetime.date.today)
    updated = models.DateField(_("site last changed substantially on"), default=datetime.date.today)
    status = models.CharField(_("conformity with the law"), max_length=10, choices=Status, default=Status.PARTIAL)
    exceptions = RichTextField(_("what does not conform, and why"), features=PARAGRAPH_FEATURES, blank=True)
    made = models.DateField(_("declaration made on"), default=datetime.date.today)
    preparation = RichTextField(_("how it was assessed"), features=PARAGRAPH_FEATURES, blank=True)
    contact_person = models.CharField(_("contact person"), max_length=120)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=40)
    procedure = RichTextField(_("how to complain"), features=PARAGRAPH_FEATURES)
    architecture = RichTextField(_("access to the building"), features=PARAGRAPH_FEATURES)
    apps = RichTextField(_("mobile applications"), features=PARAGRAPH_FEATURES, blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["entity", "published", "updated"], heading=_("Site")),
        MultiFieldPanel(["status", "exceptions"], heading=_("Conformity")),
        MultiFieldPanel(["made", "preparation"], heading=_("Declaration")),
        MultiFieldPanel(["contact_person", "email", "phone"], heading=_("Contact")),
        FieldPanel("procedure"),
        FieldPanel("architecture"),
        FieldPanel("apps"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("exceptions")]

    page_description = _("The accessibility declaration that the law asks for. One per language.")
    is_translated_by_segments = True
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    template = "home/accessibility_page.html"

    class Meta:
        verbose_name = _("accessibility declaration")
        verbose_name_plural = _("accessibility declarations")

    def search_subjects(self):
        """Without the person who answers for it, their address and their number."""
        yield from super().search_subjects()
        yield self.entity
        yield self.get_status_display()

    @property
    def site_address(self) -> str:
        """What the declaration covers: the site, by its home page in this language."""
        return self.get_parent().get_full_url()
