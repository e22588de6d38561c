"""Beginning a translation: a draft with the approved words of the original, for its translator to write over."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page

from approval import locks, releases, roles
from approval.policy import NotYoursError
from approval.refusals import RefusedError
from approval.titles import pages_named_to
from translation import originals, segments
from translation.segments import Segment

PERMISSION = roles.TRANSLATE
FEWEST_WORDS = 4
"""Shorter segments are often names, which stay as they are."""


def may_begin(original: Page, locale: Locale, user: Any) -> bool:
    return objection(original, locale, user) is None


def objection(original: Page, locale: Locale, user: Any) -> RefusedError | None:
    """What speaks against `user` beginning the translation of `original` in `locale`, to be raised or shown."""
    parent = _parent_of(original, locale)
    if parent is None:
        return RefusedError(
            _("Translate “%(title)s” first: this page stands under it.") % _named(original.get_parent())
        )
    if not (user.has_perm(PERMISSION) and parent.permissions_for_user(user).can_add_subpage()):
        return NotYoursError(_("You have no permission to translate this page."))
    return None


@transaction.atomic
def begin(original: Page, locale: Locale, user: Any) -> Page:
    """The draft of `original` in `locale`: the one that is there, or a new one.

    Taken from what visitors read, or from the first version that was sent or approved; never from a mere draft. Raises
    RefusedError where that can't be.
    """
    original = locks.locked(original.specific)
    there = original.get_translation_or_none(locale)
    if there is not None:
        return there
    text = words_of(original)
    if text is None:
        raise RefusedError(why_not_yet(original))
    if found := objection(original, locale, user):
        raise found
    parent = _parent_of(original, locale)
    page = text.copy(
        to=parent,
        update_attrs={"locale": locale, "slug": find_available_slug(parent, text.slug), "go_live_at": None},
        copy_revisions=False,
        keep_live=False,
        reset_translation_key=False,
        user=user,
        log_action="wagtail.copy_for_translation",
    )
    content = segments.content_of(page.get_latest_revision_as_object())
    draft = page.with_content_json(
        segments.rewritten(page, content, lambda segment: segment.text, follow=links_into(locale))
    )
    draft.source_version = text.source_version
    draft.prepare_translation()
    draft.save_revision(user=user, clean=False)
    releases.join(original, page)
    return page


def words_of(original: Any) -> Any:
    """What of `original` is translated: what visitors read, or the version that was sent; None for a mere draft."""
    if original.live and releases.release_of(original) is None:
        return original
    return originals.sent_version(original) or (original if original.live else None)


def may_know(original: Page, user: Any) -> bool:
    """Whether `user` may hear of `original`: a translator does as soon as it was sent."""
    return words_of(original) is not None or pages_named_to(user, Page.objects.filter(pk=original.pk)).exists()


def why_not_yet(original: Page) -> str:
    """What a translator reads about an `original` that is a mere draft, or was taken down."""
    return _("“%(title)s” was not sent yet. Translation starts from the first version that was sent.") % _named(
        original
    )


def links_into(locale: Locale) -> Callable[[int], int]:
    """Leads links to the translation of their page where that is public, else to where they led."""
    known: dict[int, int] = {}

    def follow(number: int) -> int:
        if number not in known:
            page = Page.objects.filter(pk=number).first()
            there = page and page.get_translations().filter(locale=locale, live=True).first()
            known[number] = there.pk if there else number
        return known[number]

    return follow


def is_worth_translating(segment: Segment) -> bool:
    """Whether a segment that says the same in both languages is likely to be forgotten, and not a name."""
    words = [word for word in segment.text.split() if any(letter.isalpha() for letter in word)]
    return segment.kind in ("text", "markup") and len(words) >= FEWEST_WORDS


def _parent_of(original: Page, locale: Locale) -> Page | None:
    return original.get_parent().specific.get_translation_or_none(locale)


def _named(page: Page) -> dict[str, str]:
    return {"title": page.title}
