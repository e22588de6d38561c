"""The site answers as the permissions matrix says (table.py); an address without a row has to get one.

PERMISSIONS_OF_ALL=1 asks everybody each time, which takes three times as long.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any

import pytest
from django.db import transaction

from tests.permissions import page, table
from tests.permissions.asking import REFUSED, House, Question, without_rendering

ROWS = {Question(said): answers for said, answers in table.asked()}
EVERYBODY = bool(os.environ.get("PERMISSIONS_OF_ALL"))
"""Else whoever is let in is asked for one of them, at each address for another one."""


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with django_db_blocker.unblock(), transaction.atomic():
        with without_rendering():
            yield House()
        transaction.set_rollback(True)


def proposed(house: House, questions: Iterable[Question]) -> str:
    """Rows of the table with today's answers."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for question in questions:
        found[question.name.rpartition(":")[0], house.row(question)].append(question.said)
    lines = []
    for (_space, answers), names in sorted(found.items()):
        lines += [f'        ("{" ".join(answers)}", """', *wrap(" ".join(names), 100), '        """),']
    return "\n".join(lines)


def test_every_address_has_one_row_and_every_row_an_address(house, db):
    twice = [said for said, times in Counter(said for said, _answers in table.asked()).items() if times > 1]
    assert not twice
    assert all(len(answers) == len(table.PEOPLE) for answers in ROWS.values())
    gone = {question.said for question in ROWS if question.name not in house.addresses}
    assert not gone, "There are no such addresses any more: take their names out of tests/permissions/table.py."
    missing = [Question(name) for name in house.addresses if Question(name) not in ROWS]
    missing += [Question(f"{one.said}[POST]") for one, answers in ROWS.items() if "post" in answers]
    missing = [question for question in missing if question not in ROWS]
    assert not missing, (
        "Say who may go there in tests/permissions/table.py, think about each answer, and then run "
        f"`python -m tests.permissions.page`. Today's answers:\n{proposed(house, missing)}"
    )


def to_ask(number: int, answers: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Whom to ask, and the answer: everybody who is refused, and some of the others."""
    found = list(zip(table.PEOPLE, answers, strict=True))
    let_in = [one for one in found if one[1] not in REFUSED]
    yield from (one for one in found if one[1] in REFUSED)
    yield from let_in if EVERYBODY or not let_in else [let_in[number % len(let_in)]]


def test_each_address_answers_as_the_table_says(house, db):
    wrong, elsewhere = [], []
    for number, (question, answers) in enumerate(ROWS.items()):
        for who, expected in to_ask(number, answers):
            answer = house.ask(question, who)
            if answer.word != expected:
                wrong.append(f"{question.said}: {who} is answered “{answer.word}”, the table says “{expected}”")
            if answer.elsewhere:
                elsewhere.append(f"{question.said}: {who} is led to {answer.elsewhere}")
    assert not wrong, "\n".join(wrong)
    assert not elsewhere


def test_an_address_that_refuses_somebody_takes_no_form_from_them(house, db):
    wrong = []
    for number, (question, answers) in enumerate(ROWS.items()):
        refused = [who for who, answer in zip(table.PEOPLE, answers, strict=True) if answer in REFUSED]
        if question.method == "POST" or not refused:
            continue
        for who in refused if EVERYBODY else [refused[number % len(refused)]]:
            answer = house.ask(question, who, "POST")
            if answer.word not in {*REFUSED, "post"} or answer.written:
                wrong.append(f"{question.said}: {who} is answered “{answer.word}”, and it wrote {answer.written}")
    assert not wrong, "\n".join(wrong)


def test_the_page_for_people_is_the_table():
    assert page.PAGE.read_text() == page.rendered(), "Run `python -m tests.permissions.page`."
