"""Asking the site as somebody, and saying in a word what the answer was."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.contrib.messages import ERROR, get_messages
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from approval import roles
from tests.addresses import Address, addresses
from tests.permissions.scene import Scene
from tests.permissions.table import PEOPLE
from tests.workflow import person

ROLES = dict(zip(PEOPLE[2:], (*roles.ROLES, None), strict=True))
REFUSED = {"login", "no", "gone"}
BY_EVERYBODY = ("django_session", "usersessions_usersession", "wagtailusers_userprofile")
"""Tables that the door writes to."""


@dataclass(frozen=True)
class Question:
    """A name of the table, as in "approval:take_step[POST]" or "wagtail_serve[closed]"."""

    said: str

    @property
    def name(self) -> str:
        return self.said.partition("[")[0] if self.said.endswith("]") else self.said

    @property
    def _more(self) -> list[str]:
        return self.said[len(self.name) + 1 : -1].split(",") if self.said != self.name else []

    @property
    def method(self) -> str:
        return "POST" if "POST" in self._more else "GET"

    @property
    def place(self) -> str:
        return next((word for word in self._more if word != "POST"), "")


class House:
    """The site with its scene, and a browser for each person of the table."""

    def __init__(self) -> None:
        self.addresses: dict[str, Address] = {one.name: one for one in addresses()}
        self.scene = Scene()
        self.browsers = {who: Client(raise_request_exception=False) for who in PEOPLE}
        self.browsers["no role"].force_login(person("bez-roli"))
        for number, (who, role) in enumerate(ROLES.items()):
            groups = (role,) if role else ()
            self.browsers[who].force_login(person(f"osoba-{number}", *groups, superuser=role is None))
        self.sessions = {who: browser.cookies.copy() for who, browser in self.browsers.items()}

    def browser(self, who: str) -> Client:
        """As somebody opens it, whatever was asked before: signed in, and nothing was said to them."""
        self.browsers[who].cookies = SimpleCookie({name: one.value for name, one in self.sessions[who].items()})
        return self.browsers[who]

    def ask(self, question: Question, who: str, method: str = "") -> "Answer":
        """`method`: another one than the question's own."""
        browser, method = self.browser(who), method or question.method
        url = self.scene.url(self.addresses[question.name], question.place)
        elsewhere = {"next": "//evil.example", "return_url": "https://evil.example/"}
        takes_any = method == "GET" and "wagtailadmin_api" not in question.name  # it refuses what it doesn't know
        asked = f"{url}{'&' if '?' in url else '?'}{urlencode(elsewhere)}" if takes_any else url
        data = {} if method == "GET" else elsewhere
        with transaction.atomic(), writes() as written:
            answer = browser.generic(
                method,
                asked,
                urlencode(data),
                "application/x-www-form-urlencoded",
                headers={"accept": "text/html,*/*;q=0.8"},
            )
            word = word_for(answer)
            if answer.streaming:
                answer.close()
            transaction.set_rollback(True)
        return Answer(word, written, leads_elsewhere(answer))

    def row(self, question: Question) -> tuple[str, ...]:
        return tuple(self.ask(question, who).word for who in PEOPLE)


@dataclass(frozen=True)
class Answer:
    """`written`: what it wrote into the database, sessions apart. `elsewhere`: the foreign host that it leads to."""

    word: str
    written: list[str]
    elsewhere: str


def word_for(answer: Any) -> str:
    """One of the words that table.py explains."""
    status = answer.status_code
    if status in (301, 302):
        place = urlsplit(answer.headers["Location"]).path
        if place in (reverse("account_login"), reverse("wagtailcore_login")):
            return "login"
        request = answer.wsgi_request
        is_refused = any(message.level == ERROR for message in get_messages(request))
        return "no" if is_refused else "open"
    words = {401: "login", 403: "no", 404: "gone", 405: "post", 410: "gone"}
    return words.get(status, "open" if status < 500 else f"error-{status}")


def leads_elsewhere(answer: HttpResponse) -> str:
    location = answer.headers.get("Location", "/")[:1_000]  # Django takes no longer one for safe
    return "" if url_has_allowed_host_and_scheme(location, {"testserver", "localhost"}) else location


@contextmanager
def writes() -> Iterator[list[str]]:
    """Statements that change something."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_writing = sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        if is_writing and not any(table in sql for table in BY_EVERYBODY):
            found.append(sql[:90])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


@contextmanager
def without_rendering() -> Iterator[None]:
    """Who may see a screen is decided before its template is filled in; that takes most of the time."""
    stock = SimpleTemplateResponse.rendered_content
    empty: Any = property(lambda _response: "")
    kind: Any = SimpleTemplateResponse
    kind.rendered_content = empty
    try:
        yield
    finally:
        kind.rendered_content = stock
