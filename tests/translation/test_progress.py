"""What was begun and not touched is called so, with the same figures wherever it is shown."""

from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation as languages

from approval.views.subjects import decision_address
from news.models import NewsPage
from tests.newsroom.test_dashboard import panels
from tests.reading import source
from tests.translation.test_report import REPORT
from tests.workflow import fresh, submit, take_step
from translation import badges, drafts, freshness, originals, progress
from translation.progress import Progress
from translation.segments import Segment
from translation.source_panel import source_panel


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with languages.override("en"):
        yield


@pytest.fixture
def begun(live_page, english, tlumaczka) -> NewsPage:
    return drafts.begin(live_page, english, tlumaczka)


def write(page: Any, user: Any, **fields: Any) -> None:
    text = fresh(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(text, name, value)
    text.save_revision(user=user, log_action=True)


def counted(page: Any) -> Progress | None:
    pair = freshness.pair_of(fresh(page))
    return progress.counted([pair]).get(pair.original.pk)


def test_a_copy_of_the_original_is_not_what_the_original_says(begun, client_as, tlumaczka, live_page):
    draft = fresh(begun).get_latest_revision_as_object()
    said = source_panel(draft).sentence
    assert said == "In progress: 0 of 2 parts."
    request = RequestFactory().get("/")
    assert [badge.words for badge in badges.badges_of(request, fresh(begun))] == ["in progress: 0 of 2 parts"]
    assert [badge.words for badge in badges.badges_of(request, live_page)] == ["EN: in progress: 0 of 2 parts"]
    browser = client_as(tlumaczka)
    with languages.override("pl"):
        words = " ".join(str(Progress(0, 2)).split())
    assert words[1:] in panels(browser)["underway"]
    assert words[1:] in " ".join(source(browser.get(REPORT)).split())


def test_a_mail_address_and_a_number_hold_no_words():
    def is_part(text: str) -> bool:
        return progress.is_part(Segment("contact", "contact", "text", "Contact", text))

    assert not is_part("dostepnosc@example.org, 12 345 67 89")
    assert is_part("Ewa, ewa@example.org")
    assert is_part("Zapytaj:dostepnosc@example.org")


def test_each_part_counts_once_it_is_touched_and_all_make_it_ready(begun, tlumaczka):
    write(begun, tlumaczka, title="Live in English")
    assert counted(begun) == Progress(1, 2)
    write(begun, tlumaczka, lead="In English")
    assert counted(begun).is_complete
    draft = fresh(begun).get_latest_revision_as_object()
    assert progress.of(draft, originals.original_of(draft)).is_complete
    assert "In progress" not in source_panel(draft).sentence


def test_words_that_autosave_writes_into_the_same_version_count(begun, tlumaczka):
    assert counted(begun) == Progress(0, 2)
    text = fresh(begun).get_latest_revision_as_object()
    text.title = "Live in English"
    text.save_revision(user=tlumaczka, overwrite_revision=fresh(begun).latest_revision)
    assert counted(begun) == Progress(1, 2)


def test_what_is_in_review_or_approved_is_not_called_in_progress(
    begun, tlumaczka, redaktorka, koordynatorka, client_as
):
    write(begun, tlumaczka, title="Live in English")  # the lead stays, as a name would
    submit(fresh(begun), tlumaczka)
    assert counted(begun) is None
    step = fresh(begun).current_workflow_task_state
    found = client_as(redaktorka).get(decision_address(step)).context["source_panel"]
    assert "In progress" not in found.sentence
    take_step(begun, redaktorka)
    take_step(begun, koordynatorka)
    draft = fresh(begun).get_latest_revision_as_object()
    assert progress.of(draft, originals.original_of(draft)).is_complete


def test_half_an_update_of_a_live_translation_is_in_progress(translated, change, tlumaczka, live_page):
    change(title="Inny tytuł")
    write(translated, tlumaczka, title="Inny tytuł", source_version=fresh(live_page).source_version)
    assert counted(translated) == Progress(1, 2)
    assert source_panel(fresh(translated).get_latest_revision_as_object()).sentence == "In progress: 1 of 2 parts."
