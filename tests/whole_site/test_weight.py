"""No page is heavy before its pictures, and no letter falls out of its font.

Reckoned from what the server has to send: the page and its scripts with gzip, the stylesheet with brotli, the fonts
that its words load.
"""

import gzip
import re
from functools import cache
from pathlib import Path

import brotli
from django.conf import settings
from fontTools.ttLib import TTFont

from catalog.models import WholeHandbookPage

MOST_BYTES_OF_A_PAGE = 100_000
MOST_BYTES_OF_ALL_CHAPTERS = 160_000
"""On one page, for paper."""
STATIC = Path(settings.BASE_DIR) / "static"
FACE = re.compile(r"@font-face \{(.*?)\}", re.DOTALL)
INVISIBLE = {ord("\n"), 0xAD, 0x2060}
RUNNING_TEXT = "//*[contains(@class, 'prose') and not(contains(@class, 'prose-ui'))]"
"""Where Literata is used (static/css/parts/5-prose.css)."""


def faces() -> dict[str, set[int]]:
    """The files of fonts, each with the letters for which the stylesheet asks for it."""
    found = {}
    for face in FACE.findall((STATIC / "css" / "parts" / "2-fonts.css").read_text()):
        if file := re.search(r"fonts/([\w-]+)\.woff2", face):
            ranges = re.findall(r"U\+(\w+)(?:-(\w+))?", face)
            found[file[1]] = {code for a, b in ranges for code in range(int(a, 16), int(b or a, 16) + 1)}
    return found


@cache
def sent(path: str) -> int:
    """The bytes of a static file as they are sent."""
    data = (STATIC / path).read_bytes()
    return len(data if path.endswith(".woff2") else brotli.compress(data))


def test_every_letter_of_the_demo_is_in_the_first_file_of_each_font(shown):
    common = {name: letters for name, letters in faces().items() if not name.endswith(("-rest", "-river"))}
    assert len(common) == 6
    used = {ord(letter) for one in shown for letter in one.document.text_content()} - INVISIBLE
    for name, letters in common.items():
        assert letters - INVISIBLE <= set(TTFont(STATIC / "fonts" / f"{name}.woff2").getBestCmap())
        assert not used - letters, f"{name}: {[chr(code) for code in used - letters]}"


def test_the_river_has_its_letters_in_both_languages(shown):
    letters = TTFont(STATIC / "fonts" / "literata-italic-river.woff2").getBestCmap()
    names = {name.text for one in shown for name in one.document.find_class("cartogram-river-name")}
    assert len(names) == 2
    assert set(map(ord, "".join(names))) <= set(letters)


def test_no_page_weighs_more_than_its_budget_before_pictures(shown):
    for one in shown:
        links = one.document.xpath("//link[@rel='stylesheet' or @rel='preload']/@href | //script/@src")
        files = {link.removeprefix(settings.STATIC_URL) for link in links}
        assert sum(file.endswith(".css") for file in files) == 1
        texts = one.document.xpath(RUNNING_TEXT)
        bold, italic = ([text for text in texts if text.xpath(tags)] for tags in (".//b|.//strong|.//th", ".//em|.//i"))
        styles = {"literata": texts, "literata-bold": bold, "literata-italic": italic}
        files |= {f"fonts/{name}.woff2" for name, used in styles.items() if used}
        if one.document.find_class("cartogram"):
            files.add("fonts/literata-italic-river.woff2")
        weight = len(gzip.compress(one.response.content)) + sum(map(sent, files))
        most = MOST_BYTES_OF_ALL_CHAPTERS if isinstance(one.page, WholeHandbookPage) else MOST_BYTES_OF_A_PAGE
        assert weight <= most, f"{one.url}: {weight:,} bytes with {sorted(files)}"


def test_what_is_seen_first_is_loaded_first(shown):
    leading = [picture for one in shown for picture in one.document.xpath("//figure[contains(@class, 'lead')]//img")]
    assert leading
    assert all(picture.get("fetchpriority") == "high" and not picture.get("loading") for picture in leading)


def test_the_line_in_another_language_is_decided_before_what_stands_below_is_drawn(shown):
    """Later it would push the whole page down."""
    for one in shown:
        (script,) = one.document.xpath("//script[contains(@src, 'language')][following::main]")
        assert set(script.attrib) == {"src"}
        assert script.getparent().tag == "body"
