"""The content of a text: its digest, its pieces for translators and its lines for readers agree on what stands there.

The values here are those of the first release. Approvals and translations that are stored already hang on them: another
digest makes every approved text unapproved, another path leaves every translated paragraph without its original.
"""

import json
from datetime import UTC, date, datetime
from typing import Any

from approval.diff import content_lines
from approval.digest import content_of, digest_of
from events.models import EventPage
from news.models import NewsPage
from tests import factories
from tests.workflow import fresh
from translation import segments

GONE = 987654
"""The number of a picture and of a page that aren't there."""


def item(kind: str, number: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": number}


def figure(caption: str) -> dict[str, Any]:
    return {"image": {"image": GONE, "decorative": False, "alt_text": "Ludzie przy stole"}, "caption": caption}


BODY = [
    item("text", "a1", f'<h2>Program</h2><p>Zjazd <b>jest</b> <a linktype="page" id="{GONE}">tu</a>.</p>'),
    item("quote", "a2", {"text": "Zaczęło się\r\nod ławki.", "author": "Joanna", "role": ""}),
    item("accordion", "a3", [item("item", "b1", {"title": "Ile?", "text": "<p>Nic.</p>"})]),
    item("table", "a4", {"data": [["", "KDO"], ["Członkowie", None]], "table_caption": "Skład"}),
    item("image", "a5", figure("Przy stole")),
    item("gallery", "a6", [item("item", "b2", figure("")), figure("Bez numeru")]),
    item("button", "a7", {"label": "Zapisz się", "page": GONE, "address": "https://przyklad.example/"}),
    item("of_another_time", "a8", {"text": "Ten rodzaj bloku zniknął"}),
]
"""One of each kind of value: words, paragraphs, rows, a table, pictures, links, and what nobody knows any more."""


def page() -> NewsPage:
    return NewsPage(title="Zjazd", lead="O nas", slug="zjazd", body=json.dumps(BODY))


def test_a_digest_is_the_same_in_every_version_of_this_site(db):
    text = page()
    text.date, text.kind = date(2026, 11, 29), "training"
    text.source_version = datetime(2026, 11, 29, 15, 0, 0, 123456, tzinfo=UTC)
    assert digest_of(text) == "b6974304edb63029a70322744e843524c6fd22494549b12e546d5f365ceaa0a7"


def test_an_empty_field_that_came_later_leaves_the_digest_as_it_was(db):
    """An event from before it could name its district is still what was approved."""
    event = EventPage(title="Zjazd", slug="zjazd", kind="meeting")
    assert "district" not in content_of(event)
    before = digest_of(event)
    event.district = "krakow-8"
    assert digest_of(event) != before


def test_two_texts_that_read_otherwise_have_two_digests(db):
    """A text that looks like data is a text: its order, its repeated keys and its spaces are there to be read."""
    leads = ['{"a": "x"}', '{"a": "y", "a": "x"}', '{"a":"x"}', "[1]", "[ 1 ]"]
    assert len({digest_of(NewsPage(title="Zjazd", slug="zjazd", lead=lead)) for lead in leads}) == len(leads)


def test_places_of_words_are_the_same_in_every_version_of_this_site(db):
    found = [(unit.path, unit.kind, unit.text) for unit in segments.segments_of(page())]
    assert found == [
        ("title", "text", "Zjazd"),
        ("lead", "text", "O nas"),
        ("body.a1#0", "markup", "Program"),
        ("body.a1#1", "markup", 'Zjazd <b>jest</b> <a id="a1">tu</a>.'),
        ("body.a2.text", "text", "Zaczęło się\r\nod ławki."),
        ("body.a2.author", "text", "Joanna"),
        ("body.a3.b1.title", "text", "Ile?"),
        ("body.a3.b1.text#0", "markup", "Nic."),
        ("body.a4.0.1", "text", "KDO"),
        ("body.a4.1.0", "text", "Członkowie"),
        ("body.a4.caption", "text", "Skład"),
        ("body.a5.image.alt_text", "text", "Ludzie przy stole"),
        ("body.a5.caption", "text", "Przy stole"),
        ("body.a6.b2.image.alt_text", "text", "Ludzie przy stole"),
        ("body.a6.1.image.alt_text", "text", "Ludzie przy stole"),
        ("body.a6.1.caption", "text", "Bez numeru"),
        ("body.a7.label", "text", "Zapisz się"),
        ("body.a7.address", "address", "https://przyklad.example/"),
        ("slug", "slug", "zjazd"),
    ]


def test_what_nobody_translates_comes_back_to_the_byte(db):
    content = segments.content_of(page())
    assert segments.rewritten(page(), content, lambda unit: unit.text) == content


def test_every_word_of_a_translator_is_read_by_the_one_who_approves(db):
    lines = " ".join(line.text for line in content_lines.lines(page(), "body")).replace("*", "")
    for unit in segments.segments_of(page()):
        if unit.place.startswith("body") and "<" not in unit.text and not unit.path.endswith("alt_text"):
            for part in unit.text.splitlines():
                assert part in lines


def test_reading_a_text_changes_nothing_in_it(tree):
    """Whoever asks for the digest of a text after it was shown gets that of the text as it is stored."""
    stored = factories.news(body=[("gallery", [{"image": factories.image(), "caption": "Przy stole"}])])
    body = json.loads(segments.content_of(stored)["body"])
    del body[0]["value"][0]["value"]["caption"]  # the block had no such field yet
    NewsPage.objects.filter(pk=stored.pk).update(body=json.dumps(body))
    text = fresh(stored)
    before = digest_of(text)
    assert content_lines.lines(text, "body")
    assert digest_of(text) == before


def test_pictures_are_looked_up_together(tree, django_assert_num_queries):
    pictures = [{"image": factories.image(), "caption": f"Obraz {number}"} for number in range(5)]
    text = fresh(factories.news(body=[("gallery", pictures), ("gallery", pictures)]))
    with django_assert_num_queries(1):
        lines = content_lines.lines(text, "body")
    assert len([line for line in lines if line.picture]) == 10
