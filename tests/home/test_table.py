"""The block for tables, whose editor brings words of its own."""

import json

import pytest
from django.utils.translation import override
from wagtail.admin.telepath import JSContext

from home.blocks.text import TableBlock


@pytest.mark.parametrize(("language", "words"), [("pl", "Wstaw wiersz powyżej"), ("en", "Insert a row above")])
def test_the_menu_of_a_table_speaks_the_language_of_whoever_edits(language, words):
    block = TableBlock()
    block.set_name("table")
    with override(language):
        told = json.dumps(JSContext().pack(block.field.widget), ensure_ascii=False)
    assert words in told
    assert '"language": "en-US"' in told
