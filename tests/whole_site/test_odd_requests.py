"""Addresses of the admin with parameters that nobody's browser sends: an answer, never a 500 page.

ODD_REQUESTS=12000 asks more of them, ODD_SEED=7 other ones.
"""

import os
import random

import pytest

from home.models import SearchRecommendation
from tests import factories
from tests.addresses import addresses, filled
from tests.forms import edit_address
from tests.workflow import draft_of, form_of

pytestmark = pytest.mark.django_db

ENOUGH = int(os.environ.get("ODD_REQUESTS", "100"))
SEED = int(os.environ.get("ODD_SEED", "1"))

HUGE = "9" * 20
QUESTIONS = [
    *("", "id=abc", "id=-1", f"id={HUGE}", "id=all&childOf=abc", "id=all&childOf=-1", "child_of=abc", "parent=abc"),
    *("next=-1", "next=%00", "next=//evil.example", "p=abc", "p=-1", f"p={HUGE}", "ordering=abc", "per_page=abc"),
    *("q=%00", f"q={'a' * 3000}", "locale=xx", "collection_id=abc", "page_type=abc", "content_type=abc", "site=abc"),
    *("date_from=abc", "start_date=99999-99-99", "export=zzz", "is_expired=x&export=csv", "tag=x", "user=abc"),
    *("action=abc", "results_only=1&p=x", "mine=abc", "state=abc", "holder=abc"),
]
LEFT_OUT = ("logout",)
FOUND = [
    "/admin/login/?next=-1",
    "/admin/failwhale/",
    "/admin/api/main/pages/find/?id=abc",
    "/admin/api/main/images/find/?id=all&childOf=-1",
    "/admin/api/main/documents/find/?id=all&childOf=abc",
    "/admin/choose-page/chosen-multiple/?id=abc",
    f"/admin/choose-page/chosen-multiple/?id={HUGE}",
    "/admin/snippets/choose/events/venue/chosen/abc/",
    "/admin/documents/chooser/chosen/abc/",
    f"/admin/images/chooser/chosen/{HUGE}/",
    "/admin/images/chooser/chosen-multiple/?id=abc",
    "/admin/pages/workflow/action/1/approve/1/?next=-1",
    f"/admin/images/chooser/chosen/{'9' * 5000}/",
]


@pytest.fixture
def strict(client):
    """Somebody who may do everything, and asks for everything."""
    client.raise_request_exception = False
    client.force_login(factories.person(None))
    return client


@pytest.mark.parametrize("address", FOUND)
def test_what_once_was_a_500(strict, address):
    assert strict.get(address).status_code < 500


def test_a_block_has_a_preview(strict):
    """Its `id` is the name of its kind."""
    page = factories.news()
    name = page.body.stream_block.child_blocks["quote"].definition_prefix
    assert strict.get(f"/admin/block-preview/?id={name}").status_code == 200


WITHOUT_FIELDS = [
    "/admin/pages/{page}/copy/",
    "/admin/choose-external-link/",
    "/admin/redirects/import/process/",
    "/admin/snippets/choose/events/venue/create/",
]


def test_a_form_without_a_field_that_ours_has(strict):
    page = factories.news()
    for address in WITHOUT_FIELDS:
        assert strict.post(address.format(page=page.pk), {}).status_code == 400, address


@pytest.mark.parametrize("key", ["1e999", "9" * 60, "999999", "a\x00b", "🏳️‍🌈"])
def test_a_form_that_names_a_page_that_cannot_be(strict, key):
    page = factories.news()
    for way in ("move", "copy"):
        answer = strict.post(f"/admin/pages/{page.pk}/{way}/", {"new_parent_page": key})
        assert answer.status_code in (200, 400), "the form again, or a bad request"


def test_a_form_for_what_has_none(strict):
    assert strict.post("/admin/snippets/choose/events/venue/create/", {"email": "x"}).status_code == 400


def test_a_decision_on_what_nobody_sent(strict):
    page = draft_of(factories.person(None))
    decision = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    assert strict.post(edit_address(page), form_of(page, **decision)).status_code == 302


def test_an_older_version_of_a_snippet_may_be_emptied_as_a_draft(strict):
    one = factories.approved(SearchRecommendation(words="porada", reason="x", first_page=factories.news()))
    address = f"/admin/snippets/home/searchrecommendation/history/{one.pk}/revisions/{one.latest_revision_id}/revert/"
    assert strict.post(address, {"words": ""}).status_code == 302
    one.refresh_from_db()
    assert (one.words, one.get_latest_revision_as_object().words) == ("porada", "")


def test_no_parameter_ends_in_a_500(strict):
    page = factories.news()
    factories.event()
    factories.image()
    factories.document()
    ours = [one.pattern for one in addresses() if one.pattern.startswith("admin/")]
    asked = [
        f"{filled(pattern, {'*': key})}?{question}"
        for pattern in sorted(ours)
        if not any(word in pattern for word in LEFT_OUT)
        for key in (str(page.pk), "0", HUGE[:12], "abc")
        for question in QUESTIONS
    ]
    assert len(asked) > 10_000
    chance = random.Random(SEED)
    wrong = [
        address for address in chance.sample(asked, min(ENOUGH, len(asked))) if strict.get(address).status_code >= 500
    ]
    assert wrong == []
