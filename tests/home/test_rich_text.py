"""The rich text editor, used by many people at once."""

import json
from concurrent.futures import ThreadPoolExecutor

from home.blocks.text import TEXT_FEATURES
from home.rich_text import RichTextArea

TEXTS = [f"<h2>Part {n}</h2>" + "<p>A <b>bold</b> word and <i>another</i>.</p>" * 40 for n in range(8)]


def test_two_editors_who_open_pages_at_once_each_get_their_own_text():
    widget = RichTextArea(features=TEXT_FEATURES)

    def open_page(number: int) -> list[str]:
        state = json.loads(widget.format_value(TEXTS[number]))
        return [block["text"] for block in state["blocks"]]

    with ThreadPoolExecutor(8) as editors:
        opened = list(editors.map(open_page, [number % 8 for number in range(160)]))

    for number, blocks in enumerate(opened):
        assert blocks[0] == f"Part {number % 8}"
        assert len(blocks) == 41
