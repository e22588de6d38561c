"""Attacks with Wagtail's own screens: whoever tries them, visitors go on reading what was approved."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page, PageViewRestriction, get_page_models

from approval.contributors import contributors
from approval.models import GatedMixin
from approval.publish_guard import NotApprovedError
from approval.schedule import withdraw
from home.models import SiteSettings
from news.models import NewsPage
from tests.approval.attacks import press
from tests.workflow import (
    APPROVED,
    SMUGGLED,
    create_url,
    draft_of,
    edit_url,
    form_of,
    fresh,
    in_an_hour,
    new_form,
    news_index,
    nothing_changes_for_visitors,
    publish_properly,
    refused_politely,
    submit,
    take_step,
    what_visitors_see,
)
from translation import linked_actions

pytestmark = pytest.mark.usefixtures("shared_pages")

EVERYBODY = ("autorka", "redaktorka", "koordynatorka", "admin")
WITHOUT_THAT_RIGHT = ("autorka", "redaktorka", "tlumaczka")
STATES = ("live_page", "draft", "in_review", "in_approval", "scheduled")
PUBLISH = {"action-publish": "1"}


def bulk(action: str, *pages: Page) -> str:
    query = "&".join(f"id={page.pk}" for page in pages)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?{query}&next=/admin/"


def page_url(name: str, *args: int) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


@pytest.fixture
def attackers(client_as, pages):
    """Everybody's name and browser: one after the other they try the same, and visitors must not notice any of them."""
    return [(who, client_as(pages(who))) for who in EVERYBODY]


def test_what_was_loaded_before_the_approval_is_not_saved_over_it(in_approval, koordynatorka):
    loaded = fresh(in_approval).get_latest_revision_as_object()
    take_step(in_approval, koordynatorka)
    with pytest.raises(NotApprovedError):
        loaded.save()
    public = fresh(in_approval)
    assert public.live
    public.unpublish(user=koordynatorka)
    assert not fresh(in_approval).live


# --- Publish, in every place that has such a button -------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_the_publish_button_sent_by_hand(attackers, pages, state):
    page = pages(state)
    with nothing_changes_for_visitors(page):
        for who, browser in attackers:
            answer = browser.post(edit_url(page), form_of(page, lead=f"{SMUGGLED} {who}", **PUBLISH))
            assert refused_politely(answer), who


def test_create_and_publish(attackers):
    with nothing_changes_for_visitors():
        for who, browser in attackers:
            answer = browser.post(create_url(news_index()), new_form(title=who, slug=f"new-{who}", **PUBLISH))
            assert refused_politely(answer), who
    assert not NewsPage.objects.filter(slug__startswith="new-", live=True).exists()


def test_revert_and_publish(attackers, pages, live_page):
    older = live_page.revisions.order_by("pk").first()
    url = page_url("revisions_revert", live_page.pk, older.pk)
    with nothing_changes_for_visitors(live_page):
        for who, browser in attackers:
            live_page.lead = f"{SMUGGLED} {who}"
            live_page.save_revision(user=pages(who))
            assert refused_politely(browser.post(url, form_of(live_page, lead=live_page.lead, **PUBLISH))), who


@pytest.mark.parametrize("state", STATES)
def test_bulk_publish(attackers, pages, state):
    page = pages(state)
    with nothing_changes_for_visitors(page):
        for who, browser in attackers:
            if state == "live_page":
                page.lead = f"{SMUGGLED} {who}"
                page.save_revision(user=pages(who))
            assert refused_politely(browser.post(bulk("publish", page), {"include_descendants": "on"})), who


def test_bulk_publish_of_a_whole_section(client_as, admin, draft, in_review):
    with nothing_changes_for_visitors(draft, in_review):
        url = bulk("publish", news_index())
        assert refused_politely(client_as(admin).post(url, {"include_descendants": "on"}))


# --- Copies -----------------------------------------------------------------------------------


def copy_form(page: Page, **changes: str) -> dict[str, str]:
    values = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(page.get_parent().pk)}
    return {**values, "publish_copies": "on", **changes}


@pytest.mark.parametrize("state", ("live_page", "draft", "scheduled"))
def test_copy_with_publish_copies(attackers, pages, state):
    page = pages(state)
    with nothing_changes_for_visitors(page):
        for who, browser in attackers:
            form = copy_form(page, new_slug=f"copy-{who}")
            assert refused_politely(browser.post(page_url("copy", page.pk), form)), who
    assert not Page.objects.filter(slug__startswith="copy-", live=True).exists()


def test_nobody_is_offered_a_copy_that_is_public_at_once(client_as, admin, live_page):
    for page in (live_page, news_index(), news_index().get_parent()):
        form = client_as(admin).get(page_url("copy", page.pk)).context["form"]
        assert not {"publish_copies", "alias"} & set(form.fields)


def test_a_copy_below_the_root_is_a_draft_whatever_is_asked_for(client_as, admin, live_page):
    home, root = news_index().get_parent(), Page.get_first_root_node()
    with nothing_changes_for_visitors(live_page):
        form = copy_form(home, new_parent_page=str(root.pk), alias="on")
        assert client_as(admin).post(page_url("copy", home.pk), form).status_code == 302
    copied = Page.objects.get(slug="copy")
    assert not copied.live
    assert copied.alias_of is None


def test_copy_of_a_scheduled_page_does_not_inherit_its_approved_time(client_as, koordynatorka, scheduled):
    client_as(koordynatorka).post(page_url("copy", scheduled.pk), copy_form(scheduled))
    copied = Page.objects.filter(slug="copy").first()
    assert copied is None or copied.scheduled_revision is None


def test_recursive_copy_of_a_section_with_its_pages(client_as, admin, live_page):
    index = news_index()
    with nothing_changes_for_visitors(live_page):
        form = copy_form(index, copy_subpages="on")
        assert refused_politely(client_as(admin).post(page_url("copy", index.pk), form))


def test_copy_as_alias(attackers, live_page):
    with nothing_changes_for_visitors(live_page):
        for who, browser in attackers:
            form = copy_form(live_page, alias="on", new_slug=f"copy-{who}")
            assert refused_politely(browser.post(page_url("copy", live_page.pk), form)), who
    assert not Page.objects.filter(alias_of=live_page, live=True).exists()


def test_an_alias_of_a_draft_never_goes_live_with_it(draft, autorka, redaktorka, koordynatorka):
    """Publication of the original works, and shows nothing at an address that nobody approved."""
    alias = draft.create_alias(update_slug="alias-of-draft")
    assert publish_properly(draft, autorka, redaktorka, koordynatorka).live
    assert not fresh(alias).live


# --- Moves and deletions ------------------------------------------------------------------------


def test_move_of_a_live_page(client_as, pages, live_page):
    """One page, and in bulk."""
    destination = news_index("en")
    form = {"chooser": str(destination.pk), "move_applicable": "on"}
    with nothing_changes_for_visitors(live_page):
        for who in WITHOUT_THAT_RIGHT:
            browser = client_as(pages(who))
            assert refused_politely(browser.post(page_url("move_confirm", live_page.pk, destination.pk))), who
            assert refused_politely(browser.post(bulk("move", live_page), form)), who


def test_deletion_of_a_live_page(attackers, live_page):
    with nothing_changes_for_visitors(live_page):
        for who, browser in attackers:
            assert refused_politely(browser.post(page_url("delete", live_page.pk))), who
            assert refused_politely(browser.post(bulk("delete", live_page))), who
            assert fresh(live_page), who


def test_deletion_of_a_section_with_live_pages(client_as, admin, live_page):
    index = news_index()
    with nothing_changes_for_visitors(live_page):
        form = {"confirm_site_name": "Koalicja na rzecz sąsiedztw"}
        assert refused_politely(client_as(admin).post(page_url("delete", index.pk), form))


def test_deletion_of_a_page_that_was_public_once(client_as, koordynatorka, admin, live_page):
    client_as(koordynatorka).post(page_url("unpublish", live_page.pk))
    assert not fresh(live_page).live
    assert refused_politely(client_as(admin).post(page_url("delete", live_page.pk)))
    assert fresh(live_page).revisions.exists()


@pytest.mark.parametrize("who", EVERYBODY)
def test_deletion_of_a_page_that_waits_for_its_approved_time(client_as, pages, who, scheduled):
    """A coordinator can withdraw the approval, with a reason and a record; then it can be deleted."""
    assert refused_politely(client_as(pages(who)).post(page_url("delete", scheduled.pk)))
    client_as(pages(who)).post(bulk("delete", scheduled))
    assert fresh(scheduled).scheduled_revision
    if who == "koordynatorka":
        withdraw(scheduled, pages(who))
        client_as(pages(who)).post(page_url("delete", scheduled.pk))
        assert not Page.objects.filter(pk=scheduled.pk).exists()


def test_taking_down_by_somebody_without_that_right(client_as, pages, live_page):
    with nothing_changes_for_visitors(live_page):
        for who in WITHOUT_THAT_RIGHT:
            assert refused_politely(client_as(pages(who)).post(page_url("unpublish", live_page.pk))), who
            assert refused_politely(client_as(pages(who)).post(bulk("unpublish", live_page))), who


def test_reordering_the_live_pages_of_a_section(client_as, redaktorka, live_page):
    url = reverse("wagtailadmin_pages:set_page_position", args=[live_page.pk])
    with nothing_changes_for_visitors(live_page):
        assert refused_politely(client_as(redaktorka).post(url + "?position=0"))


# --- Times, privacy, locks, comments --------------------------------------------------------------


def test_a_time_sent_with_publish(attackers, draft):
    with nothing_changes_for_visitors(draft):
        for who, browser in attackers:
            form = form_of(draft, lead=f"{SMUGGLED} {who}", go_live_at=in_an_hour(), **PUBLISH)
            assert refused_politely(browser.post(edit_url(draft), form)), who
            assert fresh(draft).scheduled_revision is None, who


def test_another_time_for_a_scheduled_page(attackers, scheduled):
    approved = scheduled.scheduled_revision
    earlier = in_an_hour() - timedelta(minutes=50)
    with nothing_changes_for_visitors(scheduled):
        for who, browser in attackers:
            form = form_of(scheduled, lead=f"{SMUGGLED} {who}", go_live_at=earlier, **PUBLISH)
            assert refused_politely(browser.post(edit_url(scheduled), form))
            still = fresh(scheduled).scheduled_revision
            assert still.pk == approved.pk, who
            assert still.approved_go_live_at == approved.approved_go_live_at, who
            assert SMUGGLED not in still.content["lead"], who


def test_an_end_date_for_a_live_page(client_as, redaktorka, live_page):
    with nothing_changes_for_visitors(live_page):
        form = form_of(live_page, expire_at=in_an_hour())
        client_as(redaktorka).post(edit_url(live_page), form)
        assert fresh(live_page).expire_at is None
        call_command("publish_scheduled")


@pytest.mark.parametrize("who", ("autorka", "redaktorka", "tlumaczka", "koordynatorka"))
def test_unscheduling_past_the_screen_that_asks(client_as, pages, who, scheduled):
    revision = scheduled.scheduled_revision
    url = page_url("revisions_unschedule", scheduled.pk, revision.pk)
    assert refused_politely(client_as(pages(who)).post(url))
    assert fresh(scheduled).scheduled_revision == revision


def test_hiding_a_live_page_behind_a_password(client_as, pages, live_page):
    url = reverse("wagtailadmin_pages:set_privacy", args=[live_page.pk])
    with nothing_changes_for_visitors(live_page):
        for who in WITHOUT_THAT_RIGHT:
            form = {"restriction_type": "password", "password": "tajne"}
            assert refused_politely(client_as(pages(who)).post(url, form)), who
    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize("state", ("live_page", "scheduled", "in_approval"))
def test_autosave_over_a_version_that_was_approved_or_submitted(attackers, pages, state):
    page = pages(state)
    revision = page.scheduled_revision or page.live_revision or page.get_latest_revision()
    kept = revision.content
    with nothing_changes_for_visitors(page):
        for who, browser in attackers:
            with transaction.atomic():
                form = form_of(page, lead=SMUGGLED, overwrite_revision_id=str(revision.pk))
                answer = browser.post(edit_url(page), form, headers={"accept": "application/json"})
                assert refused_politely(answer)
                revision.refresh_from_db()
                assert revision.content == kept, who
                transaction.set_rollback(True)  # whoever comes next finds no newer version


def test_an_address_changed_in_the_explorer(client_as, koordynatorka, live_page):
    with nothing_changes_for_visitors(live_page):
        answer = client_as(koordynatorka).post(edit_url(live_page), form_of(live_page, slug="elsewhere"))
        assert refused_politely(answer)


def test_a_comment_changes_nothing(client_as, redaktorka, live_page):
    form = form_of(live_page)
    form |= {
        "comments-TOTAL_FORMS": "1",
        "comments-0-text": SMUGGLED,
        "comments-0-contentpath": "lead",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    with nothing_changes_for_visitors(live_page):
        assert refused_politely(client_as(redaktorka).post(edit_url(live_page), form))


def remark(page, words="Is that right?"):
    """What the editor's form sends when nothing but a remark was added."""
    return form_of(page) | {
        "comments-TOTAL_FORMS": "1",
        "comments-0-text": words,
        "comments-0-contentpath": "lead",
        "comments-0-position": "3",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }


def test_whoever_only_remarks_has_written_nothing(client_as, koordynatorka, in_approval):
    """A remark makes no version, so it makes no writer, and what was approved before stays approved."""
    browser, version = client_as(koordynatorka), in_approval.latest_revision_id
    browser.post(edit_url(in_approval), remark(in_approval))
    assert Comment.objects.get().text == "Is that right?"
    assert Comment.objects.get().position == "3"
    assert fresh(in_approval).latest_revision_id == version
    assert koordynatorka.pk not in contributors(fresh(in_approval))
    press(browser, in_approval)
    assert what_visitors_see(in_approval)[0] == 200


def test_remarks_are_offered_only_where_they_are_found_again(live_page):
    """Wagtail hides a remark on what is no field of the model, and keeps one more with each save."""
    panels, named = [NewsPage.get_edit_handler()], []
    while panels:
        panel = panels.pop()
        panels += getattr(panel, "children", [])
        if getattr(panel, "field_name", "") and not panel.disable_comments:
            named.append(panel.field_name)
    assert "lead" in named
    for name in named:
        assert Comment(page=live_page, contentpath=name).has_valid_contentpath(live_page), name


def test_a_remark_and_the_decision_in_one_go(client_as, koordynatorka, in_approval):
    form = remark(in_approval) | {"action-workflow-action": "1", "workflow-action-name": "approve"}
    client_as(koordynatorka).post(edit_url(in_approval), form)
    assert what_visitors_see(in_approval)[0] == 200


def test_a_remark_with_one_changed_letter_makes_a_writer(client_as, koordynatorka, in_approval):
    form = remark(in_approval) | {"lead": APPROVED + "."}
    client_as(koordynatorka).post(edit_url(in_approval), form)
    assert koordynatorka.pk in contributors(fresh(in_approval))
    with nothing_changes_for_visitors(in_approval):
        assert refused_politely(press(client_as(koordynatorka), in_approval))


def test_another_time_makes_a_writer(client_as, koordynatorka, in_approval):
    form = form_of(in_approval, go_live_at=in_an_hour())
    client_as(koordynatorka).post(edit_url(in_approval), form)
    assert koordynatorka.pk in contributors(fresh(in_approval))


def test_autosave_after_a_remark_goes_on(client_as, autorka, redaktorka, draft):
    """The remark left the author's version; what redaktorka types next becomes one of her own."""
    browser, headers = client_as(redaktorka), {"accept": "application/json"}
    answer = browser.post(edit_url(draft), remark(draft), headers=headers).json()
    assert (answer["success"], answer["revision_id"]) == (True, draft.latest_revision_id)
    form = form_of(draft, lead=SMUGGLED, overwrite_revision_id=answer["revision_id"])
    answer = browser.post(edit_url(draft), form, headers=headers).json()
    assert answer["success"]
    assert draft.revisions.count() == 2
    assert redaktorka.pk in contributors(fresh(draft))


def test_a_lock_keeps_no_page_up(client_as, redaktorka, koordynatorka, live_page):
    client_as(redaktorka).post(page_url("lock", live_page.pk))
    client_as(koordynatorka).post(page_url("unpublish", live_page.pk))
    assert not fresh(live_page).live


def test_every_page_type_stands_behind_the_gate():
    assert all(issubclass(model, GatedMixin) for model in get_page_models() if model is not Page)


# --- Addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ("pl", "en"))
def test_a_new_address_of_a_section_takes_its_pages_along(
    client_as, autorka, redaktorka, koordynatorka, language, django_capture_on_commit_callbacks
):
    """Approved with the section's text; the approver reads how many addresses change; old ones go on working."""
    index = news_index(language)
    page = publish_properly(draft_of(autorka, "Below", language=language), autorka, redaktorka, koordynatorka)
    unpublished = draft_of(autorka, "Unseen", language=language)
    before, below = page.url, index.get_descendants().live().count()
    index.slug = "new-section"
    index.save_revision(user=autorka, log_action=True)
    submit(index, autorka)
    assert fresh(page).url == before, "a draft of the section moves nothing"
    take_step(index, redaktorka)
    koordynatorka.preferred_language = "en"
    decision = reverse("newsroom:decide", args=[fresh(index).current_workflow_task_state.pk])
    words = f"addresses of {below} public page{'s' if below > 1 else ''} below"
    assert words in client_as(koordynatorka).get(decision).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        take_step(index, koordynatorka)
    assert fresh(page).url == before.replace(before.split("/")[-3], "new-section")
    answer = Client().get(before)
    assert (answer.status_code, answer["Location"]) == (301, fresh(page).url)
    assert Client().get(unpublished.url).status_code == 404
    assert not Redirect.objects.filter(redirect_page=unpublished).exists()
    call_command("verify_approvals")


def test_a_new_address_of_an_unpublished_section_moves_none_of_its_public_pages(
    client_as, redaktorka, koordynatorka, live_page
):
    """What nobody sees has no approval, and its row is saved with every draft."""
    index = news_index()
    linked_actions.take_down([index], koordynatorka, together=False)
    index, before = fresh(index), live_page.url
    form = {"title": index.title, "slug": "hijacked", "body-count": "0"}
    form |= {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    with nothing_changes_for_visitors(live_page):
        answer = client_as(redaktorka).post(edit_url(index), form)
        assert "slug" in answer.context["form"].errors
        index.slug = "hijacked"
        with pytest.raises(NotApprovedError):
            index.save()
    assert fresh(live_page).url == before
    assert client_as(redaktorka).post(edit_url(index), {**form, "slug": fresh(index).slug}).status_code == 302


def test_every_editor_asks_before_it_saves(client_as, koordynatorka, live_page):
    """Of the newest version and of an older one, of a page and of a snippet: four views."""
    texts = SiteSettings.objects.first()
    version = texts.save_revision(user=koordynatorka)
    snippet = "wagtailsnippets_home_sitesettings"
    for url in (
        edit_url(live_page),
        page_url("revisions_revert", live_page.pk, live_page.live_revision_id),
        reverse(f"{snippet}:edit", args=[texts.pk]),
        reverse(f"{snippet}:revisions_revert", args=[texts.pk, version.pk]),
    ):
        answer = client_as(koordynatorka).post(
            url, {"overwrite_revision_id": "no number"}, headers={"accept": "application/json"}
        )
        assert (answer.status_code, answer.json()["error_code"]) == (403, "refused"), url
