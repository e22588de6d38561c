"""Forms as nobody's browser sends them: a real one is taken, something in it is spoiled, and it is encoded again."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from tests import factories, forms

Pairs = list[tuple[str, str]]
Files = list[tuple[str, str, bytes]]


def _draft(text: str = "ab", **link: Any) -> str:
    """Rich text as the editor sends it, with a link, a document, a picture or a film."""
    kind = link.pop("kind", "LINK")
    block = {"key": "a", "text": text, "type": link.pop("block", "unstyled"), "depth": 0, "inlineStyleRanges": []}
    block["entityRanges"] = [{"offset": 0, "length": 1, "key": 0}] if link else []
    things = {"0": {"type": kind, "mutability": "MUTABLE", "data": link}} if link else {}
    return json.dumps({"blocks": [block], "entityMap": things})


KEYS = ("x", None, -1, 0, 10**20, "9" * 20, "9" * 5000, "1.5", [], {}, True, "\ud800", "²")
DRAFTS = (
    *(_draft(id=key, parentId=key) for key in KEYS),
    *(_draft(id=key, kind="DOCUMENT") for key in KEYS),
    *(_draft(id=key, kind="IMAGE", block="atomic", format="x", alt=key) for key in KEYS),
    *(_draft(url=key, kind="EMBED", block="atomic", embedType="video") for key in KEYS),
    *(
        _draft(url=url)
        for url in ("http://[", "javascript:alert(1)", "\ud800", "mailto:", "#", "//x", 7, None, "tel:\x00")
    ),
    *(_draft("\ud800\x00\u202e" + "x" * 5000), _draft(block="h9"), _draft(kind="NONE", url="x")),
    '{"blocks": [{"text": 5, "type": "unstyled", "entityRanges": [{"key": 9}]}], "entityMap": {}}',
    '{"blocks": [{"text": "ab", "type": "h2", "depth": -4, "inlineStyleRanges": [{"offset": -3, "length": 99,'
    ' "style": "X"}], "entityRanges": []}], "entityMap": {}}',
)
TABLES = (
    '{"data": [["a"], 7], "first_row_is_table_header": "x"}',
    '{"data": [], "cell": 7, "mergeCells": "x", "table_caption": null}',
    '{"data": [["\\ud800"]], "table_caption": "\\ud800", "table_header_choice": "x"}',
    '{"data": [[{"a": 1}, null, true]], "mergeCells": [{"row": "x"}], "cell": [{"row": -1, "col": 9, "className": 7}]}',
    '{"data": 7}',
)
ODD = (
    *("", " ", "\x00", "a\x00b", "\ud800", "a\udfff", "x" * 10_000, "ą" * 300, "🏳️‍🌈" * 300, "\u202e", "e\u0301"),
    *("\r\nBcc: x@y.example", "-1", "0", "9" * 20, "9" * 400, "9" * 5000, "1e999", "NaN", "²", "١٢٣", "１２", "1_000"),
    *(
        "0x1F",
        "1.5",
        "abc",
        "None",
        "true",
        "on",
        "null",
        "[]",
        "{}",
        "[[[",
        '"',
        "7",
        '{"blocks": 7}',
        '{"blocks": [7]}',
    ),
    *('{"entityMap": {}}', "[" * 3000, '{"comment": "\\ud800"}', '"\\ud800"'),
    *("0000-00-00", "0001-01-01", "9999-12-31 23:59", "99999-12-31", "2026-13-45", "31.02.2026", "2026-03-29 02:30"),
    *("0001-01-01 00:00", "9999-12-31", "2026-10-25 02:30", "-1-01-01", "１２.１０.２０２６", "25:61"),
    *("//evil.example", "/\\evil.example", "javascript:alert(1)", "http://[", "https://", "http://a.example:99999/"),
    *("mailto:x", "<script>", "</textarea>", "%00", "%ED%A0%80", "../../etc/passwd", "=1+1", "{{ 7 }}", "%(x)s", "{0}"),
    *("\\", "'\"--"),
)
BUTTONS = (
    *("action-publish", "action-submit", "action-unpublish", "action-restart-workflow", "action-cancel-workflow"),
    *("action-workflow-action", "is-submit", "end", "answer", "publish_now", "create-alias"),
)
NAMES = (
    *(
        "workflow-action-name",
        "workflow-action-extra-data",
        "overwrite_revision_id",
        "loaded_revision_id",
        "go_live_at",
    ),
    *(
        "loaded_revision_created_at",
        "expire_at",
        "comment",
        "next",
        "id",
        "reason",
        "revision",
        "pages",
        "answer",
        "title",
    ),
    *("comments-0-id", "comments-0-contentpath", "comments-0-text", "comments-0-replies-TOTAL_FORMS", "slug", "locale"),
    *(
        "new_parent_page",
        "copy_subpages",
        "chosen_parent",
        "position",
        "name",
        "url",
        "email",
        "collection",
        "tags",
        "is_active",
    ),
)
JSONS = (
    "{}",
    "[]",
    "7",
    "null",
    "",
    "{",
    '"x"',
    '{"x": []}',
    '{"slug": 7, "title": "\\ud800", "destination": 99}',
    *TABLES,
)
DOCUMENT = ("regulamin.pdf", b"%PDF-1.4 example")
ODD_FILES = (
    DOCUMENT,
    ("mural.png", factories.picture_bytes()),
    ("mural.png", b""),
    ("mural.png", b"no picture"),
    ("a\r\nX-Y: z.pdf", b"%PDF-1.4"),
    ("../../x.pdf", b"%PDF-1.4"),
    ("x" * 400 + ".png", factories.picture_bytes()),
    ("\x00.png", factories.picture_bytes()),
    ("ą\u202e.csv", b"=1+1\n"),
    ("a.csv", b"\xff\xfe\x00"),
    ("a.xlsx", b"PK\x03\x04"),
    ("a.po", b'msgid ""\nmsgstr "Content-Type: text/plain; charset=x-none\\n"\n\nmsgid "a"\nmsgstr "b"\n'),
    ("a.xliff", b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xliff>&a;</xliff>"),
    (".", b"x"),
)


@dataclass
class Form:
    """What a browser would send to `url`; `files`: the names of fields for them. `said`: what was spoiled."""

    url: str
    fields: Pairs
    files: Files = field(default_factory=list)
    takes: tuple[str, ...] = ()
    is_real: bool = True
    said: tuple[str, ...] = ()


def spoiled(form: Form, chance: random.Random) -> Form:
    for spoil in chance.choices(WAYS, k=chance.choice((1, 1, 2, 3, 6))):
        form = replace(form, fields=list(form.fields), files=list(form.files))
        form = replace(form, said=(*form.said, f"{spoil.__name__}: {str(spoil(form, chance))[:70]}"))
    return form


def another_value(form: Form, chance: random.Random) -> Any:
    if not form.fields:
        return strange_field(form, chance)
    place = chance.randrange(len(form.fields))
    value = chance.choice(_odd_for(form.fields[place][1], chance))
    form.fields[place] = form.fields[place][0], value
    return form.fields[place]


def _odd_for(value: str, chance: random.Random) -> tuple[str, ...]:
    """Something else of the same kind, mostly."""
    if chance.random() < 0.8 and value.startswith('{"blocks"'):
        return DRAFTS
    if chance.random() < 0.8 and '"data"' in value[:30]:
        return TABLES
    return ODD


def foreign_key(form: Form, chance: random.Random) -> Any:
    places = [place for place, (_name, value) in enumerate(form.fields) if value.isdecimal()]
    if not places:
        return another_value(form, chance)
    place = chance.choice(places)
    form.fields[place] = form.fields[place][0], str(chance.randrange(12))
    return form.fields[place]


def missing_fields(form: Form, chance: random.Random) -> Any:
    """One, all of a part of the form, or all."""
    if not form.fields:
        return ""
    name = chance.choice(form.fields)[0]
    start = chance.choice((name, name.partition("-")[0], ""))
    form.fields[:] = [pair for pair in form.fields if not pair[0].startswith(start)]
    return f"{start}*"


def missing_counts(form: Form, chance: random.Random) -> Any:
    ends = chance.choice((("_FORMS", "-count"), ("-order", "-deleted"), ("-type",), ("-id",), ("-value",)))
    form.fields[:] = [pair for pair in form.fields if not pair[0].endswith(ends)]
    return ends


def wrong_counts(form: Form, chance: random.Random) -> Any:
    ends = ("_FORMS", "-count", "-order", "-deleted", "-DELETE", "-ORDER", "-type", "-id")
    places = [place for place, (name, _value) in enumerate(form.fields) if name.endswith(ends)]
    if not places:
        return strange_field(form, chance)
    place = chance.choice(places)
    value = chance.choice(("-1", "", "abc", "3", "1001", "9" * 20, "²", "quote", "text", "\x00", "1.5"))
    form.fields[place] = form.fields[place][0], value
    return form.fields[place]


def twice(form: Form, chance: random.Random) -> Any:
    if not form.fields:
        return ""
    name, value = chance.choice(form.fields)
    form.fields.insert(chance.randrange(len(form.fields) + 1), (name, chance.choice((value, *ODD))))
    return name


def swapped(form: Form, chance: random.Random) -> Any:
    if len(form.fields) < 2:
        return ""
    one, other = chance.sample(range(len(form.fields)), 2)
    (name, value), (name2, value2) = form.fields[one], form.fields[other]
    form.fields[one], form.fields[other] = (name, value2), (name2, value)
    return name, name2


def strange_field(form: Form, chance: random.Random) -> Any:
    pair = chance.choice(NAMES), chance.choice((*ODD, "1", "2", "3"))
    form.fields.append(pair)
    return pair


def pressed(form: Form, chance: random.Random) -> Any:
    name = chance.choice(BUTTONS)
    form.fields.append((name, chance.choice(("1", "true", "approve", "reject", ""))))
    if name == "action-workflow-action":
        form.fields.append(("workflow-action-name", chance.choice(("approve", "reject", "take", "x", ""))))
        form.fields.append(("workflow-action-extra-data", chance.choice(("{}", "[]", "7", "{", '{"comment": 7}'))))
    return name


def strange_block(form: Form, chance: random.Random) -> Any:
    """One more block, of some kind, with something as its value."""
    counts = [place for place, (name, _value) in enumerate(form.fields) if name.endswith("-count")]
    if not counts:
        return another_value(form, chance)
    place = chance.choice(counts)
    name, number = form.fields[place][0].removesuffix("-count"), form.fields[place][1]
    kind = chance.choice((*forms.BLOCKS, "item", "link", "news", "events", "x", ""))
    values = {
        "type": kind,
        "order": number,
        "deleted": chance.choice(("", "1")),
        "id": chance.choice(("", "x", "\x00")),
    }
    part = chance.choice(
        ("value", "value-text", "value-image", "value-image-image", "value-page", "value-count", "value-0-value")
    )
    values[part] = chance.choice(ODD)
    form.fields += [(f"{name}-{number}-{key}", value) for key, value in values.items()]
    if number.isdecimal() and number.isascii() and len(number) < 5:
        form.fields[place] = form.fields[place][0], str(int(number) + 1)
    return name, kind, part


def text_for_a_file(form: Form, chance: random.Random) -> Any:
    form.fields += [(name, chance.choice(ODD)) for name in form.takes]
    form.files.clear()
    return form.takes


def file_for_a_text(form: Form, chance: random.Random) -> Any:
    name = chance.choice((*form.takes, *(name for name, _value in form.fields), "file", "files[]"))
    file, content = chance.choice(ODD_FILES)
    form.files.append((name, file, content))
    return name, file


WAYS: tuple[Callable[[Form, random.Random], Any], ...] = (
    *(
        another_value,
        another_value,
        another_value,
        foreign_key,
        missing_fields,
        missing_counts,
        wrong_counts,
        wrong_counts,
    ),
    *(twice, swapped, strange_field, pressed, pressed, strange_block, strange_block, text_for_a_file, file_for_a_text),
)


def body(form: Form) -> tuple[bytes, str]:
    """As a browser encodes it, but for halves of characters, which no browser has."""
    if not form.files:
        pairs = urlencode(form.fields, encoding="utf-8", errors="surrogatepass")
        return pairs.encode(), "application/x-www-form-urlencoded"
    parts = [f'name="{_quoted(name)}"\r\n\r\n'.encode() + _bytes(value) for name, value in form.fields]
    for name, file, content in form.files:
        parts.append(f'name="{_quoted(name)}"; filename="{_quoted(file)}"\r\n\r\n'.encode() + content)
    start = b"--odd\r\nContent-Disposition: form-data; "
    return b"".join(start + part + b"\r\n" for part in parts) + b"--odd--\r\n", "multipart/form-data; boundary=odd"


def _quoted(name: str) -> str:
    for sign, code in (('"', "%22"), ("\r", "%0D"), ("\n", "%0A")):
        name = name.replace(sign, code)
    return _bytes(name).decode(errors="replace")


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")
