"""Translators change translations; what they are made of, and what has no translator, stays with its own people."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page

from approval import roles
from approval.models import RoleGroup
from approval.setup import permission
from approval.views.subjects import address, edit_address
from home.bootstrap import home_of
from home.models import SiteSettings
from news.models import NewsPage
from tests.workflow import (
    SMUGGLED,
    create_url,
    draft_of,
    edit_url,
    form_of,
    fresh,
    new_form,
    news_index,
    nothing_changes_for_visitors,
    person,
    submit,
)

pytestmark = pytest.mark.django_db
SEARCHES = True


def texts_of(page):
    return fresh(page).get_latest_revision_as_object()


def test_an_original_is_not_the_translators_to_write(client_as, tlumaczka, autorka, live_page):
    """By its editor, and by every other address that writes: each as a form would send it."""
    draft, browser = draft_of(autorka, "Szkic"), client_as(tlumaczka)
    number = Page.objects.count()
    english = news_index("en")
    with nothing_changes_for_visitors(live_page):
        for page in (draft, live_page):
            before = texts_of(page).lead, fresh(page).latest_revision_id, page.path
            assert 'id="page-edit-form"' not in browser.get(edit_url(page)).content.decode(), "no editor"
            browser.post(edit_url(page), form_of(page, lead=SMUGGLED))
            browser.post(edit_url(page), form_of(page, lead=SMUGGLED, **{"action-submit": "1"}))
            revision = page.get_latest_revision()
            for name, data in (
                ("wagtailadmin_pages:delete", {}),
                ("wagtailadmin_pages:unpublish", {"reason": "Bo tak"}),
                ("wagtailadmin_pages:lock", {}),
                ("wagtailadmin_pages:copy", {"new_title": "Kopia", "new_slug": "kopia"}),
                ("wagtailadmin_pages:preview_on_edit", form_of(page, lead=SMUGGLED)),
            ):
                answer = browser.post(reverse(name, args=[page.pk]), data)
                assert SMUGGLED not in answer.content.decode(), name
            browser.post(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk]), form_of(page))
            browser.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, english.pk]))
            browser.post(address("approval:needed_by", page), {"day": "2031-05-05"})
            browser.post(address("approval:together", page), {"language": "en"})
            browser.post(address("newsroom:save_pattern", page), {"name": "Wzór"})
            browser.post(reverse("translation:exchange", args=[page.pk]), {"language": "pl"})
            now = fresh(page)
            assert (texts_of(page).lead, now.latest_revision_id, now.path) == before
            assert not now.locked and now.current_workflow_state is None
        for parent in (news_index(), home_of(Locale.get_default())):
            browser.post(create_url(parent), new_form())
            browser.post(reverse("wagtailadmin_pages:edit", args=[parent.pk]), {"title": SMUGGLED})
        assert Page.objects.count() == number


def test_the_title_of_an_original_that_nobody_sent_is_told_to_no_translator(client_as, tlumaczka, autorka, redaktorka):
    """Until somebody sends it, there is nothing for them to do."""
    draft = draft_of(autorka, "Cokolwiek nikomu")
    places = (
        reverse("wagtailadmin_home"),
        reverse("newsroom:under_way"),
        reverse("translation:report"),
        f"{reverse('wagtailadmin_pages:search')}?q=nikomu",
        f"{reverse('wagtailadmin_choose_page_search')}?q=nikomu",
        reverse("wagtailadmin_choose_page_child", args=[draft.get_parent().pk]),
        reverse("translation:begin", args=[draft.pk, "en"]),
        reverse("translation:exchange", args=[draft.pk]),
        reverse("translation:download", args=[draft.pk, "en"]),
        reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, news_index("en").pk]),
    )
    for url in places:
        assert "cokolwiek" not in client_as(tlumaczka).get(url).content.decode().lower(), url
    for url in (places[1], places[4]):
        assert "cokolwiek" in client_as(redaktorka).get(url).content.decode().lower(), url
    submit(draft, autorka)
    assert "Cokolwiek nikomu" in client_as(tlumaczka).get(places[1]).content.decode()


def test_what_is_in_another_language_is_theirs_also_without_an_original(client_as, tlumaczka):
    """A text for readers in English alone has no original: its words go the way of every text."""
    browser = client_as(tlumaczka)
    browser.post(create_url(news_index("en")), new_form(title="For guests", slug="for-guests"))
    page = NewsPage.objects.get(title="For guests")
    assert browser.get(edit_url(page)).status_code == 200
    submit(page, tlumaczka)


@pytest.mark.parametrize("who", ["tlumaczka", "koordynatorka"])
def test_site_settings_in_the_first_language_are_the_coordinators(client_as, request, who):
    browser = client_as(request.getfixturevalue(who))
    polish, english = (SiteSettings.objects.get(locale__language_code=code) for code in ("pl", "en"))
    assert browser.get(edit_address(english)).status_code == 200
    before = polish.latest_revision_id
    is_theirs = who == "koordynatorka"
    assert (browser.get(edit_address(polish)).status_code == 200) is is_theirs
    browser.post(address("approval:needed_by", polish), {"day": "2031-05-05"})
    browser.post(edit_address(polish), {"name": SMUGGLED, "tagline": SMUGGLED})
    assert SiteSettings.objects.get(pk=polish.pk).latest_revision_id == before
    assert (browser.get(reverse("wagtailsnippets_events_venue:add")).status_code == 200) is is_theirs


def test_an_older_site_takes_back_what_it_gave_and_nothing_else(db):
    """What the role held before is in the list of what it was given; what people gave it is not."""
    holder = RoleGroup.objects.get(key=roles.TRANSLATORS.key)
    root, group = home_of(Locale.get_default()), Group.objects.get(role=holder)
    held, by_people = permission("wagtailcore.change_page"), permission("wagtailcore.lock_page")
    for codename in (held, by_people):
        GroupPagePermission.objects.create(group=group, page=root, permission=codename)
    group.permissions.add(permission("home.change_sitesettings"))
    holder.given += [f"change_page on page {root.pk}", "home.change_sitesettings"]
    holder.save()
    call_command("setup_site", verbosity=0)
    assert list(group.page_permissions.filter(page=root).values_list("permission", flat=True)) == [by_people.pk]
    assert not person("tlumaczka", roles.TRANSLATORS).has_perm("home.change_sitesettings")
