"""The address of a page that was never public, made of its title; the one place for forms, segments and files."""

import re
from typing import Any

from wagtail.models import Page

from approval.text_cleaning import free_slug, slugify

NUMBER = re.compile(r"-\d+$")


def free_address(slug: str, parent: Page, page: Page | None = None) -> str:
    """`slug` for a page below `parent`, with a number where another page than `page` has it."""
    others = parent.get_children().filter(slug__startswith=slug).exclude(pk=page and page.pk)
    return free_slug(slug, others.values_list("slug", flat=True))


def address_for(draft: Any, original: Any, title: str, slug: str) -> str:
    """The address of a translation that gets `title`, and for which a form or a file says `slug`.

    Made of the title until the page is public, unless somebody typed another one. What stands in an open form is the
    address it began with, so those of the original and of the last title are nobody's choice.

    `draft`: the newest version of the translation.
    """
    wanted = slugify(title)
    if draft.first_published_at or not wanted or title == original.title:
        return slug
    made = {original.slug, slugify(original.title), slugify(draft.title), wanted}
    if not {slug, NUMBER.sub("", slug)} & made:
        return slug
    return free_address(wanted, draft.get_parent(), draft)
