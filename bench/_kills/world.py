"""An installation with a disk of its own for each thing that it writes, and people who work there."""

import base64
import contextlib
import hmac
import http.client
import io
import json
import os
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import _site
from _machines import servers
from PIL import Image

from _kills.disks import Disk
from _kills.office import HIDDEN, TOKEN
from _kills.victims import PostgreSQL, Site

sys.path.insert(0, str(_site.ROOT))

from tests.notifications.mail_server import MailServer

SIZES = {"media": 24, "pages": 12, "backups": 24, "log": 2, "database": 600}
"""Megabytes of each disk."""
HEADLINE = re.compile(r"<h1[^>]*>\s*(.*?)\s*</h1>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


class World:
    """One installation with its disks."""

    def __init__(self, until_the_end: contextlib.ExitStack, kind: str, **processes: str) -> None:
        """`kind`: of database, PostgreSQL or SQLite. `processes`: what the environment of its processes has besides."""
        self.folder = folder = until_the_end.enter_context(_site.readable_folder())
        self.disks = {}
        for name, size in SIZES.items():
            self.disks[name] = Disk(folder / f"disk-{name}", size)
            until_the_end.callback(self.disks[name].unmount)
        for name in ("media", "pages"):
            (folder / name).symlink_to(self.disks[name].folder)
        self.log = self.disks["log"].folder / "site.log"
        self.postgresql: PostgreSQL | None = None
        place = self.disks["database"].folder
        address = f"sqlite:///{place}/db.sqlite3"
        if kind == "PostgreSQL":
            address = until_the_end.enter_context(_site.database(str(place)))
        self.mail = until_the_end.enter_context(MailServer())
        self.redis = servers.redis(folder).start()
        until_the_end.callback(self.redis.stop)
        self.python, self.port = _site.free_port(), _site.free_port()
        self.host = f"localhost:{self.port}"
        self.settings = {
            **_site.environment(folder, self.host, address),
            "BACKUP_ROOT": str(self.disks["backups"].folder),
            "CACHE_URL": f"redis://127.0.0.1:{self.redis.port}/0",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail.port}",
            "MAIL_QUEUE": "database",
            "DISK_FREE_MB": "1",
        }
        self.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        self.run("scripts/prepare_site.py")
        self.told = json.loads(self.scene("make(1, 40)").splitlines()[-1])
        self.run("manage.py", "backup", "--verbosity", "0")
        (self.desk,) = self.told["desks"]
        self.account: dict[str, str] = {}
        self.texts: Iterator[dict[str, Any]] = iter(self.desk["texts"])
        if kind == "PostgreSQL":
            self.postgresql = PostgreSQL(address)
            until_the_end.callback(self.postgresql.stop)
        self.site = Site(self.python, {**self.settings, **processes}, self.log)
        until_the_end.callback(self.site.stop)
        conf = _site.nginx_settings(folder, self.port, self.python)
        until_the_end.enter_context(_site.process(["nginx", "-c", str(conf)]))
        servers.until_it_answers(self.python)

    def run(self, *command: str) -> str:
        environment = {**os.environ, **self.settings}
        ended = subprocess.run(
            [sys.executable, *command], cwd=_site.ROOT, env=environment, capture_output=True, text=True
        )
        if ended.returncode:
            raise OSError(ended.stderr.strip().splitlines()[-1] if ended.stderr.strip() else ended.stdout)
        return ended.stdout

    def scene(self, call: str) -> str:
        return self.run("manage.py", "shell", "--no-imports", "-c", f"from bench._kills import scene; scene.{call}")

    def ask(self, path: str, who: str = "") -> tuple[int, str, dict[str, str]]:
        cookie = {"Cookie": f"sessionid={self.desk['cookies'][who]}; csrftoken={TOKEN}"} if who else {}
        try:
            status, body, headers = servers.ask(self.port, path, self.host, **cookie)
        except OSError as error:
            return 0, type(error).__name__, {}
        return status, body.decode(errors="replace"), headers

    def send(self, path: str, who: str, form: dict[str, Any], file: bytes = b"") -> tuple[int, str, str]:
        """Status, where it leads, and what it says."""
        form = {**form, "csrfmiddlewaretoken": TOKEN}
        kind, body = "application/x-www-form-urlencoded", urlencode(form).encode()
        if file:
            edge = uuid.uuid4().hex
            kind = f"multipart/form-data; boundary={edge}"
            field = f"--{edge}\r\nContent-Disposition: form-data; name="
            parts = [f'{field}"{name}"\r\n\r\n{value}\r\n' for name, value in form.items()]
            parts.append(f'{field}"file"; filename="x.png"\r\nContent-Type: image/png\r\n\r\n')
            body = "".join(parts).encode() + file + f"\r\n--{edge}--\r\n".encode()
        headers = {"Host": self.host, "Origin": f"http://{self.host}", "Content-Type": kind}
        headers["Cookie"] = f"sessionid={self.desk['cookies'][who]}; csrftoken={TOKEN}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode(errors="replace")
        except OSError as error:
            return 0, "", type(error).__name__
        finally:
            connection.close()

    # --- What people do

    def save(self, text: dict[str, Any], **more: str) -> str:
        form = {**text["form"], "lead": f"Zapis {uuid.uuid4()}", **more}
        status, leads_to, words = self.send(text["edit"], "author", form)
        if status == HTTPStatus.FOUND and leads_to in (text["edit"], "/admin/"):
            return "saved"
        return f"{shown(status, words)}{', words kept' if form['lead'] in words else ''}"

    def add_picture(self) -> str:
        file = io.BytesIO()
        Image.frombytes("RGB", (300, 200), os.urandom(180_000)).save(file, "PNG")
        form = {"title": "x", "description": "x"}
        status, _leads_to, words = self.send("/admin/images/add/", "author", form, file.getvalue())
        return "taken" if status == HTTPStatus.FOUND else shown(status, words)

    def decide(self, step: int, action: str = "reject", who: str = "reviewer") -> str:
        path = self.told["decide"].replace("/0/", f"/{step}/")
        status, words, _headers = self.ask(path, who)
        if status != HTTPStatus.OK:
            return f"not shown: {shown(status, words)}"
        form = {"action": action, "comment": "Jeszcze raz" if action == "reject" else "", **dict(HIDDEN.findall(words))}
        status, leads_to, words = self.send(path, who, form)
        return "done" if (status, leads_to) == (HTTPStatus.FOUND, "/admin/") else shown(status, words)

    def step(self) -> int:
        """A text that waits for the reviewer."""
        text = next(self.texts)
        assert (found := self.save(text, **{"action-submit": "1"})) == "saved", found  # noqa: S101 - before any fault
        return self.step_of(text)

    def step_of(self, text: dict[str, Any]) -> int:
        return int(self.scene(f"step_of({text['page']})").splitlines()[-1])

    def sign_in(self) -> str:
        """With a password and the code of a telephone whose clock is right."""
        if not self.account:
            self.account = json.loads(self.scene("with_second_factor()").splitlines()[-1])
        jar: dict[str, str] = {"csrftoken": TOKEN}
        steps = {"username": self.account["login"], "password": self.account["password"]}, {"code": ""}
        path, answers = "/admin/login/", []
        for form in steps:
            if "code" in form:
                form["code"] = code_of(self.account["secret"])
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            cookies = "; ".join(f"{name}={value}" for name, value in jar.items())
            kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies, "Host": self.host}
            connection.request("POST", path, urlencode({**form, "csrfmiddlewaretoken": TOKEN}), kind)
            answer = connection.getresponse()
            answer.read()
            for name, value in answer.headers.items():
                if name.lower() == "set-cookie":
                    key, _is, rest = value.partition("=")
                    jar[key] = rest.partition(";")[0]
            path = answer.headers.get("Location", "")
            answers.append(f"{answer.status} {path}")
            connection.close()
            if not path:
                break
        return ", ".join(answers)

    def ready(self) -> str:
        try:
            status, body, _headers = servers.ask(self.python, "/health/ready", "localhost")
        except OSError as error:
            return type(error).__name__
        found = json.loads(body)
        bad = [
            f"{name}: {' '.join(check['says'])}" for name, check in found["checks"].items() if check["state"] != "ok"
        ]
        return f"{status} {found['status']}{' – ' + '; '.join(bad) if bad else ''}"


def code_of(secret: str) -> str:
    """RFC 6238."""
    digest = hmac.digest(base64.b32decode(secret), int(time.time() // 30).to_bytes(8, "big"), "sha1")
    place = digest[-1] & 15
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def shown(status: int, words: str) -> str:
    found = HEADLINE.search(words)
    said = " ".join(TAGS.sub(" ", found[1]).split()) if found else words.partition("\n")[0][:60]
    return f"{status} “{said}”" if status != HTTPStatus.OK or found else str(status)
