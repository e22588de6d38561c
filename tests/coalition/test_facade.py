"""The street: nobody's window moves, and whatever a member is called the drawing stays whole."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from coalition.facade import (
    HOUSES,
    LEAST_FLOORS,
    MOST_FLOORS,
    PLOT_WIDTH,
    Window,
    draw_house,
    draw_pane,
    draw_plot,
    free_slot,
    slots_needed,
)

JOINS = 40
KINDS = ("org", "group", "city")
NASTY = "Fundacja „Brama” <script>alert('x')</script> & \"Spółka\""
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

every_house = pytest.mark.parametrize("style", HOUSES)


def street(style: str, slots: list[int]) -> list[Window]:
    """Members called "Member 0", "Member 1", … at `slots`."""
    return [
        Window(f"Member {number}", f"/member-{number}/", KINDS[number % 3], slot) for number, slot in enumerate(slots)
    ]


def windows(svg: str) -> dict[str, tuple[float, float]]:
    """Each linked window's name and its hit area's place, counted from the bottom left."""
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
    height = float(root.attrib["viewBox"].split()[3])
    found = {}
    for link in root.iter("a"):
        if link.attrib["class"] == "f-window":
            hit = link.find("rect")
            found[link.attrib["aria-label"]] = (
                float(hit.attrib["x"]),
                height - float(hit.attrib["y"]),
            )
    return found


@every_house
def test_nobodys_window_moves_while_forty_join(style):
    places: dict[str, tuple[float, float]] = {}
    for joined in range(1, JOINS + 1):
        slots = slots_needed(style, joined)
        now = windows(draw_house(style, street(style, slots), "/list/", "x"))
        assert len(now) == sum(HOUSES[style].has_room(slot) for slot in slots)
        assert places.items() <= now.items()
        places = now


@every_house
def test_slots_are_unique_and_never_shuttered(style):
    slots = slots_needed(style, JOINS)
    assert len(set(slots)) == JOINS
    assert not any(HOUSES[style].shuttered(slot) for slot in slots)
    assert slots == sorted(slots), "from the bottom left"


@every_house
def test_about_one_window_in_five_stays_shuttered(style):
    bays = HOUSES[style].bays
    shuttered = sum(HOUSES[style].shuttered(slot) for slot in range(bays * 20))
    assert shuttered / (bays * 20) == pytest.approx(0.2, abs=0.02)


@every_house
def test_slot_of_a_member_who_left_stays_empty(style):
    slots = slots_needed(style, 6)
    left = slots.pop(2)
    assert left not in windows(draw_house(style, street(style, slots), "/list/", "x"))
    # what was ever given away is taken, also by those who left
    assert free_slot(style, {*slots, left}) == slots_needed(style, 7)[-1]


@every_house
def test_house_grows_by_floors_from_two_to_six(style):
    house = HOUSES[style]
    assert house.floors([]) == LEAST_FLOORS
    for slot in slots_needed(style, JOINS):
        assert house.floors([slot]) == min(max(LEAST_FLOORS, slot // house.bays + 1), MOST_FLOORS)


def test_a_street_of_three_hundred_is_no_higher_and_has_no_more_links_than_one_of_a_hundred():
    full = [draw_house(style, street(style, slots_needed(style, 60)), "/list/", "x") for style in HOUSES]
    heights = [float(ElementTree.fromstring(svg).attrib["height"]) for svg in full]  # noqa: S314 (our own drawing)
    assert max(heights) < 750
    assert sum(svg.count("<a ") for svg in full) < 100


@every_house
def test_empty_house_is_drawn_with_its_gate_only(style):
    svg = draw_house(style, [], "/list/", "Podgórze")
    assert windows(svg) == {}
    assert svg.count("<a ") == 1


@every_house
@pytest.mark.parametrize("kind", KINDS)
def test_names_and_addresses_are_escaped(style, kind):
    slot = free_slot(style, ())
    svg = draw_house(style, [Window(NASTY, '/?a=1&b="2"', kind, slot, "pl")], "/?x&y", NASTY)
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
    link = next(a for a in root.iter("a") if a.attrib["class"] == "f-window")
    assert link.attrib["aria-label"] == NASTY
    assert link.attrib["lang"] == "pl"
    assert link.attrib["href"] == '/?a=1&b="2"'
    assert "<script" not in svg


def test_members_may_be_given_by_slot():
    members = street("podgorze", slots_needed("podgorze", 3))
    by_slot = {member.slot: member for member in members}
    assert draw_house("podgorze", by_slot, "/", "x") == draw_house("podgorze", members, "/", "x")


@every_house
def test_drawing_needs_no_style_attribute(style):
    svg = draw_house(style, street(style, slots_needed(style, 9)), "/list/", "x")
    assert "style=" not in svg + draw_plot("/join/", "Join") + draw_pane(style, "org")


@pytest.mark.parametrize("kind", [*KINDS, None])
@pytest.mark.parametrize("zone", [None, *HOUSES])
def test_panes_are_whole_and_hidden_from_screen_readers(zone, kind):
    root = ElementTree.fromstring(draw_pane(zone, kind))  # noqa: S314 (our own drawing)
    assert root.attrib["aria-hidden"] == "true"
    assert ("pane-big" in root.attrib["class"]) == bool(zone)


def test_plot_links_to_joining():
    root = ElementTree.fromstring(draw_plot("/dolacz/", NASTY))  # noqa: S314 (our own drawing)
    assert [a.attrib["href"] for a in root.iter("a")] == ["/dolacz/"]
    assert root.attrib["width"] == str(PLOT_WIDTH)


def test_plot_without_a_page_about_joining_is_only_a_picture():
    root = ElementTree.fromstring(draw_plot("", ""))  # noqa: S314 (our own drawing)
    assert root.attrib["aria-hidden"] == "true"
    assert not list(root.iter("a"))


@every_house
def test_names_lie_over_the_house(style):
    """A name in the top row is not cut off by the cornice, nor by the window beside it."""
    svg = draw_house(style, street(style, slots_needed(style, 9)), "", "x")
    cornice = svg.index(f'd="M-4 {HOUSES[style].roof - 4}')
    assert cornice < svg.index("<text")


def test_names_of_the_first_house_begin_inside_the_street():
    first = next(iter(HOUSES))
    svg = draw_house(first, street(first, slots_needed(first, 9)), "", "x")
    assert 'text-anchor="start"' in svg
    assert 'text-anchor="end"' not in svg and 'text-anchor="middle"' not in svg


def test_street_is_as_wide_as_its_parts():
    assert sum(house.width for house in HOUSES.values()) + PLOT_WIDTH == 1452


def test_lost_house_of_the_error_pages_is_drawn_by_the_same_hand():
    kinds = ("org", None, "city", "group", "org", "group")
    silent = [Window("", "", kind, slot) for slot, kind in enumerate(kinds) if kind]
    template = (TEMPLATES / "components" / "lost_house.html").read_text(encoding="utf-8")
    assert template.splitlines()[1] == draw_house("wroclaw", silent)


@pytest.mark.parametrize("kind", [*KINDS, None])
def test_small_panes_of_the_templates_are_drawn_by_the_same_hand(kind):
    template = (TEMPLATES / "components" / "pane.html").read_text(encoding="utf-8")
    assert draw_pane(None, kind) in template
