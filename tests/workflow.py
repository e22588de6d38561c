"""The newsroom of the tests: people who log in, pages on every desk, and forms as the browser sends them."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield

from approval import roles, verification
from approval.digest import digest_of
from approval.models import LedgerEntry
from catalog.models import GlossaryTerm
from events.models import Venue
from home.bootstrap import home_of
from home.models import Fact, SearchRecommendation, SearchSynonym, SiteSettings, User
from news.models import NewsIndexPage, NewsPage

PASSWORD = "sąsiedztwo-jest-ważne"
APPROVED = "Text that was approved"
"""The lead of every page that went through the workflow: what visitors may read."""
SMUGGLED = "Smuggled in by nobody-knows-whom"
"""What an attacker would like visitors to read."""


def person(login: str, *groups: roles.Role, superuser: bool = False) -> User:
    """A member of staff in `groups`, who can log in with PASSWORD."""
    user, created = User.objects.get_or_create(
        username=login,
        defaults={
            "first_name": login.capitalize(),
            "last_name": "Testowa",
            "email": f"{login}@koalicja.example",
            "is_superuser": superuser,
            "is_staff": superuser,
        },
    )
    if created:
        user.set_password(PASSWORD)
        user.save()
        user.groups.set(Group.objects.filter(role__key__in=[role.key for role in groups]))
    return user


def log_in(user: User) -> Client:
    """A browser in which `user` has logged in; the form itself is the subject of tests/home/test_login.py."""
    client = Client()
    client.force_login(user)
    return client


# --- Pages ----------------------------------------------------------------------------------


def news_index(language: str = "pl") -> NewsIndexPage:
    return NewsIndexPage.objects.child_of(home_of(Locale.objects.get(language_code=language))).get()


def draft_of(author: User, title: str = "Draft", *, language: str = "pl", **fields: Any) -> NewsPage:
    """A news item that `author` has written and nobody has seen."""
    parent = news_index(language)
    values = {"lead": APPROVED, "kind": "training", **fields}
    page = NewsPage(title=title, slug=_slug(title), owner=author, live=False, locale=parent.locale, **values)
    parent.add_child(instance=page)
    page.save_revision(user=author, log_action="wagtail.create")
    return page


def submit(instance: Any, author: User) -> Any:
    """Send the newest text to its workflow; returns the task state that waits now."""
    return instance.get_workflow().start(instance, author).current_task_state.specific


def take_step(instance: Any, user: User, action: str = "approve", **kwargs: Any) -> None:
    """`user` takes the step at which `instance` stands."""
    state = fresh(instance).current_workflow_task_state
    state.task.specific.on_action(state, user, action, **kwargs)


def publish_properly(instance: Any, author: User, reviewer: User, approver: User) -> Any:
    """All steps of the workflow for the newest text of `instance`; returns it fresh."""
    submit(instance, author)
    take_step(instance, reviewer)
    take_step(instance, approver)
    return fresh(instance)


def whole_url(page: Any) -> str:
    """The ordinary editor of a translation that opens segment by segment."""
    return f"{edit_url(page)}?whole=1"


def fresh(instance: Any) -> Any:
    """`instance` as the database has it now."""
    return type(instance).objects.get(pk=instance.pk)


def in_an_hour():
    return timezone.now().replace(microsecond=0) + timedelta(hours=1)


def _slug(title: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in title.lower())


# --- Forms ----------------------------------------------------------------------------------


def form_of(page: NewsPage, **changes: Any) -> dict[str, Any]:
    """What the editor's form sends for the newest text of `page`, with `changes`."""
    newest = fresh(page).get_latest_revision_as_object()
    return {
        "title": newest.title,
        "slug": newest.slug,
        "lead": newest.lead,
        "kind": newest.kind,
        "date": newest.date.isoformat(),
        "funding": newest.funding,
        "funder": newest.funder,
        "tags": "",
        "lead_image_alt": "",
        "lead_image_caption": "",
        "seo_title": "",
        "search_description": "",
        **_body(changes, newest),
        **_empty_formset("attachment_items"),
        **_empty_formset("comments"),
        **{name: _form_value(value) for name, value in changes.items()},
    }


def new_form(**changes: Any) -> dict[str, Any]:
    """What the "new page" form sends for a news item."""
    values = {
        "title": "New",
        "slug": "new",
        "lead": SMUGGLED,
        "kind": "training",
        "date": timezone.localdate().isoformat(),
        "funding": "project",
        **_body(changes),
        **_empty_formset("attachment_items"),
        **_empty_formset("comments"),
    }
    return {**values, **{name: _form_value(value) for name, value in changes.items()}}


QUOTE = {"type": "quote", "value": {"text": "Who was there says so", "author": "", "role": ""}, "id": ""}


def _body(changes: dict[str, Any], newest: NewsPage | None = None) -> dict[str, str]:
    """The quotes of `newest`, as what is sent has to say something; no other blocks."""
    quotes = [block for block in newest.body.raw_data if block["type"] == "quote"] if newest else []
    if not quotes and {"action-submit", "action-restart-workflow"} & set(changes):
        quotes = [QUOTE]
    data = nested_form_data({"body": streamfield([(block["type"], block["value"]) for block in quotes])})
    return data | {f"body-{number}-id": block["id"] for number, block in enumerate(quotes)}


def _empty_formset(name: str) -> dict[str, str]:
    return {
        f"{name}-TOTAL_FORMS": "0",
        f"{name}-INITIAL_FORMS": "0",
        f"{name}-MIN_NUM_FORMS": "0",
        f"{name}-MAX_NUM_FORMS": "1000",
    }


def _form_value(value: Any) -> Any:
    """Times as the editor's date field sends them, in the site's own zone."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if hasattr(value, "hour") else value


# --- Addresses ------------------------------------------------------------------------------


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def create_url(parent: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=["news", "newspage", parent.pk])


def task_url(page: Any, action: str, task_state_id: int) -> str:
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task_state_id])


def what_visitors_see(page: Any) -> tuple[int, str]:
    """Status and words of the page's public address, for somebody who is not logged in.

    Nothing is remembered: a commit would see to that, and no test makes one.
    """
    cache.clear()
    answer = Client().get(page.url)
    return answer.status_code, answer.content.decode()


# --- What must hold after every attack --------------------------------------------------------


SNIPPETS = (SiteSettings, SearchSynonym, SearchRecommendation, Venue, Fact, GlossaryTerm)


def shown_to_visitors() -> dict[str, str]:
    """Everything live, by kind and number: the digest of its content and its address."""
    pages = Page.objects.live().filter(depth__gt=1).specific()
    texts = [text for model in SNIPPETS for text in model.objects.filter(live=True)]
    return {
        **{f"page {page.pk}": f"{page.url_path} {digest_of(page)}" for page in pages},
        **{f"{text._meta.model_name} {text.pk}": digest_of(text) for text in texts},
    }


def records() -> dict[tuple[int, str], list[tuple[Any, ...]]]:
    """Versions and ledger of every text: with what is shown, all that the proof of its approval rests on."""
    found: dict[tuple[int, str], list[tuple[Any, ...]]] = defaultdict(list)
    versions = Revision.objects.values_list("base_content_type", "object_id", "pk", "content", "approved_go_live_at")
    entries = LedgerEntry.objects.values_list("content_type", "object_id", "pk", "act", "digest")
    for model, pk, *facts in (*versions.order_by("pk"), *entries.order_by("pk")):
        found[model, pk].append(tuple(facts))
    return found


@contextmanager
def nothing_changes_for_visitors(*pages: Any) -> Iterator[None]:
    """Whatever happens inside, visitors go on reading what they read, of `pages` and of everything else."""
    shown, read, known = shown_to_visitors(), [what_visitors_see(page) for page in pages], records()
    yield
    for page in pages:  # also of what was remembered meanwhile
        assert SMUGGLED not in Client().get(page.url).content.decode()
    for page, (status, words) in zip(pages, read, strict=True):
        now_status, now_words = what_visitors_see(page)
        assert now_status == status
        assert SMUGGLED not in now_words
        assert words == now_words or status == 404
    assert shown_to_visitors() == shown
    touched = [pk for (model, pk), facts in records().items() if facts != known.get((model, pk))]
    public = Page.objects.live().filter(depth__gt=1, pk__in=[*touched, *(page.pk for page in pages)])
    assert not list(verification.doubts(public.specific()))


def refused_politely(answer: Any) -> bool:
    """An answer that is no crash: a form again, a message and a redirect, or a plain no."""
    return answer.status_code < 500
