"""An event in a place from the list: the form asks only what is different on the day."""

from playwright.sync_api import expect

from events.models import EventPage
from tests import factories


def test_a_chosen_place_answers_and_the_rest_folds_away(page, log_in):
    house = factories.venue(name="Latarnia", lift="no", step_free="yes")
    author = log_in("autorka")
    author.get_by_role("link", name="Dodaj wydarzenie").click()
    author.wait_for_load_state()
    expect(author.locator("[name=place]")).to_be_visible()
    expect(author.locator("[name=lift]")).to_be_visible()

    author.select_option("[name=venue]", str(house.pk))
    expect(author.get_by_role("status").filter(has_text="winda")).to_be_visible()
    expect(author.locator("[name=place]")).to_be_hidden()
    expect(author.locator("[name=lift]")).to_be_hidden()

    author.locator("[data-different-that-day] [data-panel-toggle]").click()
    author.select_option("[name=lift]", "yes")
    author.fill("#id_title", "Wieczór")
    author.select_option("#id_kind", "meeting")
    author.fill("#id_start", "2030-12-12 18:00")
    author.fill("#id_end", "2030-12-12 20:00")
    author.wait_for_url("**/edit/")  # it saves by itself
    draft = EventPage.objects.get(title="Wieczór").get_latest_revision_as_object()
    assert (draft.venue, draft.lift) == (house, "yes")

    author.reload()
    expect(author.locator("[name=lift]")).to_be_visible()  # something is different: that is never hidden
    author.select_option("[name=venue]", "")
    expect(author.locator("[name=place]")).to_be_visible()

    with author.context.expect_page() as tab:
        author.get_by_role("link", name="Dodaj miejsce do listy").click()
    added = factories.venue(name="Kotwica")
    tab.value.close()
    author.evaluate("dispatchEvent(new Event('focus'))")  # a window without a screen gets none
    expect(author.locator("[name=venue]")).to_have_value(str(added.pk))
    expect(author.locator("#id_title")).to_have_value("Wieczór")
