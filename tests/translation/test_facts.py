"""A date, a place, a picture: another one in the original is told and taken over, also after a "small correction"."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from approval import roles
from events.models import EventPage
from tests import factories
from tests.reading import source
from tests.translation.fixtures import approved, changed, into_english, news_pair, state_of
from tests.workflow import edit_url, form_of, fresh, person, take_step, what_visitors_see, whole_url
from translation import changes, facts, freshness, originals
from translation.freshness import State
from translation.pending import pending

pytestmark = pytest.mark.usefixtures("shared_translation")

NEXT_DAY = timezone.localdate() - timedelta(days=3)
TIMES = [{"type": "item", "id": "11111111-1111-4111-8111-111111111111", "value": {"time": "10:00", "title": "Kawa"}}]


def write(page: Any, user: Any, **fields: Any) -> Any:
    text = fresh(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(text, name, value)
    text.save_revision(user=user, log_action=True)
    return fresh(page)


@pytest.mark.parametrize(
    ("name", "value"), [("date", NEXT_DAY), ("kind", "study-visit"), ("lead_image", None), ("funding", "none")]
)
def test_no_small_correction_keeps_a_translation_with_another_fact(translated, change, name, value):
    change(keeps=True, **{name: value or factories.image(), "lead_image_alt": "Ławka" if name == "lead_image" else ""})
    assert state_of(translated) == State.OUTDATED


class TestAnEvent:
    @pytest.fixture(scope="class")
    @classmethod
    def pair(cls, tree) -> tuple[EventPage, EventPage]:
        author = person("autorka", roles.AUTHORS)
        page = factories.event(live=False, owner=author, programme=TIMES, cost="20 zł")
        page.save_revision(user=author, log_action=True)
        page = approved(page)
        english = into_english(page)
        said = {"title": "A meeting", "lead": "Why to come.", "slug": "a-meeting", "place": "The house of neighbours"}
        return page, approved(write(english, english.owner, **said), "tlumaczka")

    @pytest.mark.parametrize("name", ["start", "place", "address", "cost", "district", "step_free", "programme"])
    def test_is_told_apart_by_every_fact(self, pair, db, name):
        event, english = pair
        other = {
            "start": event.start + timedelta(days=-1),
            "district": "krakow-8",
            "step_free": "yes",
            "programme": [{**TIMES[0], "value": {**TIMES[0]["value"], "time": "11:00"}}],
        }
        changed(event, keeps=True, **{name: other.get(name, "Inne słowa")})
        assert state_of(english) == State.OUTDATED
        draft = fresh(english).get_latest_revision_as_object()
        (change,) = pending(draft, originals.original_of(draft))
        assert change.was or change.now
        assert list(changes.counted([freshness.pair_of(fresh(english))]).values()) == [1]
        # What the translation says in its own words isn't overwritten by Polish ones.
        assert bool(change.path) == (name != "place")
        if change.path:
            facts.take_over(draft, originals.original_of(draft), {change.path})
            draft.save_revision(log_action=True)
            draft = fresh(english).get_latest_revision_as_object()
            assert pending(draft, originals.original_of(draft)) == []
            assert (draft.title, draft.place) == ("A meeting", "The house of neighbours")


class TestInTheEditor:
    @pytest.fixture(scope="class")
    @classmethod
    def moved(cls, tree) -> None:
        original, _translated = news_pair()
        changed(original, keeps=True, date=NEXT_DAY)

    @pytest.fixture
    def outdated(self, moved, translated) -> Any:
        return translated

    @staticmethod
    def take(page: Any, **more: Any) -> dict[str, Any]:
        seen = originals.original_of(page).source_version.isoformat()
        return form_of(page, **{"says_source_version-seen": seen, "says_source_version-take": "1", **more})

    def test_one_click_takes_it_over_into_the_draft_alone(
        self, outdated, client_as, tlumaczka, redaktorka, koordynatorka
    ):
        before = outdated.date
        browser = client_as(tlumaczka)
        assert 'name="says_source_version-take"' in browser.get(whole_url(outdated)).content.decode()
        assert browser.post(edit_url(outdated), self.take(outdated)).status_code == 302
        assert fresh(outdated).date == before  # nothing is public yet
        assert fresh(outdated).get_latest_revision_as_object().date == NEXT_DAY
        seen = self.take(outdated)
        del seen["says_source_version-take"]
        assert browser.post(edit_url(outdated), {**seen, "action-submit": "1"}).status_code == 302
        assert fresh(outdated).date == before
        take_step(outdated, redaktorka)
        take_step(outdated, koordynatorka)
        assert fresh(outdated).date == NEXT_DAY
        assert state_of(outdated) == State.CURRENT

    def test_sending_without_it_asks_and_names_both_days(self, outdated, client_as, tlumaczka):
        seen = self.take(outdated)
        del seen["says_source_version-take"]
        answer = client_as(tlumaczka).post(edit_url(outdated), {**seen, "action-submit": "1"})
        assert answer.status_code == 200
        assert f"<ins>{NEXT_DAY.day} " in source(answer)
        assert not fresh(outdated).workflow_in_progress

    def test_is_nothing_for_who_may_not_edit_and_for_who_only_looks(self, outdated, client_as, autor2, tlumaczka):
        number = fresh(outdated).latest_revision_id
        words = what_visitors_see(outdated)[1]
        assert client_as(autor2).post(edit_url(outdated), self.take(outdated)).status_code in (302, 403)
        client_as(tlumaczka).get(edit_url(outdated), self.take(outdated))
        assert fresh(outdated).latest_revision_id == number
        assert what_visitors_see(outdated)[1] == words
