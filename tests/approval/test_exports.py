"""Every table that somebody takes away: no title, name or address in it is a formula, or breaks the file."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect

from approval.exports import harmless
from home.models import SearchedWords, User
from news.models import NewsPage
from tests.addresses import addresses
from tests.workflow import draft_of, fresh, publish_properly, submit

FORMULA = "=1+1"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\x07=", "\x00@"])
def test_what_a_spreadsheet_would_reckon_is_words(first):
    assert harmless(f"{first}1+1") == f"'{first.lstrip(chr(7) + chr(0))}1+1"
    for before in ("Rynek;", "ok\n", "ok\t"):
        assert harmless(f"{before}=1+1") == f"{before}'=1+1"
    assert harmless(f"a{first}1") == f"a{first.replace(chr(7), '').replace(chr(0), '')}1"


def exports() -> list[str]:
    """Names of the addresses that give a table away, whoever made their views."""
    in_the_admin = [one for one in addresses() if one.pattern.startswith("admin/") and "<" not in one.pattern]
    views = {one.name: getattr(one.view, "view_class", object) for one in in_the_admin}
    named = {name for name, view in views.items() if issubclass(view, SpreadsheetExportMixin)}
    return sorted(name for name in named if not name.endswith("results"))


@pytest.fixture
def everywhere(autorka, redaktorka, koordynatorka):
    """In titles, names, and what visitors searched for."""
    User.objects.update(first_name=Concat(Value(FORMULA), F("first_name")))
    team = [User.objects.get(pk=user.pk) for user in (autorka, redaktorka, koordynatorka)]
    publish_properly(draft_of(team[0], f"{FORMULA}public"), *team)
    publish_properly(draft_of(team[0], f"{FORMULA}gone"), *team).unpublish(user=team[2])
    waiting = draft_of(team[0], f"{FORMULA}waiting")
    submit(waiting, team[0])
    NewsPage.objects.filter(pk=waiting.pk).update(locked=True, locked_by=team[0], locked_at=timezone.now())
    day = {"month": timezone.localdate().replace(day=1), "last_day": timezone.localdate()}
    SearchedWords.objects.create(words=FORMULA, language="pl", times=1, results=0, **day)
    Redirect.objects.create(old_path="/old", redirect_link="/admin/")
    return fresh(waiting)


def cells(answer: Any, kind: str) -> list[str]:
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(content.decode())))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [str(cell) for row in rows[1:] for cell in row if cell is not None]


def test_no_export_holds_a_formula(everywhere, admin, client_as):
    browser, holding = client_as(admin), set()
    reverse_of = {one.name: f"/{one.pattern}" for one in addresses()}
    for name in exports():
        for kind in ("csv", "xlsx"):
            answer = browser.get(reverse_of[name], {"export": kind})
            if not answer.streaming:
                continue  # a list that offers no table
            found = cells(answer, kind)
            assert not [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], (name, kind)
            holding |= {(name, kind) for cell in found if cell.startswith("'=")}
    with_rows = {
        "approval:ledger",
        "newsroom:archive",
        "newsroom:under_way",
        "searched_words",
        "translation:report",
        "wagtailadmin_reports:aging_pages",
        "wagtailadmin_reports:locked_pages",
        "wagtailadmin_reports:site_history",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_reports:workflow_tasks",
    }
    assert {(name, kind) for name in with_rows for kind in ("csv", "xlsx")} <= holding
