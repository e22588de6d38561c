"""Blocks of the handbook as no editor sends them: each answer is a sentence, never a 500."""

import json

import pytest
from django.utils.datastructures import MultiValueDict
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from catalog.blocks.body import HandbookBodyBlock
from catalog.blocks.notes import NotesBlock
from home.blocks.listing import BellBlock

BODY = HandbookBodyBlock()
TABLES = [
    "",
    "null",
    "5",
    "[]",
    '"x"',
    "{}",
    '{"data": 5}',
    '{"data": [5]}',
    '{"data": [[{"a": []}, null], [[]]]}',
    '{"data": [["a"]], "table_caption": {"a": 1}}',
    '{"data": [["a"]], "cell": 5, "mergeCells": 7}',
]


def sent(block, name, fields):
    form = {
        "body-count": "1",
        "body-0-type": name,
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-id": "",
        **fields,
    }
    return block.value_from_datadict(MultiValueDict({key: [value] for key, value in form.items()}), {}, "body")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", ["worksheet", "comparison"])
def test_a_table_of_a_program_is_asked_for_again(kind, table):
    value = sent(BODY, kind, {"body-0-value-intro": "", "body-0-value-table": table})
    with pytest.raises(StreamBlockValidationError):
        BODY.clean(value)
    BODY.render(value)
    BODY.get_form_state(value)
    json.dumps(BODY.get_prep_value(value))
    BODY.get_searchable_content(value)


SIGNS = ["", "ą", "a b", "<b>", "x" * 41, "a\nb", "act ż"]


@pytest.mark.parametrize("key", SIGNS)
def test_the_sign_of_a_note_is_one_word(key):
    note = NotesBlock().to_python([{"type": "note", "value": {"key": key, "text": "<p>x</p>"}}])
    with pytest.raises(StreamBlockValidationError):
        NotesBlock().clean(note)


@pytest.mark.parametrize("key", SIGNS[2:])
def test_the_place_of_a_bell_is_one_word(key, db):
    bell = BellBlock()
    value = bell.to_python({"label": "x", "address": "https://example.org/", "fragment": key * 3})
    with pytest.raises(StructBlockValidationError):
        bell.clean(value)
