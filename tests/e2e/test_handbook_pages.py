"""Where the lines of a chapter end, which only a browser shows."""

from tests import factories
from tests.catalog import every_block

WIDTHS = range(320, 1500, 59)
TORN = """() => [...document.querySelectorAll('sup.note-mark')].filter(mark => {
  const at = (node, from) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, from + 1);
    return range.getBoundingClientRect();
  };
  const [before, after] = [mark.previousSibling, mark.nextSibling];
  const own = mark.querySelector('a').getBoundingClientRect();
  const isTornOff = before?.nodeType === 3 && /\\S$/.test(before.data) && at(before, before.length - 1).left > own.left;
  return isTornOff || (after?.nodeType === 3 && /^[.,;:]/.test(after.data) && at(after, 0).left < own.left);
}).length"""


def test_no_line_begins_with_a_mark_of_a_note_nor_with_the_comma_after_it(page, demo_site):
    mark = every_block.stored("act")
    words = " ".join(f"{'słowo' * (1 + number % 3)}{mark}, i" for number in range(40))
    notes = [("note", {"key": "act", "text": "<p>Ustawa.</p>"})]
    chapter = factories.chapter(title="Prawo", body=[("text", f"<p>{words}</p>")], notes=notes)
    page.goto(chapter.url)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TORN) == 0, width
