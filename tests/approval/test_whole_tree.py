"""A section with a page in it that is kept to others: whatever is done to it in the admin, the tree stays whole."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from approval import restriction
from approval.reader import reading_as
from approval.views.subjects import address
from home.bootstrap import home_of
from home.models import StandardPage
from tests.workflow import fresh, log_in, news_index

pytestmark = pytest.mark.django_db

SECRET = "Tajnoslowny"
WHOLE: tuple[list, ...] = ([], [], [], [], [])


def add(title, parent, owner):
    page = StandardPage(title=title, slug=title.lower(), owner=owner, live=False, locale=parent.locale)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision(user=owner)
    return page


def move(browser, page, target):
    return browser.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))


def bulk(browser, name, page, **data):
    return browser.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', name])}?id={page.pk}", data)


@pytest.mark.parametrize("name", ["koordynatorka", "admin"])
def test_the_tree_stays_whole_whatever_is_done_above_and_beside_it(request, name, koordynator2):
    user = request.getfixturevalue(name)
    home = home_of(news_index().locale)
    section, other, third = (add(title, home, user) for title in ("Section", "Other", "Third"))
    kept = add(SECRET, section, koordynator2)
    restriction.restrict(kept, [koordynator2], koordynator2)
    browser = log_in(user)
    browser.raise_request_exception = False

    def look(above=section):
        now, parent = Page.objects.get(pk=kept.pk), Page.objects.get(pk=above.pk)
        assert Page.find_problems() == WHOLE
        assert now.path.startswith(parent.path) and now.url_path == f"{parent.url_path}{now.slug}/"

    assert browser.post(reverse("wagtailadmin_pages:delete", args=[section.pk])).status_code == 302
    look()
    assert bulk(browser, "delete", section).status_code == 302
    look()
    assert move(browser, third, section).status_code == 302
    assert fresh(third).get_parent().pk == section.pk, "beside what is hidden"
    look()
    assert move(browser, section, other).status_code == 302
    assert fresh(section).get_parent().pk == other.pk
    look()
    assert bulk(browser, "move", section, chooser=home.pk).status_code == 302
    assert fresh(section).get_parent().pk == home.pk
    look()
    assert bulk(browser, "move", other, chooser=section.pk).status_code == 302
    assert fresh(other).get_parent().pk == section.pk
    look()
    assert browser.post(reverse("wagtailadmin_pages:set_page_position", args=[other.pk])).status_code == 200
    look()
    text = fresh(section)
    text.slug = "renamed"
    with reading_as(user):
        text.save()
    look()

    named = log_in(koordynator2)
    for answer in (move(named, third, kept), bulk(named, "move", third, chooser=kept.pk)):
        assert answer.status_code == 302
        assert fresh(third).get_parent().pk == section.pk, "nothing is moved below what is kept"
    entries = PageLogEntry.objects.exclude(page=kept.pk)
    assert not any(SECRET in f"{entry.label} {entry.data}" for entry in entries)
    look()


def test_whoever_knows_of_what_is_below_knows_of_what_is_above(koordynatorka, koordynator2, autorka):
    """Of a copy, those who know of both."""
    home = home_of(news_index().locale)
    first, second = (add(title, home, koordynatorka) for title in ("First", "Second"))
    restriction.restrict(first, [koordynatorka, autorka], koordynatorka)
    restriction.restrict(second, [koordynatorka, koordynator2], koordynatorka)
    below = add("Below", first, koordynatorka)
    copied = first.copy(to=fresh(second), update_attrs={"slug": "copied"}, user=koordynatorka, keep_live=False)
    assert list(restriction.restricted(copied).people.all()) == [koordynatorka]
    url, browser = address("approval:restriction", first), log_in(koordynatorka)
    for people in ([koordynatorka, koordynator2, autorka], [koordynatorka, koordynator2]):
        browser.post(url, {"people": [person.pk for person in people]})
        assert set(restriction.restricted(below).people.all()) == set(people)
