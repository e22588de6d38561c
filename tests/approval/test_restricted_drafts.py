"""A draft that is kept to named people: nobody else comes across it anywhere, whatever their role."""

import datetime
import gc
import re
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Comment, Page, PageLogEntry, Revision, WorkflowState

from approval import claims, deadlines, releases, restriction, submissions
from approval.middleware import _read_on
from approval.models import GatedMixin, RestrictedDraft
from approval.reader import reading, reading_as
from approval.refusals import RefusedError
from approval.views.subjects import address
from approval.visibility import RULES, hidden
from coalition.models import CoalitionIndexPage
from home.blocks.references import PageChooserBlock
from home.models import SiteDocument
from news.models import NewsPage
from notifications import outbox
from notifications.models import OutgoingMail
from tests import factories
from tests.addresses import addresses, filled
from tests.approval.scene import crew
from tests.reading import source
from tests.workflow import (
    draft_of,
    edit_url,
    form_of,
    fresh,
    in_an_hour,
    log_in,
    news_index,
    publish_properly,
    submit,
    take_step,
)

pytestmark = pytest.mark.django_db
SEARCHES = True

SECRET = "Tajnoslowny"
"""In everything that is kept: ASCII, so that no JSON writes it otherwise."""
REASON = "Autorka zachorowała, a termin wniosku jest jutro."

NEVER = ("logout", "/jsi18n", "/sprite", "failwhale")
OTHERS = ("autor2", "koordynatorka", "tlumaczka")


@pytest.fixture(scope="module")
def kept_of_all(module_tree):
    author, reviewer, _approver, _translator = crew()
    page = draft_of(author, f"{SECRET} grantowy")
    restriction.restrict(page, [author, reviewer], author)
    Comment.objects.create(page=page.page_ptr, user=author, text=SECRET, contentpath="lead", position="")
    deadlines.set_needed_by(page, datetime.date(2031, 5, 5), author)
    with submissions.with_note(SECRET):
        submit(page, author)
    return page


@pytest.fixture
def kept(kept_of_all):
    """Known to its author and one reviewer: it has a remark, a day, a note, and waits at the first step."""
    return fresh(kept_of_all)


def numbers_of(page: Any) -> dict[str, Any]:
    """What stands in the parameters of addresses; "*" in all others."""
    state = page.current_workflow_task_state
    return {
        "*": page.pk,
        "revision_id": page.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": page.latest_revision_id,
        "task_state": state.pk,
        "task_state_id": state.pk,
        "workflow_state_id": state.workflow_state_id,
        "app_label": "wagtailcore",
        "model_name": "page",
        "content_type_app_name": "news",
        "content_type_app_label": "news",
        "content_type_model_name": "newspage",
        "language": "en",
        "action_name": "approve",
    }


def lists(page: Any) -> list[str]:
    """Where texts are found with what a person would ask for; the walk comes to the rest, whatever has no parameter."""
    parent, word = page.get_parent().pk, "grantowy"
    reports = [
        reverse(name) for name in ("newsroom:under_way", "approval:ledger", "newsroom:archive", "translation:report")
    ]
    stock = ("aging_pages", "locked_pages", "site_history", "workflow", "workflow_tasks")
    reports += [reverse(f"wagtailadmin_reports:{name}") for name in stock]
    searched = reverse("wagtailadmin_pages:search")
    api = reverse("wagtailadmin_api:pages:listing")
    explorer = reverse("wagtailadmin_explore", args=[parent])
    return [
        *(f"{report}?export=csv" for report in reports),
        explorer,
        f"{explorer}?q={word}",
        f"{explorer}?export=csv",
        f"{searched}?q={word}",
        f"{reverse('newsroom:under_way')}?q={word}",
        f"{reverse('wagtailadmin_choose_page')}?q={word}",
        f"{reverse('wagtailadmin_choose_page_search')}?q={word}",
        reverse("wagtailadmin_choose_page_child", args=[parent]),
        f"{api}?child_of={parent}&for_explorer=1",
        f"{api}?search={word}",
        f"{api}?translation_of={page.pk}",
        f"{api}?fields=*&order=-latest_revision_created_at",
        f"{reverse('wagtailadmin_tag_autocomplete')}?term={word}",
        f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={page.pk}",
        f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'move'])}?id={page.pk}",
        f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'send'])}?id={page.pk}",
        reverse("wagtailadmin_pages:delete", args=[parent]),
        reverse("wagtailadmin_pages:history", args=[parent]),
        page.get_url(),
    ]


def says(answer: Any) -> str:
    return answer.getvalue().decode(errors="replace").lower()


TELLS_NOTHING = {
    "approval.LedgerPerson": "shown with its entry",
    "approval.RestrictedThing": "says what is hidden, and shows nowhere",
    "home.PageTerm": "a part of its page",
    "news.NewsAttachment": "a part of its page",
    "news.NewsPageTag": "a part of its page",
    "translation.DismissedNotice": "shown beside its translation",
    "translation.MachineWords": "shown beside its translation",
    "wagtail_localize.TranslationLog": "nothing writes it",
    "wagtailadmin.EditingSession": "told to those who have the same text open",
    "wagtailadmin.FormState": "told to whoever has the same form open",
    "wagtailcore.PageViewRestriction": "shown with its page",
    "wagtailcore.Site": "its start page is public",
    "wagtailsearch.IndexEntry": "asked through the rows that it leads to",
    "taggit.TaggedItem": "of pictures and documents",
}


def test_every_model_that_tells_of_a_page_has_a_rule():
    """Whoever adds one reads approval/visibility.py."""
    found = set()
    for model in apps.get_models():
        fields = [field for field in model._meta.get_fields() if not field.auto_created]
        keys = {field.related_model for field in fields if field.is_relation and isinstance(field.related_model, type)}
        is_own = {Revision, WorkflowState} & keys and issubclass(model, GatedMixin)  # a snippet has some of its own
        tells = any(issubclass(key, Page) or key._meta.label in RULES for key in keys) and not is_own
        tells = tells or "object_id" in {field.name for field in fields}
        if tells and model._meta.label not in RULES and not issubclass(model, Page):
            found.add(model._meta.label)
    assert found - {"wagtailcore.ModelLogEntry"} == set(TELLS_NOTHING), "the log of what is no page names snippets"


def test_an_administrator_comes_across_it_at_no_address_of_the_admin(kept, admin):
    browser, values = log_in(admin), numbers_of(kept)
    in_the_admin = [one.pattern for one in addresses() if one.pattern.startswith("admin/")]
    walked = {filled(pattern, values): pattern for pattern in in_the_admin}
    assert len(walked) > 300, "the addresses were found"
    for url, pattern in walked.items():
        if any(never in url for never in NEVER):
            continue
        answer = browser.get(url)
        assert SECRET.lower() not in says(answer), url
        assert answer.status_code != 500, url
        if "page_id" in pattern or "page_pk" in pattern:
            assert answer.status_code in (302, 404, 405), url


def test_no_list_search_report_export_or_chooser_has_it(kept, admin):
    browser = log_in(admin)
    for url in lists(kept):
        assert SECRET.lower() not in says(browser.get(url)), url


@pytest.mark.parametrize("who", OTHERS)
def test_no_other_role_finds_it(kept, request, who):
    """The queries are the same; these are the screens that choose by role."""
    browser = log_in(request.getfixturevalue(who))
    for url in (
        reverse("wagtailadmin_home"),
        reverse("newsroom:under_way"),
        f"{reverse('wagtailadmin_pages:search')}?q=grantowy",
        f"{reverse('wagtailadmin_choose_page_search')}?q=grantowy",
        edit_url(kept),
        reverse("newsroom:decide", args=[kept.current_workflow_task_state.pk]),
    ):
        assert SECRET.lower() not in says(browser.get(url)), url


def test_those_who_are_named_find_it_as_before(kept, redaktorka, client_as):
    """So the walk above would find it."""
    browser = client_as(redaktorka)
    title = kept.title.lower()
    for url in (
        reverse("wagtailadmin_home"),
        reverse("newsroom:under_way"),
        f"{reverse('newsroom:under_way')}?export=csv",
        reverse("wagtailadmin_explore", args=[kept.get_parent().pk]),
        f"{reverse('wagtailadmin_pages:search')}?q={SECRET}",
        f"{reverse('wagtailadmin_choose_page_search')}?q={SECRET}",
        f"{reverse('wagtailadmin_api:pages:listing')}?child_of={kept.get_parent().pk}",
        edit_url(kept),
        reverse("newsroom:decide", args=[kept.current_workflow_task_state.pk]),
    ):
        assert title in says(browser.get(url)), url


def test_nobody_else_writes_decides_or_takes_it_over(kept, admin, koordynatorka):
    state = kept.current_workflow_task_state
    before = fresh(kept).latest_revision_id
    for user in (admin, koordynatorka):
        browser = log_in(user)
        for url, data in (
            (edit_url(kept), form_of(kept, lead="Other")),
            (address("approval:restriction", kept), {"people": [user.pk]}),
            (address("approval:restriction", kept), {"end": "1"}),
            (address("approval:emergency", kept), {"reason": REASON, "revision": before}),
            (address("approval:needed_by", kept), {"day": "2030-01-01"}),
            (reverse("newsroom:decide", args=[state.pk]), {"action": "approve"}),
            (reverse("approval:take_step", args=[state.pk]), {}),
            (reverse("wagtailadmin_pages:workflow_action", args=[kept.pk, "approve", state.pk]), {}),
            (reverse("wagtailadmin_pages:delete", args=[kept.pk]), {}),
            (reverse("wagtailadmin_pages:copy", args=[kept.pk]), {"new_title": "Copy", "new_slug": "copy"}),
            (reverse("wagtailadmin_pages:lock", args=[kept.pk]), {}),
        ):
            answer = browser.post(url, data)
            assert answer.status_code in (302, 404) and SECRET.lower() not in says(answer), url
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        browser.post(f"{bulk}?id={kept.pk}", {})
    now = fresh(kept)
    assert (now.latest_revision_id, now.locked, now.live) == (before, False, False)
    assert set(RestrictedDraft.objects.get().people.values_list("username", flat=True)) == {"autorka", "redaktorka"}


def test_publication_ends_it_for_good(client_as, autorka, redaktorka, koordynatorka, koordynator2):
    page, browser = draft_of(autorka, SECRET), client_as(autorka)
    url = address("approval:restriction", page)
    assert browser.post(url, {"people": [redaktorka.pk]}, follow=True).status_code == 200
    assert not RestrictedDraft.objects.of(page).exists()
    answer = browser.post(url, {"people": [autorka.pk, redaktorka.pk]}, follow=True)
    assert "zatwierdzenie" in says(answer), "nobody among them can take that step"
    browser.post(url, {"people": [autorka.pk, redaktorka.pk, koordynatorka.pk]})
    assert restriction.restricted(page).people.count() == 3
    submit(page, autorka)
    take_step(page, redaktorka)
    with pytest.raises(RefusedError):
        take_step(page, koordynator2)
    take_step(page, koordynatorka)
    assert fresh(page).live and not RestrictedDraft.objects.of(page).exists(), "what is public is no secret"
    assert PageLogEntry.objects.get(page=page.pk, action="approval.unrestricted").user == koordynatorka
    fresh(page).unpublish()
    assert not RestrictedDraft.objects.of(page).exists(), "taking down doesn't bring it back"
    assert browser.post(url, {"people": [autorka.pk]}).status_code < 500
    assert not RestrictedDraft.objects.of(page).exists(), "its title was public"


def test_nobody_takes_a_text_away_from_those_who_write_it(client_as, autorka, redaktorka, koordynatorka):
    page, other = draft_of(autorka, SECRET), client_as(koordynatorka)
    url = address("approval:restriction", page)
    assert autorka.name in source(other.post(url, {"people": [koordynatorka.pk]}))
    assert not RestrictedDraft.objects.of(page).exists()
    restriction.restrict(page, [autorka, redaktorka, koordynatorka], autorka)
    with pytest.raises(RefusedError):
        restriction.restrict(page, [koordynatorka], koordynatorka)
    other.post(url, {"people": [autorka.pk, koordynatorka.pk]})
    assert set(RestrictedDraft.objects.of(page).get().people.all()) == {autorka, koordynatorka}
    assert OutgoingMail.objects.get(kind="no-longer-named").user == redaktorka


def test_approved_for_later_it_stays_kept_until_its_time(redaktorka, koordynatorka, admin, autorka):
    page = draft_of(autorka, SECRET, go_live_at=in_an_hour())
    restriction.restrict(page, [autorka, redaktorka, koordynatorka], autorka)
    publish_properly(page, autorka, redaktorka, koordynatorka)
    assert fresh(page).approved_schedule
    assert SECRET.lower() in says(log_in(koordynatorka).get(reverse("approval:ledger")))
    for name in ("approval:ledger", "newsroom:under_way", "wagtailadmin_home"):
        assert SECRET.lower() not in says(log_in(admin).get(reverse(name)))


def test_a_copy_and_a_translation_are_kept_to_the_same_people(kept, autorka, admin):
    with reading_as(autorka):
        copied = kept.copy(update_attrs={"slug": "copy", "title": "Copied"}, user=autorka, keep_live=False)
    assert set(restriction.restricted(copied).people.all()) == set(restriction.restricted(kept).people.all())
    english = draft_of(autorka, f"{SECRET} in English", language="en")
    Page.objects.filter(pk=english.pk).update(translation_key=kept.translation_key)
    with reading_as(admin):
        assert not NewsPage.objects.filter(pk__in=[copied.pk, english.pk, kept.pk])


def test_a_copy_that_is_opened_names_no_text_that_is_still_kept(kept, autorka, koordynatorka, admin):
    browser, copy = log_in(autorka), reverse("wagtailadmin_pages:copy", args=[kept.pk])
    form = {"new_title": "Open", "new_slug": "open", "new_parent_page": news_index().pk}
    browser.post(copy, form)
    copied = NewsPage.objects.get(slug="open")
    browser.post(address("approval:restriction", copied), {"end": "1"})
    assert restriction.restricted(copied) is None and restriction.restricted(kept)
    for url in (reverse("wagtailadmin_pages:history", args=[copied.pk]), reverse("wagtailadmin_reports:site_history")):
        answer = log_in(admin).get(url)
        assert answer.status_code == 200 and SECRET.lower() not in says(answer), url
    other = reverse("wagtailadmin_pages:copy", args=[copied.pk])
    answer = log_in(koordynatorka).post(other, {**form, "new_slug": kept.slug})
    assert answer.status_code == 200 and "new_slug" in answer.context["form"].errors, "an address that is taken"


def test_keeping_it_frees_it_from_strangers(autorka, redaktorka, koordynatorka, koordynator2):
    page = draft_of(autorka, SECRET)
    submit(page, autorka)
    take_step(page, redaktorka)
    claims.take(fresh(page).current_workflow_task_state, koordynatorka)
    NewsPage.objects.filter(pk=page.pk).update(locked=True, locked_by=koordynatorka)
    with reading_as(autorka):
        restriction.restrict(fresh(page), [autorka, koordynator2], autorka)
    assert not fresh(page).locked
    claims.take(fresh(page).current_workflow_task_state, koordynator2)


def test_texts_that_go_live_together_wait_for_the_one_that_is_kept(autorka, redaktorka, koordynatorka, koordynator2):
    open_one, kept_one = draft_of(autorka, "Open"), draft_of(autorka, SECRET)
    release = releases.create([open_one, kept_one], [], koordynatorka)
    restriction.restrict(kept_one, [autorka, redaktorka, koordynator2], autorka)
    submit(open_one, autorka)
    take_step(open_one, redaktorka)
    with reading_as(koordynatorka):
        assert not release.is_completed_by(open_one.pk)
        take_step(fresh(open_one), koordynatorka)
    assert not fresh(open_one).live
    submit(kept_one, autorka)
    for user in (redaktorka, koordynator2):
        with reading_as(user):
            take_step(fresh(kept_one), user)
    assert fresh(open_one).live and fresh(kept_one).live


def test_what_was_made_for_it_is_hidden_until_others_show_it(autorka, koordynatorka, admin):
    page = draft_of(autorka, "Kept")
    restriction.restrict(page, [autorka], autorka)
    document = factories.document(f"{SECRET} umowa")
    library = factories.document("Regulamin")
    SiteDocument.objects.filter(pk=document.pk).update(uploaded_by_user=autorka)
    text = page.get_latest_revision_as_object()
    text.body = [("documents", [document, library])]
    text.tags.add(f"{SECRET} fundacja")
    text.save_revision(user=autorka)
    places = (
        reverse("wagtaildocs:index"),
        f"{reverse('wagtaildocs:index')}?q=umowa",
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtaildocs_chooser:chosen", args=[document.pk]),
        reverse("wagtailadmin_api:documents:listing"),
        reverse("wagtailadmin_api:documents:detail", args=[document.pk]),
        f"{reverse('topic_suggestions', args=['pl'])}?term=tajno",
        f"{reverse('wagtailadmin_tag_autocomplete')}?term=tajno",
    )
    for user in (koordynatorka, admin):
        browser = log_in(user)
        for url in places:
            assert SECRET.lower() not in says(browser.get(url)), url
        assert browser.get(document.url).status_code == 404
        for action in ("delete", "add_tags", "add_to_collection"):
            bulk = reverse("wagtail_bulk_action", args=["home", "sitedocument", action])
            assert SECRET.lower() not in says(browser.get(f"{bulk}?id={document.pk}&id={library.pk}")), action
        assert "regulamin" in says(browser.get(places[0])), "what was there before stays for all"
    assert SECRET.lower() in says(log_in(autorka).get(places[0]))
    assert SECRET.lower() in says(log_in(autorka).get(places[-2]))
    draft_of(autorka, "Open", body=[("documents", [document])])
    assert SECRET.lower() in says(log_in(admin).get(places[0])), "an open draft shows it"


def cards(number: Any) -> dict[str, Any]:
    """What a form sends of one card that leads to the page `number`."""
    card = {"count": "1", "0-deleted": "", "0-order": "0", "0-type": "item", "0-id": "a", "0-value-title": "Karta"}
    card |= {"0-value-text": "", "0-value-page": str(number), "0-value-address": ""}
    body = {"count": "1", "0-deleted": "", "0-order": "0", "0-type": "cards", "0-id": "b"}
    return {
        **{f"body-{name}": value for name, value in body.items()},
        **{f"body-0-value-{k}": v for k, v in card.items()},
    }


@pytest.fixture
def unread_choosers():
    """As after a start of the process: no form was made yet."""
    gc.unfreeze()  # tests/conftest.py puts aside what was imported
    for block in (each for each in gc.get_objects() if type(each) is PageChooserBlock):
        block.__dict__.pop("field", None)
    gc.freeze()


def test_a_text_that_leads_to_it_keeps_its_place_and_not_its_name(
    kept, autorka, koordynatorka, client_as, unread_choosers
):
    def leads_to() -> Any:
        return fresh(page).get_latest_revision().content["body"]

    page = draft_of(autorka, "Open")
    others = client_as(koordynatorka)
    others.post(edit_url(page), {**form_of(page), **cards(kept.pk)})
    assert f'"page": {kept.pk}' not in leads_to(), "a guessed number chooses nothing"
    client_as(autorka).post(edit_url(page), {**form_of(page), **cards(kept.pk)})
    assert f'"page": {kept.pk}' in leads_to(), "who made the first form decides for nobody else"
    seen = source(others.get(edit_url(page)))
    assert SECRET not in seen
    [held] = set(re.findall(rf"\b{kept.pk}:[\w-]{{20,}}", seen))
    others.post(edit_url(page), {**form_of(page, lead="Other words."), **cards(held)})
    assert fresh(page).get_latest_revision().user == koordynatorka
    assert f'"page": {kept.pk}' in leads_to()
    others.post(edit_url(page), {**form_of(page), **cards(f"{kept.pk}:forged")})
    assert f'"page": {kept.pk}' not in leads_to()


def test_a_field_that_names_it_keeps_it_and_whoever_opened_the_form_first_decides_nothing(kept, autorka, koordynatorka):
    index = CoalitionIndexPage.objects.get(locale=kept.locale)
    forms = {}
    for user in (koordynatorka, autorka):
        with reading_as(user):
            form = index.get_edit_handler().get_form_class()(instance=index, for_user=user)
            forms[user] = form.fields["join"].queryset.filter(pk=kept.pk).exists()
    assert forms == {koordynatorka: False, autorka: True}
    index.join = kept.page_ptr
    with reading_as(koordynatorka):
        form = index.get_edit_handler().get_form_class()({"join": ""}, instance=index, for_user=koordynatorka)
        form.is_valid()
        assert form.cleaned_data["join"].pk == kept.pk
        assert SECRET not in str(form["join"])


def test_the_tree_stays_whole_for_those_who_see_a_part_of_it(kept, koordynatorka, admin):
    """A page beside it gets a place of its own; what it stands under isn't deleted."""
    with reading_as(admin):
        parent = news_index()
        beside = draft_of(koordynatorka, "Beside")
        same = NewsPage(title="Same", slug=kept.slug, owner=koordynatorka, live=False, locale=parent.locale, lead="x")
        assert not Page._slug_is_available(same.slug, parent)
        parent = Page.objects.get(pk=parent.pk)
        with pytest.raises(RefusedError):
            parent.delete()
    assert Page.objects.filter(pk__in=[kept.pk, beside.pk]).count() == 2
    assert Page.find_problems() == ([], [], [], [], [])


def test_nobody_but_the_named_is_told_by_mail(kept, autorka, redaktorka, koordynatorka, admin):
    assert set(OutgoingMail.objects.values_list("user__username", flat=True)) == {"redaktorka"}
    facts = {"title": kept.title, "pair": str(kept.translation_key)}
    outbox.write("event:1", "restored", [koordynatorka, admin, autorka], facts)
    assert [mail.user for mail in OutgoingMail.objects.filter(kind="restored")] == [autorka]


def test_an_administrator_comes_in_with_a_reason_which_everybody_named_is_told(kept, admin, koordynatorka, autorka):
    url, browser = reverse("approval:override"), log_in(admin)
    assert log_in(koordynatorka).get(url).status_code in (302, 403)
    log_in(koordynatorka).post(url, {"person": autorka.pk, "reason": REASON})
    browser.get(url, {"person": autorka.pk, "reason": REASON})
    browser.post(url, {"person": autorka.pk, "reason": "bo"})
    browser.post(url, {"person": koordynatorka.pk, "reason": REASON})
    assert browser.get(edit_url(kept)).status_code == 404
    browser.post(url, {"person": autorka.pk, "reason": REASON})
    assert browser.get(edit_url(kept)).status_code == 200
    told = OutgoingMail.objects.filter(kind="overridden")
    assert {mail.user.username for mail in told} == {"autorka", "redaktorka"}
    assert told[0].facts["reason"] == REASON
    entry = PageLogEntry.objects.get(action="approval.overridden")
    assert (entry.page_id, entry.user, entry.data["reason"]) == (kept.pk, admin, REASON)


def test_deleted_it_leaves_no_title(autorka, admin):
    page = draft_of(autorka, SECRET)
    restriction.restrict(page, [autorka], autorka)
    log_in(autorka).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()
    assert SECRET.lower() not in says(log_in(admin).get(reverse("wagtailadmin_reports:site_history")))
    assert not RestrictedDraft.objects.of(page).exists()


def test_operators_read_a_number_in_place_of_its_title(kept):
    Page.objects.filter(pk=kept.pk).update(live=True)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_approvals", stdout=out, stderr=StringIO())
    assert str(kept.pk) in out.getvalue() and SECRET not in out.getvalue()


def test_a_long_list_that_is_sent_in_parts_asks_once_what_is_hidden(autorka, django_assert_num_queries):
    with reading_as(autorka):
        begun = reading()
    with django_assert_num_queries(1):
        assert list(_read_on(begun, (str(hidden()).encode() for _part in range(3)))) == [b"[]"] * 3
