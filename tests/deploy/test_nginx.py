"""nginx by the files of deploy/nginx/, with TLS, before a Python that repeats what it was told."""

import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.rig.nginx import written

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="nginx or openssl is missing")


class Repeats(BaseHTTPRequestHandler):
    """Answers with the headers that it got."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        words = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    do_POST = do_GET

    def log_message(self, *_words: object) -> None:
        pass


class Proxy:
    """What a reader gets from nginx."""

    def __init__(self, port: int, python: ThreadingHTTPServer) -> None:
        self.port = port
        self.python = python

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
        asked = urllib.request.Request(f"https://127.0.0.1:{self.port}{path}", body, headers)
        try:
            with urllib.request.urlopen(asked, timeout=20, context=ssl._create_unverified_context()) as answer:  # noqa: S310, S323 - ours
                return answer.status, dict(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read().decode()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "var" / "media").mkdir(parents=True)
    (folder / "var" / "media" / "plan.svg").write_text("<svg/>")
    for parent in (folder, *folder.parents[:3]):  # nginx is another user
        parent.chmod(0o755)
    certificate = [
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run(  # noqa: S603 - ours
        [str(OPENSSL), "req", *certificate, "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True,
        capture_output=True,
    )
    python = ThreadingHTTPServer(("127.0.0.1", 0), Repeats)
    threading.Thread(target=python.serve_forever, daemon=True).start()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = f"127.0.0.1:{python.server_port}"
    settings = written(folder, f"127.0.0.1:{port}", place, folder / "pages", folder / "var", "site")
    running = subprocess.Popen([str(NGINX), "-c", str(settings)], stderr=subprocess.PIPE, text=True)  # noqa: S603
    try:
        for _tenth in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert running.poll() is None, running.communicate()[1]
            time.sleep(0.1)
        yield Proxy(port, python)
    finally:
        running.terminate()
        running.wait(20)
        python.shutdown()


def test_python_hears_from_the_proxy_who_asks_and_from_nobody_else(proxy: Proxy) -> None:
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"}
    for path in ("/", "/admin/", "/media/documents/plan.pdf"):
        heard = json.loads(proxy.ask(path, Forwarded="for=203.0.113.9;proto=http", **forged)[2])
        assert heard["X-Forwarded-For"] == "127.0.0.1"
        assert heard["X-Forwarded-Proto"] == "https"
        assert not {"Forwarded", "X-Forwarded-Host"} & set(heard)


def test_a_file_that_somebody_uploaded_runs_nothing(proxy: Proxy) -> None:
    for path, status in {"/media/plan.svg": 200, "/media/none.svg": 404}.items():
        found, headers, _words = proxy.ask(path)
        assert found == status
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_files_are_for_the_admin_and_what_is_too_large_is_refused_in_words(proxy: Proxy) -> None:
    large = b"x" * (2 * 1024 * 1024)
    assert proxy.ask("/szukaj/", large)[0] == 413
    assert proxy.ask("/admin/images/add/", large)[0] == 200
    status, headers, words = proxy.ask("/admin/images/add/", b"x", **{"Content-Length": str(200 * 1024 * 1024)})
    assert status == 413 and "Wyślijcie mniejszy plik" in words
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_one_address_that_tries_passwords_is_slowed_down_and_reads_on(proxy: Proxy) -> None:
    answers = [proxy.ask("/admin/login/", b"password=x") for _time in range(25)]
    assert [status for status, _headers, _words in answers[:15]] == [200] * 15
    status, headers, words = answers[-1]
    assert status == 429 and "Zbyt wiele prób" in words and headers["Retry-After"] == "60"
    assert proxy.ask("/admin/login/")[0] == proxy.ask("/")[0] == proxy.ask("/admin/pages/", b"title=x")[0] == 200


def test_without_python_the_proxy_says_so_in_both_languages(proxy: Proxy) -> None:
    proxy.python.shutdown()
    proxy.python.server_close()
    for path in ("/", "/admin/", "/media/documents/plan.pdf"):
        status, headers, words = proxy.ask(path)
        assert status == 503 and "niedostępna" in words and "not available" in words
        assert headers["Retry-After"] == "120"
        assert headers["X-Content-Type-Options"] == "nosniff"
