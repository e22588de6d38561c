"""What was approved before is offered for the same words and for nearly the same: never a draft's, never as markup."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import String, StringTranslation

from approval import archive, emergency, releases
from home.models import StandardPage
from tests import factories
from tests.translation.fixtures import ENGLISH, approved
from tests.workflow import APPROVED, SMUGGLED, draft_of, edit_url, fresh, publish_properly, submit
from translation import drafts, memory, originals
from translation.segments import Segment
from translation.suggestions import TranslationMemory

pytestmark = pytest.mark.usefixtures("shared_translation")


@pytest.fixture(autouse=True)
def nothing_known(db):
    """Without the names of sections, which `setup_site` brings."""
    memory.forget()


@pytest.fixture
def learning(django_capture_on_commit_callbacks) -> Any:
    """What is decided inside has its effects at the end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def segment(text: str, kind: Any = "text", **more: Any) -> Segment:
    return Segment("lead", "lead", kind, "Lead", text, **more)


def offered(text: str, kind: Any = "text", **more: Any) -> list[tuple[str, int]]:
    english = Locale.objects.get(language_code="en")
    found = TranslationMemory(Locale.get_default(), english).suggestions(segment(text, kind), **more)
    return [(suggestion.text, suggestion.percent) for suggestion in found]


def reword(page: Any, author: Any, lead: str) -> Any:
    draft = fresh(page).get_latest_revision_as_object()
    draft.lead = lead
    draft.save_revision(user=author, log_action=True)
    return fresh(page)


# --- What fills it -----------------------------------------------------------------------------------


def test_an_approved_translation_is_offered_for_the_same_words(
    autorka, english, tlumaczka, redaktorka, koordynatorka, learning
):
    page = reword(drafts.begin(approved(draft_of(autorka, "Words")), english, tlumaczka), tlumaczka, ENGLISH)
    with learning():
        publish_properly(page, tlumaczka, redaktorka, koordynatorka)
    assert offered(APPROVED) == [(ENGLISH, 100)]


def test_neither_a_draft_nor_a_text_in_review_fills_it(live_page, translated, english, tlumaczka, learning):
    with learning():
        page = reword(translated, tlumaczka, SMUGGLED)
        submit(page, tlumaczka)
    memory.take_in(fresh(translated))
    call_command("fill_translation_memory", stdout=StringIO())
    assert offered(APPROVED) == [(ENGLISH, 100)]
    assert not StringTranslation.objects.filter(data__contains=SMUGGLED).exists()


def test_a_live_translation_of_an_unapproved_original_teaches_nothing(tlumaczka, redaktorka, koordynatorka, autorka):
    secret = draft_of(autorka, "Secret", lead="Words that nobody has approved")
    page = draft_of(tlumaczka, "Secret in English", language="en")
    page.translation_key = secret.translation_key
    page.save()
    memory.take_in(publish_properly(page, tlumaczka, redaktorka, koordynatorka))
    assert memory.is_empty()


def test_what_goes_live_together_later_teaches_nothing_before(live_page, translated, english, autorka, koordynatorka):
    text = fresh(live_page).get_latest_revision_as_object()
    text.lead, text.keeps_source_version = "Words that were only sent", True
    text.save_revision(user=autorka, log_action=True)
    submit(fresh(live_page), autorka)
    releases.create([fresh(live_page)], [english], koordynatorka)
    assert originals.original_of(fresh(translated)).lead == "Words that were only sent"
    memory.take_in(fresh(translated))
    assert offered("Words that were only sent") == []
    assert offered(APPROVED) == [(ENGLISH, 100)]


def test_an_emergency_teaches_once_somebody_else_has_confirmed_it(
    translated, change, koordynatorka, koordynator2, learning
):
    with learning():
        urgent = reword(translated, koordynatorka, "Urgent words")
        entry = emergency.publish(urgent, koordynatorka, "The flood is coming.", urgent.latest_revision_id)
        change(keeps=True, lead=f"{APPROVED}.")  # the original beside it is published meanwhile
    call_command("fill_translation_memory", stdout=StringIO())
    assert offered(f"{APPROVED}.") == []
    with learning():
        emergency.confirm(entry, koordynator2, "Read it")
    assert offered(f"{APPROVED}.") == [("Urgent words", 100)]


def test_a_small_correction_of_the_original_keeps_its_translation_at_hand(translated, change, learning):
    with learning():
        change(keeps=True, lead="Text that was approved, with a comma")
    assert offered("Text that was approved, with a comma") == [(ENGLISH, 100)]
    with learning():
        change(lead="Quite another text, which no translation says")
    assert offered("Quite another text, which no translation says") == []


def test_in_one_place_the_newest_words_stay_and_from_elsewhere_the_newest_come_first(
    live_page, translated, english, autorka, tlumaczka, redaktorka, koordynatorka
):
    people = tlumaczka, redaktorka, koordynatorka
    memory.take_in(translated)
    memory.take_in(publish_properly(reword(translated, tlumaczka, "Newer words"), *people))
    assert offered(APPROVED) == [("Newer words", 100)]
    other = publish_properly(draft_of(autorka, "Other"), autorka, redaktorka, koordynatorka)
    page = reword(drafts.begin(other, english, tlumaczka), tlumaczka, "Words of another page")
    memory.take_in(publish_properly(page, *people))
    assert offered(APPROVED) == [("Words of another page", 100), ("Newer words", 100)]
    assert offered(APPROVED, known="Newer words") == [("Words of another page", 100)]


def test_the_command_fills_once_and_forgets_only_when_told(translated, koordynatorka):
    def fill(*arguments: str) -> str:
        out = StringIO()
        call_command("fill_translation_memory", *arguments, stdout=out)
        return out.getvalue()

    titles = dict(Page.objects.values_list("pk", "draft_title"))
    assert "12 of 12 texts" in fill()  # this one, the home page, four sections, five pages below them, the settings
    rows = StringTranslation.objects.count()
    assert fill().strip().endswith("0 segments are new or changed.")
    with archive.with_reason("Not true any more."):
        translated.unpublish(user=koordynatorka)
    fill()
    assert StringTranslation.objects.count() == rows
    assert offered(APPROVED) == [(ENGLISH, 100)]
    fill("--from-nothing")
    assert offered(APPROVED) == []
    assert not String.objects.filter(data=APPROVED).exists()
    assert dict(Page.objects.values_list("pk", "draft_title")) == titles


def test_words_left_in_its_tables_by_anything_else_are_not_offered(translated):
    memory.take_in(translated)
    StringTranslation.objects.update(tool_name="")
    assert offered(APPROVED) == []


# --- What is offered ---------------------------------------------------------------------------------


def test_for_nearly_the_same_words_the_difference_is_marked(translated):
    memory.take_in(translated)
    english = Locale.objects.get(language_code="en")
    (found,) = TranslationMemory(Locale.get_default(), english).suggestions(segment("Text that was not approved"))
    assert (found.text, found.percent) == (ENGLISH, 91)
    assert [(part.kind, part.text.strip()) for part in found.difference if part.kind != "same"] == [("added", "not")]
    assert offered("Something else, which nobody has said before") == []


def test_nothing_is_read_again_until_something_was_learnt(
    translated, tlumaczka, redaktorka, koordynatorka, django_assert_num_queries
):
    memory.take_in(translated)
    polish, english = Locale.get_default(), Locale.objects.get(language_code="en")
    assert TranslationMemory(polish, english).suggestions(segment(APPROVED))
    with django_assert_num_queries(1):  # whether anything was learnt since
        known = TranslationMemory(polish, english)
        assert known.suggestions(segment(APPROVED))
        assert known.said_elsewhere(APPROVED, translated) == []
    memory.take_in(publish_properly(reword(translated, tlumaczka, "Newer"), tlumaczka, redaktorka, koordynatorka))
    with django_assert_num_queries(2):
        (found,) = TranslationMemory(polish, english).suggestions(segment(APPROVED))
    assert found.text == "Newer"


def test_a_long_paragraph_is_found_among_many_others():
    polish, english = Locale.get_default(), Locale.objects.get(language_code="en")
    paragraphs = [" ".join(f"{word}{number % 7}" for word in range(number, number + 90)) for number in range(90)]
    for paragraph in paragraphs:
        string = String(locale=polish, data=paragraph, data_hash=String._get_data_hash(paragraph))
        String.objects.bulk_create([string])
        row = StringTranslation(translation_of=string, locale=english, data=f"English of {paragraph}")
        row.tool_name, row.updated_at = memory.APPROVED, timezone.now()
        StringTranslation.objects.bulk_create([row])
    assert offered(paragraphs[41].replace(" 606", " another"))[0] == (f"English of {paragraphs[41]}", 98)
    assert offered(" ".join(f"other{word}" for word in range(90))) == []


MARKED = '<b>Zielone</b> podwórka i <a id="a1">ławki</a> &amp; drzewa'
ITS_ENGLISH = '<b>Green</b> yards and <a id="a1">benches</a> &amp; trees'


@pytest.fixture
def marked(autorka, tlumaczka, redaktorka, koordynatorka, english) -> StandardPage:
    """A pair whose one paragraph has a link and emphasis, in the memory."""
    there = '<a linktype="page" id="{}">{}</a>'
    polish = f"<p>{MARKED}</p>".replace('<a id="a1">ławki</a>', there.format(factories.home().pk, "ławki"))
    page = StandardPage(title="Podwórka i ławki", slug="podworka", owner=autorka, body=[("text", polish)])
    factories.grow(page, factories.home(), live=False)
    page.save_revision(user=autorka, log_action=True)
    original = publish_properly(fresh(page), autorka, redaktorka, koordynatorka)
    draft = drafts.begin(original, english, tlumaczka).get_latest_revision_as_object()
    body = f"<p>{ITS_ENGLISH}</p>".replace('<a id="a1">benches</a>', there.format(factories.home("en").pk, "benches"))
    block = draft.body[0]
    draft.body = [("text", body)]
    draft.body[0].id = block.id
    draft.title = "Yards and benches"
    draft.save_revision(user=tlumaczka, log_action=True)
    memory.take_in(publish_properly(fresh(draft), tlumaczka, redaktorka, koordynatorka))
    return original


def test_links_and_emphasis_come_along_where_the_segment_has_the_same(marked):
    assert offered(MARKED, "markup") == [(ITS_ENGLISH, 100)]
    assert offered("Zielone podwórka i ławki &amp; drzewa", "markup") == [("Green yards and benches &amp; trees", 100)]
    assert offered("Zielone podwórka i ławki & drzewa") == [("Green yards and benches & trees", 100)]


def test_a_stored_suggestion_is_never_markup_of_its_own(
    marked, english, client_as, tlumaczka, autorka, redaktorka, koordynatorka
):
    evil = '</textarea><img src=x onerror="alert(1)"><script>alert(2)</script>Words'
    StringTranslation.objects.update(data=evil)
    assert offered(MARKED, "markup") == [("alert(2)Words", 100)]
    twin = StandardPage(title="Podwórka i ławki", slug="drugie", owner=autorka)
    factories.grow(twin, factories.home(), live=False)
    twin.save_revision(user=autorka, log_action=True)
    draft = drafts.begin(publish_properly(fresh(twin), autorka, redaktorka, koordynatorka), english, tlumaczka)
    StringTranslation.objects.update(data='&lt;img src=x onerror="alert(1)"&gt; "Words"', updated_at=timezone.now())
    shown = client_as(tlumaczka).get(edit_url(draft)).content.decode()
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &quot;Words&quot;" in shown
    assert "<img src=x" not in shown


def test_words_that_are_too_long_for_the_field_are_not_offered(translated):
    memory.take_in(translated)
    known = TranslationMemory(Locale.get_default(), Locale.objects.get(language_code="en"))
    assert known.suggestions(segment(APPROVED, limit=len(ENGLISH)))
    assert not known.suggestions(segment(APPROVED, limit=len(ENGLISH) - 1))
    assert not known.suggestions(segment(APPROVED, kind="slug"))
