"""A page that every installation has below a section, once in each language."""

from typing import ClassVar

from home import sections
from home.sections import Section

from .base import BasePage


class SetupPage(BasePage):
    """`setup_site` makes it below the section that `section.below` names; staff write its words like any other's."""

    section: ClassVar[Section]

    search_weight = 0.5  # as the front of a section: what it tells of comes first
    is_translated_by_segments = True
    max_count_per_parent = 1
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "section" in cls.__dict__:
            sections.setup_pages[cls.section.key] = cls
