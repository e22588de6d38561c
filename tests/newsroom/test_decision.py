"""The page to decide on: what it shows, what it asks, and that it decides about nothing else."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Locale, TaskState

from approval import dates, people, policy, roles
from approval.models import Act, Claim, LedgerEntry
from home.models import SiteSettings, User
from news.models import NewsPage
from tests import factories
from tests.workflow import (
    draft_of,
    edit_url,
    form_of,
    fresh,
    in_an_hour,
    log_in,
    person,
    publish_properly,
    submit,
    take_step,
    task_url,
)


def waiting(instance) -> TaskState:
    return fresh(instance).current_workflow_task_state


def decide_url(instance) -> str:
    return reverse("newsroom:decide", args=[waiting(instance).pk])


def words(answer) -> str:
    """What a person reads on the page, without the marks for screen readers."""
    text = answer.content.decode()
    text = re.sub(r'<span class="w-sr-only"[^>]*>.*?</span>', "", text, flags=re.S)
    return " ".join(text.split())


def as_it_will_be(answer) -> str:
    """The words of the changes without what goes away."""
    return re.sub(r"</?ins>", "", re.sub(r"<del>.*?</del>", "", words(answer)))


def shown_on(answer) -> str:
    return re.search(r'name="shown" value="(\d+)"', answer.content.decode()).group(1)


def rewrite(page, user, **changes) -> None:
    text = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(text, name, value)
    text.save_revision(user=user, log_action=True)


def test_the_approver_reads_decides_and_the_text_is_public(client_as, koordynatorka, in_approval):
    browser = client_as(koordynatorka)
    page = browser.get(decide_url(in_approval))
    assert "Approve and publish" in words(page) or "Zatwierdź i opublikuj" in words(page)
    form = {"action": "approve", "shown": shown_on(page), "comment": "Dobre.", "with_words": "1"}
    answer = browser.post(decide_url(in_approval), form, follow=True)
    assert answer.redirect_chain
    assert fresh(in_approval).live
    assert f'href="{fresh(in_approval).url}"' in words(answer).split("</ul>")[0], "the way to the page"
    entry = LedgerEntry.objects.for_instance(in_approval).get(act=Act.PUBLISHED)
    assert [one.comment for one in entry.approvals if one.user_id == koordynatorka.pk] == ["Dobre."]


def test_a_review_that_publishes_says_so_on_its_button(client_as, redaktorka, koordynatorka, koordynator2, in_approval):
    """A coordinator's change goes back to the first step; once the other coordinator agreed, that one is the last."""
    rewrite(in_approval, koordynatorka, lead="Better")
    take_step(in_approval, koordynator2, shown=fresh(in_approval).latest_revision_id)
    browser = client_as(redaktorka)
    page = browser.get(decide_url(in_approval))
    assert "Zatwierdź i opublikuj" in words(page)
    browser.post(decide_url(in_approval), {"action": "approve", "shown": shown_on(page)})
    assert fresh(in_approval).live


def test_saving_says_that_visitors_still_see_the_earlier_version(client_as, autorka, live_page):
    answer = client_as(autorka).post(edit_url(live_page), form_of(live_page, lead="Better"), follow=True)
    assert "nadal widzą poprzednią wersję" in words(answer)


def test_whoever_publishes_at_once_is_offered_a_time_instead(
    client_as, redaktorka, koordynatorka, in_review, in_approval
):
    assert 'name="go_live_at"' in words(client_as(koordynatorka).get(decide_url(in_approval)))
    assert 'name="go_live_at"' not in words(client_as(redaktorka).get(decide_url(in_review)))


def test_changes_against_the_live_text_are_marked_without_colour(
    client_as, autorka, redaktorka, koordynatorka, live_page
):
    rewrite(live_page, autorka, lead="Text that nobody has approved")
    submit(live_page, autorka)
    take_step(live_page, redaktorka)
    page = client_as(koordynatorka).get(decide_url(live_page)).content.decode()
    assert re.search(r"<del>.*?was.*?</del>", page, re.S)
    assert re.search(r"<ins>.*?nobody has.*?</ins>|<ins>.*?nobody.*?</ins>", page, re.S)
    assert "added:" in page or "dodano:" in page


def test_a_text_changed_after_it_was_shown_is_not_approved_and_the_difference_is_shown(
    client_as, koordynatorka, koordynator2, in_approval
):
    browser = client_as(koordynatorka)
    shown = shown_on(browser.get(decide_url(in_approval)))
    rewrite(in_approval, koordynator2, lead="Changed behind her back")
    form = {"action": "approve", "shown": shown, "comment": "Typed", "with_words": "1"}
    answer = browser.post(decide_url(in_approval), form, follow=True)
    assert not fresh(in_approval).live
    assert "Typed</textarea>" in words(answer)
    assert waiting(in_approval).status == TaskState.STATUS_IN_PROGRESS
    assert 'id="meanwhile"' in answer.content.decode()
    assert "Changed behind her back" in as_it_will_be(answer)


def test_whoever_takes_the_text_keeps_the_words_typed_so_far(client_as, koordynatorka, in_approval):
    browser = client_as(koordynatorka)
    for button in ("take", "give-back"):
        answer = browser.post(decide_url(in_approval), {"action": button, "comment": "Typed"}, follow=True)
        assert "Typed</textarea>" in words(answer)
        assert Claim.objects.filter(user=koordynatorka).exists() == (button == "take")


def test_a_version_that_was_shown_is_never_written_over(client_as, koordynatorka, koordynator2, in_approval):
    rewrite(in_approval, koordynator2, lead="First try")
    browser = client_as(koordynatorka)
    shown = shown_on(browser.get(decide_url(in_approval)))
    text = fresh(in_approval).get_latest_revision_as_object()
    text.lead = "Second try, autosaved into the same version"
    text.save_revision(user=koordynator2, overwrite_revision=text.get_latest_revision())
    assert str(fresh(in_approval).latest_revision_id) != shown
    browser.post(decide_url(in_approval), {"action": "approve", "shown": shown})
    assert not fresh(in_approval).live


@pytest.mark.parametrize("shown", ["0", "999999", "abc", "-1"])
def test_a_made_up_number_decides_nothing(client_as, koordynatorka, in_approval, shown):
    client_as(koordynatorka).post(decide_url(in_approval), {"action": "approve", "shown": shown})
    assert not fresh(in_approval).live


def test_a_number_of_another_page_decides_nothing(client_as, koordynatorka, in_approval, draft):
    client_as(koordynatorka).post(
        decide_url(in_approval), {"action": "approve", "shown": str(draft.latest_revision_id)}
    )
    assert not fresh(in_approval).live


def test_without_a_number_only_the_submitted_version_is_approved(client_as, koordynatorka, koordynator2, in_approval):
    address = task_url(in_approval, "approve", waiting(in_approval).pk)
    rewrite(in_approval, koordynator2, lead="Newer than what was submitted")
    client_as(koordynatorka).post(address)
    assert not fresh(in_approval).live


def test_the_stock_window_refuses_an_older_number(client_as, koordynatorka, koordynator2, in_approval):
    shown = in_approval.latest_revision_id
    rewrite(in_approval, koordynator2, lead="Newer")
    address = task_url(in_approval, "approve", waiting(in_approval).pk)
    client_as(koordynatorka).post(address, {"shown": shown})
    assert not fresh(in_approval).live


def test_a_reviewer_corrects_and_passes_on_in_one_go_and_reads_who_is_next(
    client_as, redaktorka, koordynatorka, in_review
):
    form = form_of(in_review, lead="Corrected", **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    answer = client_as(redaktorka).post(edit_url(in_review), form, follow=True)
    assert "Tekst „In review” poszedł dalej." in words(answer)
    assert koordynatorka.name in words(answer)
    state = waiting(in_review)
    assert state.task.specific.step == "approval"
    assert state.revision.content["lead"] == "Corrected"


def test_returning_needs_words(client_as, koordynatorka, in_approval):
    browser = client_as(koordynatorka)
    form = {"action": "reject", "shown": in_approval.latest_revision_id}
    answer = browser.post(decide_url(in_approval), form, follow=True)
    assert 'aria-describedby="comment-help comment-error" aria-invalid="true" autofocus' in words(answer)
    assert waiting(in_approval).status == TaskState.STATUS_IN_PROGRESS
    browser.post(decide_url(in_approval), {"action": "reject", "comment": "Brakuje daty."})
    assert fresh(in_approval).current_workflow_state.status == "needs_changes"


def test_the_button_names_the_time(client_as, autorka, redaktorka, koordynatorka):
    page = draft_of(autorka, "Later", go_live_at=in_an_hour())
    submit(page, autorka)
    take_step(page, redaktorka)
    text = words(client_as(koordynatorka).get(decide_url(page)))
    assert "Approve for" in text or "Zatwierdź na" in text
    assert "Approve and publish" not in text


def test_a_missing_button_is_explained_with_the_day_and_names(client_as, koordynatorka, koordynator2, in_approval):
    rewrite(in_approval, koordynatorka, lead="Corrected by the approver")
    text = words(client_as(koordynatorka).get(decide_url(in_approval)))
    assert 'value="approve"' not in text
    assert '<a href="#decision">' in text.split('class="decision__bar"')[1]
    assert koordynator2.name in text
    assert re.search(r"\b\d{1,2} \w+", policy.objection(waiting(in_approval), koordynatorka).reason)


def test_an_author_cannot_open_the_decision_of_a_stranger(client_as, autor2, in_approval):
    assert client_as(autor2).get(decide_url(in_approval)).status_code == 302
    client_as(autor2).post(decide_url(in_approval), {"action": "approve", "shown": in_approval.latest_revision_id})
    assert not fresh(in_approval).live


def test_a_visitor_is_sent_to_the_login(in_approval):
    answer = Client().get(decide_url(in_approval))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_a_step_that_is_over_decides_nothing_again(client_as, koordynatorka, koordynator2, in_approval):
    address = decide_url(in_approval)
    shown = in_approval.latest_revision_id
    client_as(koordynatorka).post(address, {"action": "approve", "shown": shown})
    before = LedgerEntry.objects.count()
    answer = client_as(koordynator2).post(
        address, {"action": "reject", "comment": "Too late", "shown": shown}, follow=True
    )
    assert fresh(in_approval).live
    assert LedgerEntry.objects.count() == before
    told, page = (re.sub(r"\s+", " ", part) for part in words(answer).split('<h1 class="decision__title"'))
    decided = TaskState.objects.filter(finished_by=koordynatorka).latest("finished_at")
    for part in (told, page):
        assert koordynatorka.name in part, "who decided"
        assert dates.day_and_hour(decided.finished_at) in part, "and when"
    assert "Too late" in page, "and what did not arrive"
    assert fresh(in_approval).url in page


def test_settings_of_the_site_are_decided_on_the_same_page(client_as, autorka, redaktorka, koordynatorka, koordynator2):
    settings = SiteSettings.objects.get(locale=Locale.objects.get(language_code="pl"))
    settings.tagline = "A new tagline that nobody has approved"
    settings.save_revision(user=koordynator2)
    submit(settings, koordynator2)
    take_step(settings, redaktorka)
    browser = client_as(koordynatorka)
    page = browser.get(decide_url(settings))
    assert "A new tagline" in as_it_will_be(page)
    browser.post(decide_url(settings), {"action": "approve", "shown": shown_on(page)})
    assert fresh(settings).tagline == "A new tagline that nobody has approved"


def test_people_who_can_decide_are_named(autorka, redaktorka, koordynatorka, koordynator2, in_approval):
    assert people.deciders(waiting(in_approval)) == [koordynator2, koordynatorka] or set(
        people.deciders(waiting(in_approval))
    ) == {koordynatorka, koordynator2}


def test_before_submission_the_editor_names_who_is_left(client_as, autorka, redaktorka, koordynatorka, draft):
    text = words(client_as(autorka).get(edit_url(draft)))
    assert redaktorka.name in text
    assert koordynatorka.name in text
    assert people.outlook(draft, draft.get_workflow(), autorka).missing is None


def test_before_submission_the_editor_warns_when_nobody_is_left(client_as, autorka, redaktorka, koordynatorka, draft):
    User.objects.filter(pk=koordynatorka.pk).update(is_active=False)
    assert people.outlook(draft, draft.get_workflow(), autorka).missing.task.specific.step == "approval"
    assert "timeline-panel__warning" in words(client_as(autorka).get(edit_url(draft)))


def test_one_person_cannot_be_left_for_both_steps(autorka, redaktorka, koordynatorka, draft):
    """A coordinator may review too, but then nobody else could approve."""
    User.objects.filter(pk=redaktorka.pk).update(is_active=False)
    assert people.outlook(draft, draft.get_workflow(), autorka).missing.task.specific.step == "approval"


def test_a_live_page_with_no_words_changed_says_so(client_as, autorka, redaktorka, live_page):
    rewrite(live_page, autorka)
    submit(live_page, autorka)
    found = changes(client_as(redaktorka).get(decide_url(live_page)))
    assert "Bez różnic: każde słowo, obraz i data są takie same." in found
    assert "<ins>" not in found and "<del>" not in found


# --- What the newest version is compared with ------------------------------------------------------


def changes(answer) -> str:
    """The part of the page that shows what changed."""
    text = words(answer)
    start = text.index('<h2 id="changes"')
    return text[start : text.index('</section> <section class="decision__part"', start)]


def test_what_is_public_by_now_is_the_better_thing_to_compare_with(
    client_as, autorka, redaktorka, koordynatorka, live_page
):
    """She decided on an earlier version, but visitors have read a newer one since."""
    rewrite(live_page, autorka, lead="Second text that was approved")
    publish_properly(live_page, autorka, redaktorka, koordynatorka)
    rewrite(live_page, autorka, lead="Third text")
    submit(live_page, autorka)
    found = changes(client_as(redaktorka).get(decide_url(live_page)))
    assert "since=look" not in found
    assert re.search(r"<del>Second.*?</del>", found)


# --- The page as it will look, and what is needless ------------------------------------------------


def test_the_page_as_it_will_look_comes_first(client_as, redaktorka, in_review):
    text = words(client_as(redaktorka).get(decide_url(in_review)))
    preview = reverse("wagtailadmin_pages:revisions_view", args=[in_review.pk, in_review.latest_revision_id])
    assert text.index(f'src="{preview}"') < text.index('<h2 id="changes"')
    answer = client_as(redaktorka).get(preview)
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_dates_funder_and_topics_come_after_the_text(client_as, autorka, redaktorka, draft):
    text = draft.get_latest_revision_as_object()
    text.tags.add("chodniki")
    text.body = [("text", "<p>Words of the body</p>")]
    text.funder = "The city"
    text.save_revision(user=autorka)
    submit(fresh(draft), autorka)
    found = changes(client_as(redaktorka).get(decide_url(draft)))
    body = found.index("Words of the body")
    for fact in ("The city", "chodniki", str(draft.date.year)):
        assert found.index(fact) > body, fact


def test_address_and_menu_of_a_new_page_are_no_changes(client_as, redaktorka, in_review):
    answer = client_as(redaktorka).get(decide_url(in_review))
    found = changes(answer)
    assert "slug" not in found.lower()
    assert "menu" not in found.lower()
    assert f"/{in_review.slug}/" in words(answer).split('<h2 id="changes"')[0]


def test_an_address_that_changed_is_shown(client_as, autorka, redaktorka, live_page):
    rewrite(live_page, autorka, slug="elsewhere")
    submit(live_page, autorka)
    assert "elsewhere" in changes(client_as(redaktorka).get(decide_url(live_page)))


# --- One question, and the way to what is public ---------------------------------------------------


@pytest.fixture
def with_remark(in_approval, redaktorka):
    Comment.objects.create(page=in_approval, user=redaktorka, text="Why?", contentpath="lead")
    return in_approval


def test_publishing_asks_once_while_a_comment_is_open(client_as, koordynatorka, with_remark):
    browser = client_as(koordynatorka)
    form = {"action": "approve", "shown": shown_on(browser.get(decide_url(with_remark))), "comment": "Typed"}
    answer = browser.post(decide_url(with_remark), form, follow=True)
    assert not fresh(with_remark).live
    assert hidden(answer) >= {"despite_comments", "with_words"}
    assert "Typed</textarea>" in words(answer)
    browser.post(decide_url(with_remark), {**form, **dict.fromkeys(QUESTIONS, "1")})
    assert fresh(with_remark).live


QUESTIONS = ("despite_comments", "with_words")


def hidden(answer) -> set[str]:
    return set(re.findall(r'<input type="hidden" name="(\w+)"', answer.content.decode()))


@pytest.mark.parametrize("step", ["in_review", "in_approval"])
def test_a_yes_asks_once_what_a_typed_message_is_for(request, client_as, redaktorka, koordynatorka, step):
    """Somebody wrote what to correct, and pressed the wrong one of two buttons."""
    page = request.getfixturevalue(step)
    browser = client_as(redaktorka if step == "in_review" else koordynatorka)
    before, address = waiting(page).pk, decide_url(page)
    form = {"action": "approve", "shown": shown_on(browser.get(address)), "comment": "The date is missing"}
    answer = browser.post(address, form, follow=True)
    assert waiting(page).pk == before
    assert answer.redirect_chain, "an answer to a form can't be gone back to"
    for again in (answer, browser.get(answer.request["PATH_INFO"], {"asks": "approve"})):
        assert "with_words" in hidden(again)
        assert "The date is missing</textarea>" in words(again)
    assert "The date is missing</textarea>" in words(browser.get(address))
    browser.post(address, {**form, "with_words": "1"})
    assert waiting(page) is None or waiting(page).pk != before
    assert TaskState.objects.get(pk=before).comment == "The date is missing"


def test_an_answer_to_one_question_is_none_to_the_other(client_as, koordynatorka, with_remark):
    browser = client_as(koordynatorka)
    form = {"action": "approve", "shown": with_remark.latest_revision_id, "comment": "Typed"}
    for answered in QUESTIONS:
        browser.post(decide_url(with_remark), {**form, answered: "1"})
        assert not fresh(with_remark).live


def test_an_address_that_asks_decides_nothing_and_shows_nobody_elses_words(
    client_as, autorka, koordynatorka, koordynator2, in_approval
):
    form = {"action": "approve", "shown": in_approval.latest_revision_id, "comment": "Only mine"}
    client_as(koordynatorka).post(decide_url(in_approval), form)
    for asks in ("approve", "words", "changed", "publish", "'\"><script>"):
        query = {"asks": asks, "action": "approve", "with_words": "1", "shown": in_approval.latest_revision_id}
        for user in (autorka, koordynator2):
            answer = client_as(user).get(decide_url(in_approval), query)
            assert answer.status_code == 200
            assert "Only mine" not in words(answer)
            assert not set(QUESTIONS) & hidden(answer)
    assert not fresh(in_approval).live


def test_words_of_one_step_are_gone_once_it_is_decided_and_never_show_at_another(
    client_as, koordynatorka, redaktorka, in_review, in_approval
):
    browser = client_as(koordynatorka)
    form = {"action": "approve", "shown": in_approval.latest_revision_id, "comment": "About this one"}
    browser.post(decide_url(in_approval), form)
    assert "About this one" not in words(browser.get(decide_url(in_review)))
    address = decide_url(in_approval)
    browser.post(address, {**form, "with_words": "1"})
    assert fresh(in_approval).live
    assert "not sent" not in words(browser.get(address))
    assert "newsroom.undecided" not in browser.session


def test_a_closed_comment_asks_nothing(client_as, koordynatorka, with_remark):
    Comment.objects.update(resolved_at=timezone.now(), resolved_by=koordynatorka)
    browser = client_as(koordynatorka)
    browser.post(decide_url(with_remark), {"action": "approve", "shown": with_remark.latest_revision_id})
    assert fresh(with_remark).live


def test_passing_on_and_returning_ask_nothing(client_as, redaktorka, in_review):
    Comment.objects.create(page=in_review, user=redaktorka, text="Why?", contentpath="lead")
    client_as(redaktorka).post(decide_url(in_review), {"action": "approve", "shown": in_review.latest_revision_id})
    assert waiting(in_review).task.specific.step == "approval"


def test_the_answer_to_the_question_opens_nothing_for_whoever_may_not_decide(client_as, autorka, with_remark):
    form = {"action": "approve", "shown": with_remark.latest_revision_id, "despite_comments": "1"}
    client_as(autorka).post(decide_url(with_remark), form)
    assert not fresh(with_remark).live


def test_links_to_files_are_named_and_two_of_one_title_can_be_told_apart(client_as, autorka, redaktorka, draft):
    old, new = factories.document("Regulamin"), factories.document("Regulamin")
    for document in (old, new):
        link = f'<p><a linktype="document" id="{document.pk}">czytaj</a> <a linktype="document" id="987654">x</a></p>'
        rewrite(draft, autorka, body=[("text", link)])
        if document is old:
            submit(fresh(draft), autorka)
            found = changes(client_as(redaktorka).get(decide_url(draft)))
            assert f"Regulamin ({old.filename}, #{old.pk})" in found
            assert "987654" not in found
    found = changes(client_as(redaktorka).get(decide_url(draft)))
    assert re.search(r"<del>.*?</del>.*<ins>.*?</ins>", found)
    assert "Regulamin" in found


# --- Where a comment stands ------------------------------------------------------------------------


@pytest.fixture
def with_places(autorka, draft):
    """A text in review with remarks at a field, at some words of a paragraph, at a picture, and at what is gone."""
    text = draft.get_latest_revision_as_object()
    paragraphs = '<p data-block-key="aaa">First one</p><p data-block-key="bbb">🌳 <b>Trees</b> and benches</p>'
    picture = {"image": {"image": factories.image("Mural").pk, "alt_text": "A wall", "decorative": False}}
    text.body = json.dumps(
        [{"type": "text", "id": "t1", "value": paragraphs}, {"type": "image", "id": "i1", "value": picture}]
    )
    text.save_revision(user=autorka)
    submit(fresh(draft), autorka)
    mark = json.dumps([{"key": "bbb", "start": 3, "end": 8}])
    for path, position in (("body.t1", mark), ("lead", ""), ("body.i1.image", ""), ("body.gone", ""), ("gone", "")):
        Comment.objects.create(page=draft, user=autorka, text=f"About {path}", contentpath=path, position=position)
    return draft


def remark(answer, path: str) -> str:
    return next(part for part in words(answer).split("<li>") if f"About {path}" in part)


def test_a_comment_names_its_place_quotes_its_words_and_leads_there_among_the_changes(
    client_as, redaktorka, with_places
):
    answer = client_as(redaktorka).get(decide_url(with_places))
    assert "Treść › Tekst</a>: <q>Trees</q>" in remark(answer, "body.t1")
    assert f"<q>{with_places.lead}</q>" in remark(answer, "lead")
    assert "Obraz" in remark(answer, "body.i1.image")
    assert "Treść</a></p>" in remark(answer, "body.gone")
    assert "<a" not in remark(answer, "gone").split("</ul>")[0]
    assert 'id="at-body.t1"' in changes(answer)
    for path in ("body.t1", "lead", "body.i1.image", "body.gone"):
        place = re.search(r'href="#(at-[^"]+)"', remark(answer, path))[1]
        assert changes(answer).count(f'id="{place}"') == 1, path


def test_a_comment_at_what_did_not_change_leads_to_the_whole_text(client_as, autorka, redaktorka, live_page):
    rewrite(live_page, autorka, title="Another title")
    submit(live_page, autorka)
    Comment.objects.create(page=live_page, user=autorka, text="About lead", contentpath="lead")
    browser = client_as(redaktorka)
    assert 'href="?since=whole#at-lead"' in remark(browser.get(decide_url(live_page)), "lead")
    assert 'id="at-lead"' in changes(browser.get(decide_url(live_page), {"since": "whole"}))


class TestASecondRound:
    @pytest.fixture(scope="class")
    @classmethod
    def sent_again(cls, tree) -> int:
        """Returned by redaktorka, corrected and sent again by autorka; never public."""
        author, reviewer = person("autorka", roles.AUTHORS), person("redaktorka", roles.LANGUAGE_EDITORS)
        page, browser = draft_of(author, "Second round"), log_in(reviewer)
        submit(page, author)
        shown = shown_on(browser.get(decide_url(page)))
        browser.post(decide_url(page), {"action": "reject", "shown": shown, "comment": "Popraw"})
        rewrite(fresh(page), author, lead="Text that was corrected")
        fresh(page).current_workflow_state.resume(author)
        return page.pk

    @pytest.fixture
    def second_round(self, sent_again, db) -> NewsPage:
        return NewsPage.objects.get(pk=sent_again)

    def test_a_second_round_shows_what_changed_since_my_last_look(self, client_as, redaktorka, second_round):
        browser = client_as(redaktorka)
        for _reload in range(2):
            found = changes(browser.get(decide_url(second_round)))
            assert "<ins>corrected</ins>" in found
            assert second_round.title not in found

    def test_everything_is_one_click_away(self, client_as, redaktorka, second_round):
        browser = client_as(redaktorka)
        assert "?since=whole#changes" in changes(browser.get(decide_url(second_round)))
        found = changes(browser.get(decide_url(second_round), {"since": "whole"}))
        assert second_round.title in found
        assert "<ins>" not in found

    def test_whoever_looks_for_the_first_time_sees_everything(self, client_as, koordynatorka, second_round):
        found = changes(client_as(koordynatorka).get(decide_url(second_round)))
        assert second_round.title in found
        assert "since=look" not in found

    def test_what_is_not_offered_is_not_shown(self, client_as, redaktorka, second_round):
        browser = client_as(redaktorka)
        for since in ("public", "nonsense", "look'\"><script>"):
            answer = browser.get(decide_url(second_round), {"since": since})
            assert answer.status_code == 200, since
            assert "<ins>corrected</ins>" in changes(answer), since
