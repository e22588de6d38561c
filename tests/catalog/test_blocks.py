"""The blocks of the handbook: what they say to readers, and what they ask of editors."""

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override

from catalog.blocks.body import HandbookBodyBlock
from catalog.demo import comparison, worksheet

BODY = HandbookBodyBlock()
TREE = {
    "title": "Czy KDO to dobra droga?",
    "intro": "",
    "questions": [
        {
            "key": "q1",
            "text": "Czy sprawa dotyczy wielu?",
            "answers": [
                {"label": "Tak", "leads_to": "q2", "result": ""},
                {"label": "Nie", "leads_to": "", "result": "<p>Napiszcie do rady dzielnicy.</p>"},
            ],
        },
        {
            "key": "q2",
            "text": "Czy pytaliście już urząd?",
            "answers": [
                {"label": "Tak", "leads_to": "", "result": "<p>KDO to dobra droga.</p>"},
                {"label": "Nie", "leads_to": "", "result": "<p>Zacznijcie od rozmowy.</p>"},
            ],
        },
    ],
}
WORKSHEET = worksheet(
    None,
    {
        "caption": "Zanim zaczniecie",
        "intro": "",
        "columns": ["Pytanie", "Odpowiedź", "Gdzie szukać"],
        "rows": [["Ilu inicjatorów?", "", "Regulamin"], ["Kogo to dotyczy?", "", "Sąsiedzi"]],
    },
)
COMPARISON = comparison(
    None,
    {
        "caption": "KDO i RDPP",
        "corner": "Cecha",
        "columns": ["KDO", "RDPP"],
        "rows": [{"label": "Temat", "cells": ["jeden", "wiele"]}],
    },
)
BLOCKS = {
    "timeline": {
        "title": "Droga wniosku",
        "steps": [
            {"title": "Złóżcie wniosek", "who": "Wy", "time": "1 dzień", "purpose": "liczy się data", "text": ""}
        ],
    },
    "checklist": {"title": "Przed wysłaniem", "intro": "", "items": [{"text": "Podpisy", "note": "wszystkie"}]},
    "worksheet": WORKSHEET,
    "comparison": COMPARISON,
    "decision_tree": TREE,
    "self_check": {
        "title": "Czy jesteście gotowi?",
        "intro": "",
        "questions": ["Macie sojuszników?", "Znacie problem?"],
        "results": [
            {"from_points": 0, "title": "Jeszcze nie", "text": ""},
            {"from_points": 2, "title": "Gotowi", "text": "<p>Piszcie.</p>"},
        ],
    },
    "legal_timeline": {
        "title": "Skąd te przepisy",
        "entries": [
            {
                "date": "2018",
                "title": "Regulamin",
                "text": "",
                "source": "https://www.bip.example.org/x",
                "is_current": True,
            }
        ],
    },
}


def shown(*stream, language="pl", **context):
    value = BODY.to_python([{"type": name, "value": value} for name, value in stream])
    with override(language):
        return BeautifulSoup(BODY.render(value, context), "html.parser")


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_passes_its_own_checks(name):
    BODY.clean(BODY.to_python([{"type": name, "value": BLOCKS[name]}]))


def test_every_cell_says_its_column_and_an_empty_one_asks_to_be_filled_in():
    table = shown(("worksheet", WORKSHEET), language="en").table
    first = table.tbody.tr
    assert [cell["scope"] for cell in table.thead.find_all("th")] == ["col"] * 3
    assert first.th["scope"] == "row"
    assert [" ".join(cell.get_text().split()) for cell in first.find_all("td")] == [
        "Odpowiedź to fill in",
        "Gdzie szukać Regulamin",
    ]


def test_a_tree_is_readable_in_one_piece():
    tree = shown(("decision_tree", TREE))
    links = [link["href"] for link in tree.find_all("a")]
    assert links == [f"#{tree.find(attrs={'data-question': 'q2'})['id']}"]
    assert "Zacznijcie od rozmowy." in tree.get_text()


def test_results_cover_all_sums():
    ranges = [
        item.get_text(strip=True) for item in shown(("self_check", BLOCKS["self_check"])).select(".self-check-range")
    ]
    assert ranges == ["0–1:", "2:"]


def test_a_fragment_of_a_block_is_never_that_of_a_heading():
    fold = {"title": "Opłaty", "text": "<p>Nic.</p>"}
    page = shown(("accordion", [fold, fold]), ("text", "<h2>Opłaty</h2><p>x</p>"))
    assert page.h2["id"] == "oplaty"
    assert [each["id"] for each in page.find_all("details")] == ["oplaty-2", "oplaty-3"]
