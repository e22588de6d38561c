"""Who works while everything is killed: people who write, review and approve by the site's forms, and a reader."""

import http.client
import random
import re
import threading
import time
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from html import unescape
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import psycopg2
from _machines import servers

TOKEN = "a" * 32
PAUSE, PATIENCE = 0.2, 1.0
"""Seconds between two deeds; before somebody who got no answer tries again."""
SCHEDULED, REJECTED = 0.15, 0.15
"""How many texts have a time, and how many steps end with a return."""
WARSAW = ZoneInfo("Europe/Warsaw")
HIDDEN = re.compile(r'<input type="hidden" name="(shown|times)" value="([^"]*)"')
STANDING = """
    SELECT state.status, step.id, step.task_id,
        EXISTS (SELECT FROM wagtailcore_revision WHERE object_id = %(page)s AND approved_go_live_at IS NOT NULL)
    FROM (SELECT) nothing
    LEFT JOIN wagtailcore_workflowstate state
        ON state.object_id = %(page)s AND state.status IN ('in_progress', 'needs_changes')
    LEFT JOIN wagtailcore_taskstate step ON step.id = state.current_task_state_id
"""


class AwayError(Exception):
    """There was no answer, or one that says so: nobody knows what became of it."""


class Office:
    """What everybody shares: where the site is, and what was acknowledged."""

    def __init__(self, port: int, host: str, address: str, told: dict[str, Any]) -> None:
        self.port, self.host, self.address, self.told = port, host, address, told
        self.ended, self.lock = threading.Event(), threading.Lock()
        self.saves: list[tuple[int, int]] = []
        self.submissions: list[tuple[int, int]] = []
        self.decisions: list[dict[str, Any]] = []
        self.publications: list[dict[str, int]] = []
        self.public: dict[int, int] = {}
        """Page → which save of it is public for certain."""
        self.old: list[tuple[str, int, str]] = []
        """Read after a newer version was acknowledged."""
        self.down: Counter[str] = Counter()
        """Kinds of processes of which one was killed and isn't there again."""
        self.asked: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def request(
        self, who: str, path: str, cookie: str = "", form: dict[str, Any] | None = None
    ) -> tuple[int, str, str]:
        """Status, where it leads and what it says; AwayError where the site is away."""
        with self.lock:
            self.asked[who] += 1
        headers = {"Cookie": f"sessionid={cookie}; csrftoken={TOKEN}"} if cookie else {}
        try:
            if form is None:
                status, body, found = servers.ask(self.port, path, self.host, **headers)
                leads_to, words = found.get("Location", ""), body.decode()
            else:
                sent = urlencode({**form, "csrfmiddlewaretoken": TOKEN})
                status, leads_to = servers.send(self.port, path, self.host, headers["Cookie"], sent)
                words = ""
        except (OSError, http.client.HTTPException, UnicodeDecodeError) as error:
            self._note_failure(who)
            raise AwayError from error
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._note_failure(who)
            raise AwayError
        return status, leads_to, words

    def _note_failure(self, who: str) -> None:
        with self.lock:
            for kind in [kind for kind, times in self.down.items() if times] or ["nothing"]:
                self.failed[f"{kind}: {who}"] += 1

    def refuse(self, what: str) -> None:
        with self.lock:
            self.refused[what] += 1

    def standing(self, page: int) -> tuple[str | None, int | None, int | None, bool]:
        """Of the workflow, and whether an approved version waits for its time: what a list of the admin shows."""
        try:
            with (
                closing(psycopg2.connect(self.address, connect_timeout=5)) as connection,
                connection.cursor() as cursor,
            ):
                cursor.execute(STANDING, {"page": str(page)})
                return cursor.fetchone()
        except psycopg2.Error as error:
            raise AwayError from error


class Desk(threading.Thread):
    """An author, a reviewer and a coordinator with texts of their own; whoever gets no answer tries again."""

    def __init__(self, office: Office, number: int) -> None:
        super().__init__(name=f"desk {number}")
        self.office, self.random = office, random.Random(number)  # noqa: S311 - a load, no secret
        self.texts, self.cookies = office.told["desks"][number].values()
        self.saved: Counter[int] = Counter()

    def run(self) -> None:
        while not self.office.ended.wait(PAUSE):
            try:
                self._go_on(self.random.choice(self.texts))
            except AwayError:
                time.sleep(PATIENCE)

    def _go_on(self, text: dict[str, Any]) -> None:
        """Whatever comes next for this text."""
        status, step, task, waits = self.office.standing(text["page"])
        if waits:
            return
        if status == "in_progress":
            is_last = task == self.office.told["steps"][-1]
            self._decide(text, step, "coordinator" if is_last else "reviewer", is_last)
            return
        for _save in range(self.random.randint(0, 2)):
            self._save(text)
        self._save(text, **{"action-submit": "1"})

    def _save(self, text: dict[str, Any], **more: str) -> None:
        page, is_sent = text["page"], bool(more)
        self.saved[page] += 1
        mark = (page, self.saved[page])
        if is_sent and self.random.random() < SCHEDULED:
            more["go_live_at"] = f"{datetime.now(WARSAW) + timedelta(minutes=2):%Y-%m-%d %H:%M}"
        form = {**text["form"], **more, "lead": f"Zapis zn-{page}-{self.saved[page]}."}
        while True:
            try:
                status, leads_to, _words = self.office.request("staff", text["edit"], self.cookies["author"], form)
                break
            except AwayError:
                if self.office.ended.wait(PATIENCE):
                    raise
                if self.office.standing(page)[0] == "in_progress":  # it was sent, and nobody said so
                    return
        if status == HTTPStatus.FOUND and leads_to == ("/admin/" if is_sent else text["edit"]):
            self.office.saves.append(mark)
            if is_sent:
                self.office.submissions.append(mark)
        else:
            self.office.refuse(f"{'submit' if is_sent else 'save'} {status} {re.sub('[0-9]+', '9', leads_to)}")

    def _decide(self, text: dict[str, Any], step: int | None, who: str, is_last: bool) -> None:
        path, cookie = self.office.told["decide"].replace("/0/", f"/{step}/"), self.cookies[who]
        status, leads_to, words = self.office.request("staff", path, cookie)
        shown = {name: unescape(value) for name, value in HIDDEN.findall(words)}
        number = max((int(number) for number in re.findall(rf"zn-{text['page']}-(\d+)", words)), default=0)
        if status != HTTPStatus.OK or "shown" not in shown:
            self.office.refuse(f"look {status} {leads_to}")
            return
        is_refused = 'value="approve"' not in words
        action = "reject" if is_refused or self.random.random() < REJECTED else "approve"
        form = {**shown, "action": action, "comment": "Jeszcze raz" if action == "reject" else ""}
        status, leads_to, _words = self.office.request("staff", path, cookie, form)
        if status != HTTPStatus.FOUND or leads_to != "/admin/":
            self.office.refuse(f"{action} {status} {re.sub('[0-9]+', '9', leads_to)}")
            return
        self.office.decisions.append({"state": step, "action": action, "who": who, "page": text["page"]})
        if action == "approve" and is_last:
            one = {"page": text["page"], "number": number, "revision": int(shown["shown"])}
            self.office.publications.append(one)
            if not self.office.standing(text["page"])[3]:
                self.office.public[text["page"]] = number


class Reader(threading.Thread):
    """Reads the list and the texts, and knows what is public for certain before it asks."""

    def __init__(self, office: Office) -> None:
        super().__init__(name="reader")
        self.office, self.random = office, random.Random(0)  # noqa: S311 - a load, no secret
        texts = [text for desk in office.told["desks"] for text in desk["texts"]]
        self.pages = {text["path"]: text["page"] for text in texts}

    def run(self) -> None:
        while not self.office.ended.wait(PAUSE):
            path = self.random.choice(["/", "/aktualnosci/", *self.pages])
            page = self.pages.get(path, 0)
            least = self.office.public.get(page, 0)
            try:
                _status, _leads_to, words = self.office.request("readers", path)
            except AwayError:
                continue
            read = [int(number) for number in re.findall(rf"zn-{page}-(\d+)", words)]
            if page and least and (not read or max(read) < least):
                self.office.old.append((path, least, str(read)))
