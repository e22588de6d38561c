"""What the log says, and what it leaves out: in both forms, of requests, of jobs, of errors by mail and to Sentry."""

import io
import json
import logging
import re

import pytest
from django.conf import settings as site_settings
from django.core import mail
from django.core.handlers.wsgi import WSGIHandler
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import reverse
from django_tasks import task
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.transport import Transport

from home.models import HomePage
from operations import error_mail, log_lines, sentry
from operations.request_context import RequestIds, request_id

PERSONAL = ("Kowalsk", "kowalsk", "8.8.4.4", "c1a2b3-0123456789abcdef0123456789abcdef", "Sekretna")
ADDRESS = "jan.kowalski@poczta.example"
FAILURE = IntegrityError(f"duplicate key\nDETAIL:  Failing row contains (7, Jan Kowalski, {ADDRESS}).")


@pytest.fixture(params=[log_lines.PlainFormatter, log_lines.JsonFormatter], ids=["plain", "json"])
def written(request):
    """What has been written since, by everything that logs."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(request.param())
    handler.is_json = request.param is log_lines.JsonFormatter
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)


@pytest.fixture
def walk(db, monkeypatch, client_as, redaktorka):
    """Visitors and staff do what leaves lines in a log, with words that have no business there."""

    def fail(*args, **kwargs):
        raise FAILURE

    def act():
        visitor = Client(raise_request_exception=False, REMOTE_ADDR="8.8.4.4")
        visitor.get("/nie-ma/?q=Jan+Kowalski")
        visitor.get(f"/nie-ma/{ADDRESS}/")
        visitor.get("/admin/password_reset/confirm/MQ/c1a2b3-0123456789abcdef0123456789abcdef/")
        visitor.get("/", headers={"host": "evil.example"})
        visitor.post("/admin/login/", {"username": ADDRESS, "password": "Sekretna"})
        visitor.post("/szukaj/?q=Kowalska", {"q": "Kowalska"})
        client_as(redaktorka).post(f"{reverse('wagtailadmin_pages:search')}?q=Kowalska", {"q": ADDRESS})
        logging.getLogger("notifications.delivery").warning("Mail 7 was not sent: {'%s': (550, 'no')}", ADDRESS)
        logging.getLogger("gunicorn.access").warning('8.8.4.4 "GET /szukaj/?q=Kowalska HTTP/1.1" 200')
        with monkeypatch.context() as patch:
            patch.setattr(HomePage, "get_context", fail)
            visitor.get("/?q=Kowalska")
        log_lines.uncaught(type(FAILURE), FAILURE, None)  # as a command ends

    return act


def test_no_line_says_who_somebody_is_or_what_they_looked_for(walk, written):
    walk()
    text = written.stream.getvalue()
    lines = text.splitlines()
    assert "IntegrityError" in text and "/nie-ma/" in text and "Mail 7" in text, "it still says what happened"
    sign_in = [line for line in lines if "accounts.sign_in_log" in line]
    assert any("8.8.4.4" in line for line in sign_in), "fail2ban needs it"
    rest = "\n".join(line for line in lines if line not in sign_in)
    assert [words for words in PERSONAL if words in rest] == []
    if written.is_json:
        assert all(json.loads(line).keys() >= {"time", "level", "logger", "message", "process"} for line in lines)


def test_fail2ban_finds_the_same_words_in_both_forms(db, written):
    Client(REMOTE_ADDR="8.8.4.4").post("/admin/login/", {"username": "autorka", "password": "x"})
    docs = (site_settings.BASE_DIR / "docs" / "operators.md").read_text()
    plain, as_json = re.findall(r"failregex = (.*)", docs)
    rule = (as_json if written.is_json else plain).replace("<HOST>", r"(?P<host>\S+?)")
    (line,) = [line for line in written.stream.getvalue().splitlines() if "sign_in_log" in line]
    assert re.search(rule, line)["host"] == "8.8.4.4"


def answer_of(told=""):
    """The number that an answer says, and the one that lines had meanwhile."""
    said, seen = {}, []
    environ = RequestFactory(**({"HTTP_X_REQUEST_ID": told} if told else {})).get("/robots.txt").environ

    def site(environ, start):
        seen.append(request_id.get())
        return WSGIHandler()(environ, start)

    list(RequestIds(site)(environ, lambda status, headers, *more: said.update(headers)))
    return said["X-Request-Id"], seen[0]


class TestNumbers:
    def test_an_answer_has_the_number_of_its_lines(self, db):
        first, second = answer_of(), answer_of()
        assert first[0] == first[1] != second[0] == second[1]
        assert answer_of("9f0c-from-the-proxy") == ("9f0c-from-the-proxy",) * 2

    @pytest.mark.parametrize("told", ["short", "x" * 65, "a b c d e f g h", "line\nbreak-line", "<script>alert(1)"])
    def test_a_number_that_would_break_a_line_is_not_taken_over(self, db, told):
        assert answer_of(told)[0] != told

    def test_lines_of_a_job_have_its_number(self, written):
        job = say_something.enqueue()
        (line,) = [line for line in written.stream.getvalue().splitlines() if "from a job" in line]
        if written.is_json:
            assert json.loads(line)["task_id"] == str(job.id)
        written.stream.truncate(0)
        logging.getLogger("tests").warning("afterwards")
        assert "task_id" not in written.stream.getvalue()


@task
def say_something() -> None:
    logging.getLogger("tests").warning("from a job")


def fail_for(record_to, error=FAILURE):
    """As a view that fails does."""
    request = RequestFactory(REMOTE_ADDR="8.8.4.4").post("/kontakt/?q=Kowalska", {"name": "Kowalski"})
    try:
        raise error
    except Exception:
        record_to("Internal Server Error: %s", request.path, exc_info=True, extra={"request": request})


class TestErrorMail:
    @pytest.fixture
    def log(self, settings):
        settings.ADMINS = [("", "operator@example.org")]
        log = logging.Logger("django.request")
        log.addHandler(error_mail.ErrorMailHandler())
        return log

    def mails(self, count):
        for thread in [one for one in error_mail.threading.enumerate() if one.name == error_mail.THREAD]:
            thread.join()
        assert len(mail.outbox) == count
        return mail.outbox

    def test_it_says_what_failed_and_where_without_what_was_sent(self, log):
        fail_for(log.error)
        (sent,) = self.mails(1)
        assert sent.to == ["operator@example.org"]
        text = f"{sent.subject}\n{sent.body}"
        assert "POST /kontakt/" in text and "IntegrityError" in text and "fail_for" in text
        assert [words for words in PERSONAL if words in text] == []
        assert "SECRET_KEY" not in text and "INSTALLED_APPS" not in text

    def test_one_fault_is_told_once_and_an_outage_fills_no_mailbox(self, log):
        for _request in range(3):
            fail_for(log.error)
        self.mails(1)
        for number in range(30):  # as many places
            log.handle(log.makeRecord("site", logging.ERROR, f"{number}.py", number, "no", (), None))
        self.mails(error_mail.MOST)

    def test_strangers_who_try_something_are_not_told_of(self, log):
        log.name = "django.security.DisallowedHost"
        log.error("Invalid HTTP_HOST header")
        self.mails(0)


HEARD = []


class Heard(Transport):
    """Takes what would go to the server."""

    def capture_envelope(self, envelope):
        HEARD.append(envelope.get_event())


def test_sentry_hears_what_failed_and_where_without_what_was_sent():
    """Its own library puts the event together; a request, as its part for Django adds it."""
    HEARD.clear()
    sentry.start(
        "https://key@sentry.example.org/1",
        transport=Heard,
        default_integrations=False,  # that part stays in the process, for all other tests
        integrations=[LoggingIntegration()],
    )
    asked = {"method": "POST", "url": f"https://localhost/kontakt/{ADDRESS}", "query_string": "q=Kowalska"}
    sent = {"data": {"name": "Kowalski"}, "cookies": {"sessionid": "Kowalski"}, "env": {"REMOTE_ADDR": "8.8.4.4"}}
    try:
        fail_for(logging.getLogger("django.request").error)
        sentry.sentry_sdk.capture_event({"message": "failed", "user": {"email": ADDRESS}, "request": {**asked, **sent}})
    finally:
        sentry.sentry_sdk.init()  # off
    failed, asked_for = HEARD
    assert failed["exception"]["values"][0]["type"] == "IntegrityError"
    assert asked_for["request"] == {"method": "POST", "url": "https://localhost/kontakt/[address]"}
    text = json.dumps(HEARD, default=str, ensure_ascii=False)
    assert "fail_for" in text
    assert [words for words in PERSONAL if words in text] == []
