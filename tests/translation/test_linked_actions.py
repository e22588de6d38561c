"""What becomes of a Polish page is asked of its English one: both or neither, each with its own act and entry."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageLogEntry

from approval import roles
from approval.models import Act, LedgerEntry
from approval.views.subjects import address
from home.bootstrap import home_of
from home.models import StandardPage
from tests.records import acts
from tests.translation.fixtures import approved, into_english
from tests.workflow import draft_of, fresh, in_an_hour, person, publish_properly, submit, take_step
from translation import drafts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_translation")]


def url(name: str, *args: Any) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def bulk(action: str, *pages: Any) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?{ids}"


def logged(page: Any, action: str) -> list[Any]:
    return [entry.user for entry in PageLogEntry.objects.filter(page=page.pk, action=action)]


@pytest.fixture
def coordinator(koordynatorka, client_as) -> Client:
    return client_as(koordynatorka)


# --- Taking down ------------------------------------------------------------------------------


def test_question_names_the_translation(live_page, translated, coordinator):
    shown = coordinator.get(url("unpublish", live_page.pk)).content.decode()
    assert translated.title in shown
    assert 'value="together" checked' in shown
    assert 'value="alone"' in shown


def test_nothing_is_asked_where_nothing_is_translated(autorka, coordinator):
    page = approved(draft_of(autorka, "Only in Polish"))
    assert 'name="translations"' not in coordinator.get(url("unpublish", page.pk)).content.decode()


def test_nothing_is_asked_of_the_original_of_a_translation(live_page, translated, coordinator):
    assert 'name="translations"' not in coordinator.get(url("unpublish", translated.pk)).content.decode()
    coordinator.post(url("unpublish", translated.pk), {"translations": "together"})
    assert (fresh(live_page).live, fresh(translated).live) == (True, False)


def test_both_come_down_with_an_act_and_an_entry_each(live_page, translated, coordinator, koordynatorka):
    coordinator.post(url("unpublish", live_page.pk), {"translations": "together", "reason": "Błąd"})
    for page in (live_page, translated):
        assert not fresh(page).live
        entry = LedgerEntry.objects.for_instance(page).first()
        assert (entry.act, entry.user, entry.reason) == (Act.TAKEN_DOWN, koordynatorka, "Błąd")
        assert logged(page, "wagtail.unpublish") == [koordynatorka]


def test_translation_stays_when_that_was_chosen(live_page, translated, coordinator):
    coordinator.post(url("unpublish", live_page.pk), {"translations": "alone"})
    assert (fresh(live_page).live, fresh(translated).live) == (False, True)
    assert Act.TAKEN_DOWN not in acts(translated)


def test_both_or_neither(live_page, translated, coordinator, monkeypatch):
    """The translation is the later one: when that fails, the original is public again."""
    from approval import signals  # noqa: PLC0415

    record = signals.record
    seen = []

    def fail_at_second(*args: Any, **facts: Any) -> Any:
        seen.append(args)
        if len(seen) == 2:
            raise RuntimeError("power cut")
        return record(*args, **facts)

    monkeypatch.setattr(signals, "record", fail_at_second)
    with pytest.raises(RuntimeError):
        coordinator.post(url("unpublish", live_page.pk), {})
    assert fresh(live_page).live
    assert fresh(translated).live
    assert Act.TAKEN_DOWN not in acts(live_page)


def test_translation_that_waits_for_its_time_loses_its_approval(
    autorka, tlumaczka, redaktorka, koordynatorka, english, coordinator
):
    original = approved(draft_of(autorka, "Only in Polish"))
    page = drafts.begin(original, english, tlumaczka)
    draft = page.get_latest_revision_as_object()
    draft.title, draft.lead, draft.go_live_at = "Later", "In English, later", in_an_hour()
    draft.save_revision(user=tlumaczka, log_action=True)
    page = publish_properly(fresh(page), tlumaczka, redaktorka, koordynatorka)
    assert page.scheduled_revision
    coordinator.post(url("unpublish", original.pk), {"translations": "together"})
    assert fresh(page).scheduled_revision is None
    assert acts(page)[-1] == Act.WITHDRAWN


def test_pages_below_come_down_with_their_translations_and_their_own_entries(
    autorka, redaktorka, koordynatorka, tlumaczka, english, coordinator
):
    people = autorka, redaktorka, koordynatorka
    parent = publish_properly(standard_page("Nad", autorka), *people)
    child = publish_properly(standard_page("Pod", autorka, parent), *people)
    there = [in_english(page) for page in (parent, child)]
    shown = coordinator.get(url("unpublish", parent.pk)).content.decode()
    assert all(page.title in shown for page in there)
    coordinator.post(url("unpublish", parent.pk), {"include_descendants": "on"})
    for page in (parent, child, *there):
        assert not fresh(page).live
        assert logged(page, "wagtail.unpublish") == [koordynatorka]
        assert LedgerEntry.objects.for_instance(page).first().user == koordynatorka


@pytest.mark.parametrize(("choice", "stays"), [("together", False), ("alone", True)])
def test_many_at_once(live_page, translated, coordinator, choice, stays):
    assert translated.title in coordinator.get(bulk("unpublish", live_page)).content.decode()
    coordinator.post(bulk("unpublish", live_page), {"translations": choice, "reason": "Błąd"})
    assert not fresh(live_page).live
    assert fresh(translated).live is stays
    assert stays or LedgerEntry.objects.for_instance(translated).first().reason == "Błąd"


@pytest.mark.parametrize("who", ["autorka", "redaktorka", "tlumaczka"])
def test_others_take_neither_down(who, live_page, translated, request, client_as):
    for address_of in (url("unpublish", live_page.pk), bulk("unpublish", live_page)):
        client_as(request.getfixturevalue(who)).post(address_of, {"translations": "together"})
    assert fresh(live_page).live
    assert fresh(translated).live


# --- Restoring --------------------------------------------------------------------------------


def test_both_come_back_as_they_were_approved(live_page, translated, coordinator, koordynatorka):
    coordinator.post(url("unpublish", live_page.pk))
    assert translated.title in coordinator.get(address("newsroom:restore", live_page)).content.decode()
    coordinator.post(address("newsroom:restore", live_page), {"translations": "together"})
    for page in (live_page, translated):
        assert fresh(page).live
        assert acts(page)[-1] == Act.RESTORED
    call_command("verify_approvals")


def test_one_comes_back_alone(live_page, translated, coordinator):
    coordinator.post(url("unpublish", live_page.pk))
    coordinator.post(address("newsroom:restore", live_page), {"translations": "alone"})
    assert (fresh(live_page).live, fresh(translated).live) == (True, False)


def test_neither_comes_back_when_one_can_not(live_page, translated, coordinator):
    coordinator.post(url("unpublish", live_page.pk))
    number = LedgerEntry.objects.for_instance(translated).get(act=Act.PUBLISHED).revision_number
    revision = translated.revisions.get(pk=number)
    translated.revisions.filter(pk=number).update(content={**revision.content, "lead": "Tampered with"})
    coordinator.post(address("newsroom:restore", live_page), {"translations": "together"})
    assert (fresh(live_page).live, fresh(translated).live) == (False, False)


def standard_page(title: str, author: Any, parent: Any = None) -> StandardPage:
    page = StandardPage(title=title, slug=title.lower(), owner=author, live=False)
    (parent or home_of(Locale.get_default())).add_child(instance=page)
    page.save_revision(user=author)
    return page


def in_english(page: Any) -> Any:
    draft = into_english(page).get_latest_revision_as_object()
    draft.title, draft.slug = f"{page.title} in English", f"{page.slug}-in-english"
    draft.save_revision(user=draft.owner, log_action=True)
    return approved(draft, "tlumaczka")


# --- Deleting ---------------------------------------------------------------------------------


@pytest.fixture
def draft_pair(draft, tlumaczka) -> tuple[Any, Any]:
    """Two drafts that nobody saw, one the translation of the other."""
    other = draft_of(tlumaczka, "Draft in English", language="en")
    other.translation_key = draft.translation_key
    other.save()
    return draft, other


@pytest.mark.parametrize(("choice", "stays"), [("together", False), ("alone", True)])
@pytest.mark.parametrize("many", [False, True])
def test_draft_of_a_translation_is_named_and_goes_or_stays(draft_pair, admin, client_as, choice, stays, many):
    page, other = draft_pair
    asked = bulk("delete", page) if many else url("delete", page.pk)
    assert other.title in client_as(admin).get(asked).content.decode()
    client_as(admin).post(asked, {"translations": choice})
    assert not Page.objects.filter(pk=page.pk).exists()
    assert Page.objects.filter(pk=other.pk).exists() is stays
    assert stays or PageLogEntry.objects.filter(page=other.pk, action="wagtail.delete").count() == 1


@pytest.mark.parametrize("many", [False, True])
def test_public_translation_of_a_draft_is_kept_and_so_is_the_draft(
    draft_pair, tlumaczka, redaktorka, koordynatorka, admin, client_as, many
):
    page, other = draft_pair
    submit(other, tlumaczka)
    take_step(other, redaktorka)
    take_step(other, koordynatorka)
    asked = bulk("delete", page) if many else url("delete", page.pk)
    client_as(admin).post(asked, {"translations": "together"})
    assert fresh(page)
    client_as(admin).post(asked, {"translations": "alone"})
    assert not Page.objects.filter(pk=page.pk).exists()
    assert fresh(other).live


class TestMoving:
    @pytest.fixture(scope="class")
    @classmethod
    def made_once(cls, tree) -> list[tuple[int, int]]:
        """Two pages and their translations; the first is to go below the second."""
        author = person("autorka", roles.AUTHORS)
        pages = [approved(standard_page(title, author)) for title in ("Stara", "Kontakt")]
        return [(page.pk, in_english(page).pk) for page in pages]

    @pytest.fixture
    def pair(self, made_once, db) -> list[StandardPage]:
        return [StandardPage.objects.get(pk=pk) for pk in made_once[0]]

    @pytest.fixture
    def parents(self, made_once, db) -> list[StandardPage]:
        return [StandardPage.objects.get(pk=pk) for pk in made_once[1]]

    def test_translation_moves_below_the_translation_of_the_new_parent(self, pair, parents, coordinator, koordynatorka):
        before = [page.url for page in pair]
        asked = url("move_confirm", pair[0].pk, parents[0].pk)
        assert 'value="together" checked' in coordinator.get(asked).content.decode()
        coordinator.post(asked, {"translations": "together"})
        for page, parent, old in zip(pair, parents, before, strict=True):
            page = fresh(page)
            assert page.get_parent().pk == parent.pk
            assert logged(page, "wagtail.move") == [koordynatorka]
            answer = Client().get(old)
            assert (answer.status_code, answer["Location"]) == (301, page.url)
        call_command("verify_approvals")

    def test_translation_is_left_where_it_is(self, pair, parents, coordinator):
        coordinator.post(url("move_confirm", pair[0].pk, parents[0].pk), {"translations": "alone"})
        assert fresh(pair[0]).get_parent().pk == parents[0].pk
        assert fresh(pair[1]).get_parent().pk != parents[1].pk

    def test_what_is_impossible_is_said_beforehand_and_moves_neither(
        self, pair, autorka, redaktorka, koordynatorka, coordinator
    ):
        lonely = publish_properly(standard_page("Bez", autorka), autorka, redaktorka, koordynatorka)
        asked = url("move_confirm", pair[0].pk, lonely.pk)
        shown = coordinator.get(asked).content.decode()
        assert 'value="together"' not in shown
        assert lonely.title in shown
        coordinator.post(asked, {"translations": "together"})
        assert fresh(pair[0]).get_parent().pk != lonely.pk, "neither"
        coordinator.post(asked, {"translations": "alone"})
        assert fresh(pair[0]).get_parent().pk == lonely.pk

    def test_taken_address_is_said_beforehand_and_moves_neither(self, pair, parents, tlumaczka, coordinator):
        taken = standard_page("Taken", tlumaczka, parents[1])
        Page.objects.filter(pk=taken.pk).update(slug=pair[1].slug)
        asked = url("move_confirm", pair[0].pk, parents[0].pk)
        assert pair[1].slug in coordinator.get(asked).content.decode()
        coordinator.post(asked, {"translations": "together"})
        assert fresh(pair[0]).get_parent().pk != parents[0].pk

    def test_many_move_with_their_translations_or_not_at_all(
        self, pair, parents, autorka, redaktorka, koordynatorka, coordinator
    ):
        lonely = publish_properly(standard_page("Bez", autorka), autorka, redaktorka, koordynatorka)
        assert 'name="translations"' in coordinator.get(bulk("move", pair[0])).content.decode()
        coordinator.post(bulk("move", pair[0]), {"chooser": lonely.pk, "translations": "together"})
        assert fresh(pair[0]).get_parent().pk != lonely.pk
        coordinator.post(bulk("move", pair[0]), {"chooser": parents[0].pk, "translations": "together"})
        assert [fresh(page).get_parent().pk for page in pair] == [parent.pk for parent in parents]
