"""A private page is opened to everybody by two people, whatever way it is tried; made private by one."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from approval import openings, publish_guard
from approval.models import Act, LedgerEntry
from approval.refusals import RefusedError
from approval.views.subjects import address
from home.models import SiteDocument, StandardPage
from notifications.models import OutgoingMail
from tests import factories
from tests.approval.scene import published
from tests.records import acts
from tests.workflow import draft_of, fresh, news_index, publish_properly, refused_politely, submit

WHY = "The meeting is over, and everybody may read what was said."
WHO = ("autorka", "redaktorka", "koordynatorka", "admin")


@pytest.fixture(scope="module")
def page_of_all(module_tree):
    page = published("Minutes")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    return page


@pytest.fixture
def page(page_of_all, db):
    """One that Katarzyna approved, and that is for staff only."""
    return fresh(page_of_all)


def read(page):
    """What a visitor is answered."""
    return Client().get(page.get_url()).status_code


def dialog(page):
    return reverse("wagtailadmin_pages:set_privacy", args=(page.pk,))


def question(page):
    return address("approval:opening", page)


def answer(client, page, said="open", **data):
    shown = openings.fingerprint(openings.shown_by(fresh(page)))
    return client.post(question(page), {"answer": said, "shown": shown, **data})


def doubts():
    said = StringIO()
    try:
        call_command("verify_approvals", stdout=said, stderr=StringIO())
    except SystemExit:
        return said.getvalue()
    return ""


def test_one_asks_and_another_one_opens_it(client_as, page, koordynatorka, koordynator2):
    asking = client_as(koordynatorka)
    assert "Katarzyna" not in asking.get(dialog(page)).text
    assert question(page) in asking.get(dialog(page)).json()["html"]
    asking.post(question(page), {"reason": "short"})
    assert openings.request_of(page) is None
    asking.post(question(page), {"reason": WHY})
    assert read(page) == 302
    assert f'href="{question(page)}"' in client_as(koordynator2).get("/admin/").text
    assert question(page) not in asking.get("/admin/").text, "who asked doesn't answer"
    assert WHY in client_as(koordynator2).get(question(page)).text
    shown = reverse("wagtailadmin_pages:revisions_view", args=(page.pk, page.live_revision_id))
    assert f'href="{shown}"' in client_as(koordynator2).get(question(page)).text
    assert client_as(koordynator2).get(shown).status_code == 200, "also where it is for a group"
    answer(client_as(koordynator2), page, comment="Yes.")
    assert read(page) == 200
    _closed, asked, opened = LedgerEntry.objects.filter(act__in=("closed", "asked", "opened")).order_by("pk")
    assert opened.answered == asked
    assert [person.user for person in opened.approvals] == [koordynator2]
    assert not doubts()
    told = OutgoingMail.objects.filter(user=koordynator2).values_list("kind", flat=True)
    assert {"asked-to-open", "opened"} <= set(told)
    # By one person, at once, and from here on it takes two again.
    form = {"restriction_type": "login"}
    assert asking.post(dialog(page), form).json()["is_public"] is False
    assert read(page) == 302
    assert acts(page)[-1] == Act.CLOSED


def test_nobody_opens_it_alone(request, client_as, page):
    restriction, moved, none = (page.view_restrictions.get() for _time in range(3))
    moved.page, none.restriction_type = news_index().page_ptr, "none"
    for person in map(request.getfixturevalue, WHO):
        client = client_as(person)
        ways = (
            lambda person=person: restriction.delete(user=person),
            lambda: PageViewRestriction.objects.filter(pk=restriction.pk).delete(),
            lambda person=person: moved.save(user=person),
            lambda person=person: none.save(user=person),
        )
        for way in ways:
            with pytest.raises(RefusedError), transaction.atomic():
                way()
        assert refused_politely(client.post(dialog(page), {"restriction_type": "none"}))
        client.post(question(page), {"reason": WHY})
        answer(client, page)
        if openings.request_of(page):
            answer(client, page, "keep")
        assert read(page) == 302, person
    assert Act.OPENED not in acts(page)
    assert acts(page).count(Act.KEPT) == 2, "of those who may set it, and each took it back"


def test_who_neither_sets_nor_approves_it_neither_asks_nor_answers(client_as, page, autorka, redaktorka, koordynatorka):
    for person in (autorka, redaktorka):
        assert client_as(person).get(question(page)).status_code in (302, 403)
        client_as(person).post(question(page), {"reason": WHY})
    assert openings.request_of(page) is None
    openings.ask(page, koordynatorka, WHY)
    for person in (autorka, redaktorka):
        answer(client_as(person), page)
        answer(client_as(person), page, "keep")
    client_as(koordynatorka).get(question(page), {"answer": "open"})
    assert openings.request_of(page)
    assert read(page) == 302


def test_two_who_both_wrote_it_do_not_open_it(client_as, koordynatorka, koordynator2, redaktorka, admin):
    page = draft_of(koordynatorka, "Other minutes")
    page.lead = "Words of the second writer"
    page.save_revision(user=koordynator2, log_action=True)
    page = publish_properly(page, koordynatorka, redaktorka, admin)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    openings.ask(page, koordynatorka, WHY)
    answer(client_as(koordynator2), page)
    assert read(page) == 302
    answer(client_as(admin), page)
    assert read(page) == 200


def test_a_yes_to_other_pages_than_were_shown_is_none(
    client_as, autorka, redaktorka, koordynatorka, koordynator2, page
):
    section = news_index()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    page.view_restrictions.all().delete()
    openings.ask(section, koordynatorka, WHY)
    seen = openings.fingerprint(openings.shown_by(section))
    publish_properly(draft_of(autorka, "Later"), autorka, redaktorka, koordynatorka)
    client = client_as(koordynator2)
    for shown in (seen, "", "x"):
        answer(client, section, shown=shown)
    assert read(page) == 302
    answer(client, section)
    assert read(page) == 200
    answer(client, section)
    assert acts(section).count(Act.OPENED) == 1


def test_it_leaves_a_private_section_only_with_its_own_privacy(client_as, koordynatorka, admin):
    section, elsewhere = factories.standard_page(title="Board"), factories.standard_page(title="Open")
    page = factories.grow(StandardPage(title="Minutes", slug="minutes"), section, live=True)
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    address = reverse("wagtailadmin_pages:move_confirm", args=(page.pk, elsewhere.pk))
    for person in (koordynatorka, admin):
        assert refused_politely(client_as(person).post(address))
        assert fresh(page).get_parent().pk == section.pk
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    client_as(koordynatorka).post(address)
    assert fresh(page).get_parent().pk == elsewhere.pk
    assert read(fresh(page)) == 302
    assert read(elsewhere) == 200


def test_taken_down_and_put_back_it_is_still_private(client_as, page, koordynatorka):
    client = client_as(koordynatorka)
    client.post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)), {"reason": WHY})
    assert not fresh(page).live
    client.post(dialog(page), {"restriction_type": "none"})
    assert page.view_restrictions.exists()


def test_a_draft_that_nobody_decides_about_is_opened_by_one(client_as, autorka, koordynatorka):
    page = draft_of(autorka, "Plan")
    for is_submitted in (False, True):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        if is_submitted:
            submit(page, autorka)
        client_as(koordynatorka).post(dialog(page), {"restriction_type": "none"})
        assert page.view_restrictions.exists() == is_submitted


def test_what_went_past_all_this_is_named(page, koordynatorka):
    assert not doubts()
    PageViewRestriction.objects.filter(pk=page.view_restrictions.get().pk)._raw_delete("default")
    assert "was private and is open to everybody" in doubts()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    with publish_guard.trusted_command("tests"):
        page.view_restrictions.get().delete()
    assert not doubts()


def test_a_closed_collection_stays_closed_while_a_public_page_offers_its_files(
    client_as, autorka, redaktorka, koordynatorka, admin
):
    root, browser = Collection.get_first_root_node(), client_as(admin)
    closed = root.add_child(name="Minutes")
    restriction = CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    inside = closed.add_child(name="Board")
    document = SiteDocument.objects.create(title="Minutes", file="minutes.pdf", collection=inside)
    page = draft_of(autorka, "Meeting", body=[("documents", [document])])
    publish_properly(page, autorka, redaktorka, koordynatorka)
    address = reverse("wagtailadmin_collections:set_privacy", args=(closed.pk,))
    with transaction.atomic():
        assert refused_politely(browser.post(address, {"restriction_type": "none"}))
    elsewhere = {"name": "Board", "parent": root.pk}
    with transaction.atomic():
        assert refused_politely(browser.post(f"/admin/collections/{inside.pk}/", elsewhere))
    assert Collection.objects.get(pk=inside.pk).get_parent() == closed
    SiteDocument.objects.filter(pk=document.pk).update(collection=root)
    browser.post(f"/admin/collections/{inside.pk}/", elsewhere)
    assert Collection.objects.get(pk=inside.pk).get_parent() == root, "an empty one moves"
    SiteDocument.objects.filter(pk=document.pk).update(collection=closed)
    assert CollectionViewRestriction.objects.filter(pk=restriction.pk).exists()
