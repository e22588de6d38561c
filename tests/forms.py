"""Filling in and sending the forms of the admin, as a browser does."""

from typing import Any

import lxml.html
from django.http import HttpResponse, QueryDict
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests import factories

SUBMIT = {"action-submit": "1"}
PUBLISH = {"action-publish": "1"}


def add_address(model: type[Page], parent: Page) -> str:
    return f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parent.pk}/"


def edit_address(page: Page) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def querydict_from_html(html: str, form_id: str) -> QueryDict:
    """The fields of a form as a browser would send them.

    Wagtail's function of this name reads the page with Python's parser, which takes as long as the server had for it.
    """
    data = QueryDict(mutable=True)
    for field in lxml.html.document_fromstring(html).get_element_by_id(form_id).iter("input", "textarea", "select"):
        name = field.get("name")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if field.get("type") in ("checkbox", "radio"):
            if field.checked:
                data.appendlist(name, field.get("value", "on"))
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = [one for one in options if "selected" in one.attrib] or options[: not field.multiple]
            data.setlist(name, [one.get("value", one.text_content()) for one in chosen])
        else:
            data[name] = field.value or ""
    return data


def filled_in(form: QueryDict, values: dict[str, Any]) -> QueryDict:
    """A copy of `form` with `values` put in. What is nested gets its prefix."""
    data = form.copy()
    for name, value in nested_form_data(values).items():
        data[name] = value
    for name, value in values.items():
        if isinstance(value, set):  # several ticks
            data.setlist(name, sorted(value))
    return data


def filled(client: Client, address: str, values: dict[str, Any]) -> QueryDict:
    """The form at `address` as the browser shows it, with `values` put in."""
    return filled_in(shown(client.get(address)), values)


def shown(response: HttpResponse) -> QueryDict:
    """The form of a page that an answer shows."""
    assert response.status_code == 200
    return querydict_from_html(response.content.decode(), form_id="page-edit-form")


def send(client: Client, address: str, values: dict[str, Any], button: dict[str, str] | None = None) -> HttpResponse:
    """Fills the form in, presses a button (without one: saves a draft) and goes where that leads."""
    data = filled(client, address, values)
    data.update(button or {})
    return client.post(address, dict(data.lists()), follow=True)


def items(*values: Any) -> dict[str, Any]:
    """What a ListBlock sends for `values`."""
    return streamfield([("item", value) for value in values])


def words(html: str) -> str:
    """What the rich text editor sends for `html`."""
    return rich_text(html)


def every_block() -> dict[str, Any]:
    """A body with one of each block."""
    picture, file = factories.image(), factories.document()
    figure = {"image": {"image": picture.pk, "alt_text": "Ludzie przy stole."}, "caption": "Przy stole"}
    table = '{"data": [["", "KDO"], ["Członkowie", "organizacje"]], "first_row_is_table_header": true, '
    table += '"first_col_is_header": false, "table_header_choice": "row", "table_caption": "KDO"}'
    fold = {"title": "Czy to kosztuje?", "text": words("<p>Nie.</p>")}
    step = {"title": "Zbierz sąsiadów", "time": "tydzień 1", "text": words("<p>Zapukaj.</p>")}
    card = {"title": "Poradnik", "text": "Od czego zacząć", "page": "", "address": "https://przyklad.example/"}
    film = {"url": "https://vimeo.com/76979871", "title": "Debata", "length": "12:00", "transcript": ""}
    button = {"label": "Zapisz się", "page": factories.home().pk, "address": ""}
    return streamfield(
        [
            ("text", words("<h2>Program</h2><p>Pierwszy zjazd w <b>sobotę</b>.</p>")),
            ("quote", {"text": "Zaczęło się od ławki.", "author": "Joanna", "role": "sąsiadka"}),
            ("callout", {"tone": "deadline", "title": "Do 4 grudnia", "text": words("<p>Liczy się godzina.</p>")}),
            ("steps", items(step, step)),
            ("accordion", items(fold)),
            ("table", table),
            ("image", figure),
            ("gallery", items(figure, figure)),
            ("video", film),
            ("button", button),
            ("cards", items(card, card)),
            ("documents", items(file.pk)),
        ]
    )


BLOCKS = ["text", "quote", "callout", "steps", "accordion", "table", "image", "gallery", "video", "button", "cards"]
BLOCKS.append("documents")
