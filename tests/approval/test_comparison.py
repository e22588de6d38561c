"""The difference between two versions: nothing is called a change that nobody made, and every change is shown."""

from typing import Any

import pytest

from approval.diff import comparison
from events.models import EventPage
from home.blocks.body import BodyBlock
from news.models import NewsPage
from tests import factories

PICTURE = {"image": 1, "alt_text": "A wall", "decorative": False}
WRITTEN = {
    "image": {"image": PICTURE, "caption": ""},
    "gallery": [{"type": "item", "id": "g1", "value": {"image": PICTURE, "caption": ""}}],
    "table": {"data": [["Day", ""], ["", "Hour"]], "table_caption": "", "first_row_is_table_header": False, "cell": []},
    "text": '<p data-block-key="abc">One <b>two</b> &amp; "three"</p>',
}
"""Blocks without a value to show, or with one that leaves nothing out, as the form writes them."""
POINTS = [{"time": "18:00", "title": "Welcome", "text": ""}, {"time": "19:00", "title": "Talk", "text": "Ms Nowak"}]


@pytest.fixture(autouse=True)
def picture(db):
    WRITTEN["image"]["image"]["image"] = factories.image("Mural").pk


def stream(kind: str, *values: Any) -> list[dict[str, Any]]:
    return [{"type": kind, "id": f"id-{index}", "value": value} for index, value in enumerate(values)]


def event(**streams: Any) -> EventPage:
    """`streams`: of plain values, as a version keeps them."""
    page = EventPage(title="Same")
    for name, value in streams.items():
        block = page._meta.get_field(name).stream_block
        setattr(page, name, block.to_python(value))
    return page


def sparse(value: Any) -> Any:
    """What a text from before a field, or from a program, leaves out; and paragraphs without their keys."""
    if isinstance(value, dict):
        return {name: sparse(inner) for name, inner in value.items() if name == "value" or inner}
    if isinstance(value, list):
        return [sparse(item) for item in value]
    return value.replace(' data-block-key="abc"', "") if isinstance(value, str) else value


def told(before: EventPage, after: EventPage) -> list[str]:
    """The names of the fields that are said to differ, and their words."""
    found = comparison.between(before, after)
    return [f"{section.name}: {part.text}" for section in found for row in section.rows for part in row.parts]


BLOCKS = BodyBlock().child_blocks


@pytest.mark.parametrize("kind", sorted(BLOCKS))
def test_what_the_form_fills_in_by_itself_is_no_change(kind):
    block = BLOCKS[kind]
    full = WRITTEN[kind] if kind in WRITTEN else block.get_prep_value(block.normalize(block.get_preview_value()))
    old, new = event(body=stream(kind, sparse(full))), event(body=stream(kind, full))
    assert told(old, new) == []
    assert told(new, old) == []


def test_a_programme_that_nobody_touched_is_no_change():
    old, new = event(programme=stream("item", *sparse(POINTS))), event(programme=stream("item", *POINTS))
    assert told(old, new) == []


def test_bare_lists_of_once_are_no_change():
    figures = [item["value"] for item in WRITTEN["gallery"]]
    assert told(event(body=stream("gallery", figures)), event(body=stream("gallery", WRITTEN["gallery"]))) == []


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("text", "<p>One two</p>", "<p>One <i>two</i></p>"),
        ("text", "<p>One</p><p>Two</p>", "<p>Two</p><p>One</p>"),
        ("text", "<ul><li>One</li></ul>", "<ol><li>One</li></ol>"),
        ("table", {"data": [["A", "B"]]}, {"data": [["A", "B"]], "first_row_is_table_header": True}),
        ("table", {"data": [["A"]]}, {"data": [["A"], [""]]}),
        ("image", {"image": PICTURE}, {"image": {**PICTURE, "decorative": True}}),
    ],
)
def test_order_emphasis_and_layout_are_changes(kind, old, new):
    assert told(event(body=stream(kind, old)), event(body=stream(kind, new))) != []
    assert told(event(body=stream(kind, new)), event(body=stream(kind, old))) != []


def test_points_of_a_programme_in_another_order_are_a_change():
    assert told(event(programme=stream("item", *POINTS)), event(programme=stream("item", *reversed(POINTS)))) != []


# --- Pictures and files ----------------------------------------------------------------------------


def pictures(before: Any, after: Any) -> set[tuple[Any, Any]]:
    """The numbers of the pictures in each row: before and now."""
    rows = [row for section in comparison.between(before, after) for row in section.rows]
    return {tuple(getattr(each, "pk", None) for each in (row.old_picture, row.new_picture)) for row in rows}


def test_another_picture_stands_beside_the_former_with_the_words_that_stayed():
    old, new = factories.image("Mural"), factories.image("Fountain")
    before, after = (EventPage(title="Same", lead_image=each, lead_image_alt="A wall") for each in (old, new))
    assert (old.pk, new.pk) in pictures(before, after)
    assert "lead_image_alt: A wall" in told(before, after)


def test_other_words_of_a_picture_stand_with_the_picture():
    picture = factories.image("Mural")
    before, after = (EventPage(title="Same", lead_image=picture, lead_image_alt=words) for words in ("A wall", "Bees"))
    assert (None, picture.pk) in pictures(before, after)
    assert {"lead_image_alt: A wall", "lead_image_alt: Bees"} & set(told(before, after))


@pytest.mark.parametrize("kind", ["image", "gallery"])
def test_the_same_holds_in_blocks(kind):
    old, new = factories.image("Mural"), factories.image("Mural")  # a title says little

    def body(picture: Any, alt: str) -> EventPage:
        figure = {"image": {"image": picture.pk, "alt_text": alt, "decorative": False}, "caption": ""}
        return event(
            body=stream(kind, [{"type": "item", "id": "g1", "value": figure}] if kind == "gallery" else figure)
        )

    assert (old.pk, new.pk) in pictures(body(old, "A wall"), body(new, "A wall"))
    assert "body: A wall" in told(body(old, "A wall"), body(new, "A wall"))
    assert (None, old.pk) in pictures(body(old, "A wall"), body(old, "Bees"))


def test_a_file_is_shown_by_its_title_and_name():
    documents = [factories.document("Rules"), factories.document("Rules")]

    def body(document: Any) -> EventPage:
        return event(body=stream("documents", [{"type": "item", "id": "d1", "value": document.pk}]))

    found = " ".join(told(body(documents[0]), body(documents[1])))
    assert "Rules (" in found


# --- Rows that belong to a page --------------------------------------------------------------------


def news(*rows: dict[str, Any]) -> NewsPage:
    """A page with these attachments."""
    page = NewsPage(title="Same")
    items = page._meta.get_field("attachment_items")
    page.attachment_items.set([items.related_model(sort_order=index, **row) for index, row in enumerate(rows)])
    return page


def test_rows_that_nobody_touched_are_no_change_whatever_their_numbers():
    rows = [{"document": factories.document(title)} for title in ("Rules", "Form")]
    again = [{**row, "pk": 900 + index} for index, row in enumerate(rows)]
    assert told(news(*rows), news(*again)) == []


def test_rows_in_another_order_and_another_file_are_changes():
    rules, form, other = ({"document": factories.document(title)} for title in ("Rules", "Form", "Other"))
    assert told(news(rules, form), news(form, rules)) != []
    found = " ".join(told(news(rules), news(other)))
    assert other["document"].filename.removesuffix(".pdf") in found
