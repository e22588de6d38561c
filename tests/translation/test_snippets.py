"""What is translated and is no page counts as out of date where pages do."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from approval import roles
from approval.views.subjects import edit_address
from events.models import Venue
from home.models import SiteSettings
from newsroom.translation_panels import TranslatorPanels
from newsroom.under_way import State, TextsUnderWay
from tests import factories
from tests.workflow import fresh, publish_properly, take_step
from translation import snippets

PHONE = "12 345 67 89"


def line_of(text, user):
    return next((line for line in TextsUnderWay(user).lines if line.text == text), None)


def test_another_telephone_makes_the_english_settings_out_of_date_until_they_have_it(
    client_as, koordynatorka, koordynator2, redaktorka, tlumaczka
):
    polish, english = (SiteSettings.objects.get(locale__language_code=code) for code in ("pl", "en"))
    assert not snippets.outdated()
    polish.phone = PHONE
    polish.save_revision(user=koordynatorka)
    publish_properly(polish, koordynatorka, redaktorka, koordynator2)
    line = line_of(english, koordynatorka)
    assert line.state == State.OUTDATED and str(roles.TRANSLATORS.label) in line.who
    browser, address = client_as(tlumaczka), edit_address(english)
    for screen in (reverse("wagtailadmin_home"), reverse("translation:report") + "?state=outdated"):
        assert f'href="{address}"' in browser.get(screen).content.decode(), screen
    assert address not in browser.get(reverse("translation:report") + "?state=none").content.decode()
    # Sent without it, somebody asks; with it, nobody does.
    form = querydict_from_html(browser.get(address).content.decode(), form_id="w-editor-form")
    form.update({f"{name}-count": "0" for name in ("menu", "footer", "social")} | {"action-submit": "1"})
    assert "says_source_version" in browser.post(address, form).context["form"].errors
    form["phone"] = PHONE
    assert browser.post(address, form).status_code == 302
    assert [pair.under_way for pair in snippets.outdated()] == [True]
    for person in (redaktorka, koordynatorka):
        take_step(english, person)
    assert fresh(english).phone == PHONE and not snippets.outdated()
    assert line_of(english, koordynatorka) is None


def test_many_outdated_places_cost_as_many_queries_as_one(english):
    def outdated_place() -> None:
        factories.venue(source_version=timezone.now())
        place = Venue.objects.originals().order_by("pk").last()
        translation = place.get_translation_or_none(english) or place.copy_for_translation(english)
        translation.save()
        Venue.objects.filter(pk=translation.pk).update(live=True, source_version=None)
        Venue.objects.filter(pk=place.pk).update(source_version=timezone.now())

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            panel = TranslatorPanels().outdated()
        assert panel.count == Venue.objects.filter(locale=english).count()
        return len(found)

    outdated_place()
    for _warm in range(2):
        one = queries()
    for _place in range(4):
        outdated_place()
    assert queries() == one
