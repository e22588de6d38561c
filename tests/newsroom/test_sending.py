"""One main button under the editor: it sends the text on, says to whom, and takes a note along."""

import re
from html import unescape

from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from approval import dates, releases
from approval.models import SubmissionNote
from approval.views.subjects import edit_address
from events.models import Venue
from home.models import SiteSettings
from news.models import NewsPage
from notifications.models import OutgoingMail
from tests.newsroom.test_decision import decide_url, rewrite, waiting, words
from tests.workflow import (
    create_url,
    draft_of,
    edit_url,
    form_of,
    fresh,
    in_an_hour,
    new_form,
    news_index,
    submit,
    take_step,
    what_visitors_see,
)

HOME = reverse("wagtailadmin_home")
WITHOUT_TIME = "W tym tekście nie ma terminu"
NOTE = "Proszę o szybkie spojrzenie, festyn jest w sobotę."


def footer(answer) -> str:
    """The buttons under the form."""
    text = words(answer)
    return text[text.index("<footer") : text.index("</footer>")]


def main_button(answer) -> str:
    buttons = re.findall(r"<(?:a|button) [^>]*class=\"button.*?</(?:a|button)>", footer(answer))
    return next(button for button in buttons if "button-secondary" not in button)


def sent(page, **changes) -> dict:
    return form_of(page, **{"action-submit": "1", **changes})


def test_the_button_of_a_draft_opens_a_dialogue_that_names_who_gets_it_and_the_one_that_saves_stands_beside_it(
    client_as, autorka, redaktorka, koordynatorka, draft
):
    answer = client_as(autorka).get(edit_url(draft))
    assert 'data-a11y-dialog-show="send-dialog"' in main_button(answer)
    assert footer(answer).count("action-save") == 1
    assert footer(answer).count('"mod+s"') == answer.content.count(b'"mod+s"') == 1, "the keys save the text alone"
    assert footer(answer).index("action-save") < footer(answer).index("data-a11y-dialog-show")
    dialogue = footer(answer).partition('id="send-dialog"')[2]
    assert redaktorka.name in dialogue
    assert koordynatorka.name in dialogue


def test_the_button_of_a_new_page_sends_it(client_as, autorka):
    assert "send-dialog" in main_button(client_as(autorka).get(create_url(news_index())))


def test_the_dialogue_of_a_public_text_names_those_who_get_a_small_correction_too(
    client_as, autorka, redaktorka, koordynatorka, live_page
):
    corrected = footer(client_as(autorka).get(edit_url(live_page))).split("send__corrected")[1].split("</p>")[0]
    assert redaktorka.name in corrected and koordynatorka.name in corrected and autorka.name not in corrected


def test_an_author_sends_a_text_to_go_live_together_with_its_translation_at_its_own_time(
    client_as, autorka, tlumaczka, draft
):
    browser, later = client_as(autorka), in_an_hour().replace(second=0, microsecond=0)
    assert 'name="together"' in footer(browser.get(create_url(news_index())))
    shown = footer(browser.get(edit_url(draft)))
    assert 'name="together"' in shown and WITHOUT_TIME in shown
    when = f"{timezone.localtime(later):%Y-%m-%d %H:%M}"
    browser.post(edit_url(draft), sent(draft, together="on", go_live_at=when))
    release = releases.release_of(draft)
    assert (release.publish_at, release.rule, release.created_by) == (later, "wait", autorka)
    planned = draft_of(autorka, "Planned", go_live_at=later)
    with translation.override("pl"):
        assert dates.to_come(later) in footer(browser.get(edit_url(planned)))
    english = draft_of(tlumaczka, "In English", language="en")
    translator = client_as(tlumaczka)
    assert 'name="together"' not in footer(translator.get(edit_url(english)))
    translator.post(edit_url(english), sent(english, together="on"))
    assert waiting(english) and releases.release_of(english) is None, "said by no form, it makes no pair of one text"


def test_a_place_goes_together_with_nothing(client_as, autorka):
    house = Venue.objects.create(locale=Locale.get_default(), live=False, name="Dom", address="ul. Podwórkowa 7")
    house.save_revision(user=autorka)
    form = {"name": "Dom", "address": "ul. Podwórkowa 7", **dict.fromkeys(Venue.FACTS, "unknown")}
    client_as(autorka).post(edit_address(house), {**form, "together": "on", "action-submit": "1"})
    assert waiting(house)


def test_sending_alone_makes_no_pair_and_sending_a_text_again_moves_no_time(
    client_as, autorka, redaktorka, koordynatorka, draft
):
    browser = client_as(autorka)
    browser.post(edit_url(draft), sent(draft))
    assert releases.release_of(draft) is None
    releases.create_for_sent(fresh(draft), koordynatorka)
    take_step(draft, redaktorka)
    take_step(draft, koordynatorka)
    when = f"{timezone.localtime(in_an_hour()):%Y-%m-%d %H:%M}"
    browser.post(edit_url(draft), sent(draft, together="on", lead="Written afterwards", go_live_at=when))
    assert waiting(draft)
    assert releases.release_of(draft).publish_at is None


def test_whoever_decides_gets_the_way_to_the_decision_and_no_dialogue(client_as, redaktorka, in_review):
    answer = client_as(redaktorka).get(edit_url(in_review))
    assert decide_url(in_review) in main_button(answer)
    assert "zdecyduj" in main_button(answer)
    assert "data-workflow-action-name" not in answer.content.decode()


def test_whoever_wrote_it_is_not_asked_to_decide(client_as, redaktorka, koordynatorka):
    page = draft_of(koordynatorka, "Hers")
    submit(page, koordynatorka)
    take_step(page, redaktorka)
    button = main_button(client_as(koordynatorka).get(edit_url(page)))
    assert "Zobacz zmiany" in button and "zdecyduj" not in button


def test_after_a_return_the_button_names_the_first_step_and_the_dialogue_the_shortcut(
    client_as, autorka, redaktorka, koordynatorka, draft
):
    browser = client_as(autorka)
    browser.post(edit_url(draft), sent(draft))
    take_step(draft, redaktorka)
    take_step(draft, koordynatorka, "reject", comment="Popraw")
    answer = browser.get(edit_url(draft))
    assert "action-restart-workflow" not in answer.content.decode(), "nobody begins at the first step again"
    text = footer(answer)
    assert "Wyślij do redakcji językowej" in text
    assert "Zatwierdzenie." in text  # what happens to a text that is sent as it is
    browser.post(edit_url(draft), sent(draft))
    assert waiting(draft).task.specific.step == "approval"


def test_once_it_was_changed_there_is_no_shortcut(client_as, autorka, koordynatorka, in_approval):
    take_step(in_approval, koordynatorka, "reject", comment="Popraw")
    rewrite(in_approval, autorka, lead="Better")
    browser = client_as(autorka)
    assert "Zatwierdzenie." not in footer(browser.get(edit_url(in_approval)))
    browser.post(edit_url(in_approval), sent(in_approval))
    assert waiting(in_approval).task.specific.step == "review"


def test_after_sending_one_is_on_the_dashboard_and_reads_who_has_it(client_as, autorka, redaktorka, draft):
    from_the_list = sent(draft, next=reverse("wagtailadmin_explore", args=[draft.get_parent().pk]))
    answer = client_as(autorka).post(edit_url(draft), from_the_list, follow=True)
    assert answer.redirect_chain[-1][0] == HOME
    assert f"{redaktorka.name}" in words(answer)


def test_so_it_is_with_a_new_page(client_as, autorka, redaktorka):
    form = new_form(submission_note=NOTE, **{"action-submit": "1"})
    answer = client_as(autorka).post(create_url(news_index()), form, follow=True)
    assert answer.redirect_chain[-1][0] == HOME
    assert redaktorka.name in words(answer)
    assert waiting(NewsPage.objects.get(slug="new")).note.text == NOTE


def test_so_it_is_with_site_settings(client_as, koordynator2, redaktorka):
    settings = SiteSettings.objects.get(locale=Locale.objects.get(language_code="pl"))
    address = reverse(settings.snippet_viewset.get_url_name("edit"), args=[settings.pk])
    browser = client_as(koordynator2)
    page = browser.get(address)
    assert "send-dialog" in main_button(page)
    form = querydict_from_html(page.content.decode(), form_id="w-editor-form")
    form.update({f"{name}-count": "0" for name in ("menu", "footer", "social")})  # filled in by a script
    form.update({"action-submit": "1", "submission_note": NOTE})
    answer = browser.post(address, form, follow=True)
    assert answer.redirect_chain[-1][0] == HOME
    assert redaktorka.name in words(answer)
    assert waiting(settings).note.text == NOTE


def test_the_note_reaches_the_mail_whoever_decides_and_the_way_of_the_text(
    client_as, autorka, redaktorka, koordynatorka, draft
):
    client_as(autorka).post(edit_url(draft), sent(draft, submission_note=NOTE))
    mail = OutgoingMail.objects.filter(kind="submitted", user=redaktorka).latest("pk")
    assert mail.facts["comment"] == NOTE
    assert NOTE not in str(fresh(draft).get_latest_revision().content), "it is no part of the text"
    text = words(client_as(redaktorka).get(decide_url(draft)))
    assert NOTE in text[: text.index('id="changes"')]
    assert NOTE in text[text.index('class="timeline"') :]
    take_step(draft, redaktorka)
    text = words(client_as(koordynatorka).get(decide_url(draft)))
    assert NOTE in text[: text.index('id="changes"')], "whoever decides next reads it too"


def test_a_note_of_an_earlier_round_is_history(client_as, autorka, redaktorka, draft):
    browser = client_as(autorka)
    browser.post(edit_url(draft), sent(draft, submission_note=NOTE))
    take_step(draft, redaktorka, "reject", comment="Popraw")
    browser.post(edit_url(draft), sent(draft, lead="Better"))
    text = words(client_as(redaktorka).get(decide_url(draft)))
    assert NOTE not in text[: text.index('id="changes"')]
    assert NOTE in text[text.index('class="timeline"') :]


def test_saving_sends_no_note_and_a_long_one_is_cut(client_as, autorka, draft):
    browser = client_as(autorka)
    browser.post(edit_url(draft), form_of(draft, submission_note=NOTE))
    assert not SubmissionNote.objects.exists()
    browser.post(edit_url(draft), sent(draft, submission_note="a" * 5000))
    assert len(waiting(draft).note.text) == 2000


# --- What is missing is asked before anybody writes a note --------------------------------------


def asked(browser, address, form):
    """What the editor's script is told when somebody is about to send."""
    return browser.post(address, form | {"action-submit": "1", "only-ask": "1"}, headers={"accept": "application/json"})


def test_what_is_missing_is_told_before_sending_and_nothing_is_saved_or_sent(client_as, autorka, draft):
    browser, before = client_as(autorka), fresh(draft).latest_revision_id
    told = unescape(asked(browser, edit_url(draft), form_of(draft, lead="Not kept", kind="")).json()["problems"])
    assert 'data-problem="kind"' in told
    assert "Rodzaj" in told
    assert fresh(draft).latest_revision_id == before
    assert fresh(draft).current_workflow_state is None


def test_the_way_to_a_hole_in_a_block_is_named_from_the_outside_in(client_as, autorka, draft):
    picture = {"body": streamfield([("image", {"image": {"image": "", "alt_text": ""}, "caption": ""})])}
    form = form_of(draft) | nested_form_data(picture) | {"body-0-id": "1f0c"}
    told = unescape(asked(client_as(autorka), edit_url(draft), form).json()["problems"])
    assert 'data-problem="body/1f0c/image/image">Treść › Obraz</a>' in told


def test_nothing_is_told_of_a_text_that_can_be_sent_and_nothing_is_done(client_as, autorka, draft):
    before = fresh(draft).latest_revision_id
    form = sent(draft, lead="Not kept", submission_note=NOTE)
    assert asked(client_as(autorka), edit_url(draft), form).json() == {"problems": ""}
    assert fresh(draft).latest_revision_id == before
    assert fresh(draft).current_workflow_state is None
    assert not SubmissionNote.objects.exists()


def test_a_new_page_is_asked_too_and_not_made(client_as, autorka):
    told = asked(client_as(autorka), create_url(news_index()), new_form(kind=""))
    assert '"kind"' in told.json()["problems"]
    assert not NewsPage.objects.filter(slug="new").exists()


def test_whoever_may_not_edit_gets_no_answer(client_as, autor2, draft):
    answer = asked(client_as(autor2), edit_url(draft), form_of(draft, kind=""))
    assert answer.status_code in (302, 403)
    assert "id_kind" not in answer.content.decode()


def test_no_other_button_does_anything_in_a_form_that_only_asks(client_as, koordynatorka, in_approval):
    task, visible = waiting(in_approval), what_visitors_see(in_approval)
    for button in ({"action-publish": "1"}, {"action-workflow-action": "1", "workflow-action-name": "approve"}):
        asked(client_as(koordynatorka), edit_url(in_approval), form_of(in_approval, lead="Smuggled", **button))
        assert waiting(in_approval).pk == task.pk
        assert what_visitors_see(in_approval) == visible
        assert fresh(in_approval).get_latest_revision_as_object().lead != "Smuggled"


def test_a_refusal_says_that_the_text_was_not_sent_leads_to_the_fields_and_keeps_the_note(client_as, autorka, draft):
    answer = client_as(autorka).post(edit_url(draft), sent(draft, kind="", submission_note=NOTE))
    assert answer.status_code == 200
    text = words(answer)
    message = text[text.index('class="messages"') : text.index("</ul>", text.index('class="problems"'))]
    assert '<a href="#id_kind" data-problem="kind">' in message
    assert "nie można było zapisać" not in message.lower()
    assert f">{NOTE}</textarea>" in text


def test_a_draft_that_cant_be_saved_names_the_field_in_the_bar(client_as, autorka, live_page):
    form = form_of(live_page, slug="")
    answer = client_as(autorka).post(edit_url(live_page), form, headers={"accept": "application/json"})
    assert answer.json()["error_code"] == "validation_error"
    assert NewsPage._meta.get_field("slug").verbose_name.lower() in answer.json()["error_message"].lower()


def test_nobody_can_send_what_they_may_not_edit(client_as, autor2, draft):
    client_as(autor2).post(edit_url(draft), sent(draft, submission_note=NOTE))
    assert fresh(draft).current_workflow_state is None
    assert not SubmissionNote.objects.exists()


def test_commas_and_markup_in_a_note_are_words(client_as, autorka, redaktorka, draft):
    client_as(autorka).post(edit_url(draft), sent(draft, submission_note="<script>alert(1)</script>"))
    assert "<script>alert(1)" not in client_as(redaktorka).get(decide_url(draft)).content.decode()
