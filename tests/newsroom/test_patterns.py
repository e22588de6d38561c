"""Patterns: a page kept under a name, and the next one of its kind that begins with it."""

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Comment, Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield

from approval import roles
from approval.contributors import contributors
from approval.views.subjects import address
from news.models import NewsPage
from newsroom import patterns
from newsroom.models import PagePattern
from tests import factories
from tests.forms import filled, querydict_from_html
from tests.newsroom.test_dashboard import HOME, queries
from tests.newsroom.test_decision import words
from tests.workflow import APPROVED, create_url, draft_of, edit_url, news_index, person, shown_to_visitors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written")]

BODY = [
    {"type": "text", "id": "11111111-1111-4111-8111-111111111111", "value": "<p>Kto, gdzie i dla kogo.</p>"},
    {"type": "quote", "id": "22222222-2222-4222-8222-222222222222", "value": {"text": "Bardzo warto", "author": "Ola"}},
]


@pytest.fixture(scope="module")
def written(module_tree) -> int:
    """A report of a meeting that is a draft, with a remark and a topic."""
    author = person("autorka", roles.AUTHORS)
    page = draft_of(author, "Spotkanie w maju", body=json.dumps(BODY), seo_title="Maj", kind="report")
    page.tags.add("zielen")
    page.save_revision(user=author)
    Comment.objects.create(page=page.page_ptr, user=author, text="Why?", contentpath="lead", position="")
    return page.pk


@pytest.fixture
def report(written, db) -> NewsPage:
    return NewsPage.objects.get(pk=written)


def keep(page, user, name="Relacja ze spotkania", **facts):
    values = {
        "content_type": ContentType.objects.get_for_model(page),
        "locale": page.locale,
        "content": patterns.content_for_pattern(page.get_latest_revision_as_object()),
        **facts,
    }
    return PagePattern.objects.create(name=name, made_by=user, **values)


def new_form(browser, pattern, parent=None):
    """The form of a new page that begins with `pattern`, as the browser would send it."""
    return querydict_from_html(begun(browser, pattern, parent).content.decode(), form_id="page-edit-form")


def begun(browser, pattern, parent=None):
    return browser.get(f"{create_url(parent or news_index())}?pattern={pattern.pk}")


def test_the_editor_offers_to_keep_the_page(client_as, autorka, report):
    assert address("newsroom:save_pattern", report) in words(client_as(autorka).get(edit_url(report)))


def test_a_page_is_kept_under_a_name_and_nothing_becomes_public(client_as, autorka, report):
    before, versions = shown_to_visitors(), report.revisions.count()
    where = address("newsroom:save_pattern", report)
    answer = client_as(autorka).post(where, {"name": "Relacja ze spotkania", "description": "Po spotkaniach"})
    assert answer.url == edit_url(report)
    pattern = PagePattern.objects.get()
    assert (pattern.name, pattern.made_by, pattern.page_model) == ("Relacja ze spotkania", autorka, NewsPage)
    assert "Spotkanie w maju" not in json.dumps(pattern.content)
    assert "spotkanie-w-maju" not in json.dumps(pattern.content)
    assert shown_to_visitors() == before
    assert report.revisions.count() == versions


def test_a_name_is_there_once_for_a_kind_and_a_language(client_as, autorka, report):
    keep(report, autorka)
    answer = client_as(autorka).post(address("newsroom:save_pattern", report), {"name": "Relacja ze spotkania"})
    assert answer.status_code == 200
    assert PagePattern.objects.count() == 1


def test_a_section_is_no_pattern(client_as, koordynatorka):
    assert client_as(koordynatorka).get(address("newsroom:save_pattern", news_index())).status_code == 404


def test_a_new_page_begins_with_the_words_and_without_what_was_the_pages_own(client_as, autor2, autorka, report):
    answer = begun(client_as(autor2), keep(report, autorka))
    form = querydict_from_html(answer.content.decode(), form_id="page-edit-form")
    assert form["kind"] == "report"
    assert form["lead"].strip() == APPROVED
    assert form["tags"] == "zielen"
    body = words(answer)  # a script makes its fields
    assert "Kto, gdzie i dla kogo." in body
    assert "Bardzo warto" in body
    assert not [block["id"] for block in BODY if block["id"] in body]
    assert (form["title"], form["slug"], form["seo_title"], form["go_live_at"]) == ("", "", "", "")
    assert "Why?" not in body, "remarks stay with their page"
    assert NewsPage.objects.count() == 1, "nothing is saved before somebody writes"


def test_the_new_page_is_of_the_person_who_begins_it(client_as, autor2, autorka, report):
    form = new_form(client_as(autor2), keep(report, autorka))
    form.update(nested_form_data({"body": streamfield([("quote", BODY[1]["value"] | {"role": ""})])}))
    form.update({"title": "Spotkanie w czerwcu", "action-submit": "1"})
    client_as(autor2).post(create_url(news_index()), form)
    page = NewsPage.objects.get(title="Spotkanie w czerwcu")
    assert page.owner == autor2
    assert page.current_workflow_task_state is not None
    assert set(contributors(page)) == {autor2.pk}
    assert page.translation_key != report.translation_key


def test_an_event_keeps_its_place_and_not_its_day(client_as, autorka):
    event = factories.event(title="Szkolenie", place="Dom Sąsiedzki", live=False, access_note="Winda nie działa")
    event.save_revision()
    pattern = keep(event, autorka, "Szkolenie")
    where = reverse("wagtailadmin_pages:add", args=["events", "eventpage", event.get_parent().pk])
    form = filled(client_as(autorka), f"{where}?pattern={pattern.pk}", {})
    assert form["place"] == "Dom Sąsiedzki"
    assert (form["start"], form["end"], form["access_note"].strip()) == ("", "", "")


def test_patterns_are_offered_by_name_where_a_page_begins(client_as, autorka, report):
    keep(report, autorka)
    keep(report, autorka, "Report", locale=Locale.objects.get(language_code="en"))
    keep(report, autorka, "Warsztaty", content_type=ContentType.objects.get(model="eventpage"))
    form = words(client_as(autorka).get(create_url(news_index())))
    assert "Relacja ze spotkania" in form
    assert "Report" not in form
    assert "Warsztaty" not in form
    first_screen = words(client_as(autorka).get(HOME))
    assert "Relacja ze spotkania" in first_screen
    assert "Warsztaty" in first_screen
    assert "Relacja ze spotkania" not in words(client_as(autorka).get(edit_url(report)))


def test_many_patterns_cost_the_first_screen_what_one_costs(client_as, autorka, report):
    keep(report, autorka)
    browser = client_as(autorka)
    queries(browser)
    few = queries(browser)
    for number in range(9):
        keep(report, autorka, f"Relacja {number}")
    assert queries(browser) == few


# --- The list ------------------------------------------------------------------------------------


def test_coordinators_rename_and_delete_patterns(client_as, koordynatorka, autorka, report):
    pattern = keep(report, autorka)
    browser = client_as(koordynatorka)
    assert "Relacja ze spotkania" in words(browser.get(reverse("patterns:index")))
    browser.post(reverse("patterns:edit", args=[pattern.pk]), {"name": "Relacja"})
    pattern.refresh_from_db()
    assert (pattern.name, pattern.made_by) == ("Relacja", autorka)
    browser.post(reverse("patterns:delete", args=[pattern.pk]))
    assert not PagePattern.objects.exists()


# --- What has gone since ---------------------------------------------------------------------------


def test_what_is_gone_is_left_out_and_named(client_as, autorka, report):
    picture, target = factories.image("Mural"), draft_of(autorka, "Cel")
    alone = {"image": {"image": picture.pk, "alt_text": "Mural", "decorative": False}, "caption": ""}
    body = [
        *BODY,
        {"type": "image", "value": alone},
        {"type": "gallery", "value": [{"type": "item", "value": alone}]},
        {"type": "text", "value": f'<p><a linktype="page" id="{target.pk}">Cel</a></p>'},
        {"type": "carousel", "value": {"speed": 3}},
    ]
    content = patterns.content_for_pattern(report) | {"body": body, "lead_image": picture.pk, "mood": "good"}
    pattern = keep(report, autorka, content=content)
    picture.delete()
    target.delete()
    answer = begun(client_as(autorka), pattern)
    assert answer.status_code == 200
    text = words(answer)
    for name in ("carousel", "mood", "obraz", "strona"):
        assert name in text.split("Missing:" if "Missing:" in text else "Brakuje:")[1][:300]
    assert "Kto, gdzie i dla kogo." in text
    assert querydict_from_html(answer.content.decode(), form_id="page-edit-form")["lead_image"] == ""


@pytest.mark.parametrize(
    "bad",
    [
        {
            "body": "no list", "lead_image": "mural", "tagged_items": [{"tag": "zielen"}], "regions": {"a": 1},
            "funding": None,
        },
        {"body": [{"kind": "text"}], "lead_image": {"a": 1}, "tagged_items": [{"tag": 9999}], "kind": "of before"},
        {"body": [{"type": "quote", "value": "a line"}], "tagged_items": 7, "lead": ["a", 1]},
        {
            "body": [{"type": "gallery", "value": {"a": 1}}],
            "attachment_items": [{"document": 9999, "title": ["x"]}],
        },
        {"body": [7]},
    ],
)  # fmt: skip
def test_bad_fields_take_no_other_down(client_as, autorka, report, bad):
    pattern = keep(report, autorka, content=patterns.content_for_pattern(report) | bad)
    answer = begun(client_as(autorka), pattern)
    assert answer.status_code == 200
    form = querydict_from_html(answer.content.decode(), form_id="page-edit-form")
    assert all(form[name] for name in {"lead", "kind"} - bad.keys())


def test_a_kind_of_page_that_is_gone_is_offered_nowhere(client_as, koordynatorka, autorka, report):
    gone = ContentType.objects.create(app_label="news", model="bulletin")
    keep(report, autorka, "Biuletyn", content_type=gone)
    browser = client_as(koordynatorka)
    assert "Biuletyn" not in words(browser.get(HOME))
    assert "Biuletyn" in words(browser.get(reverse("patterns:index")))
