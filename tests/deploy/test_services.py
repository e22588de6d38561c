"""What runs the site: gunicorn by gunicorn.conf.py, units of systemd, containers."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

APPLICATION = """
import os, time

def application(environ, start_response):
    if environ["PATH_INFO"] == "/never/":
        time.sleep(600)
    start_response("200 OK", [])
    return [str(os.getpid()).encode()]
"""
QUICK = 'workers, graceful_timeout, LONGEST_REQUEST, LOOK_EVERY, wsgi_app = 1, 1, 1, 0.1, "application"\n'


def ask(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_a_request_that_never_ends_costs_one_process_and_no_other_request(project_root: Path, tmp_path: Path) -> None:
    (tmp_path / "application.py").write_text(APPLICATION)
    (tmp_path / "gunicorn.conf.py").write_text((project_root / "gunicorn.conf.py").read_text() + QUICK)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-m", "gunicorn"],
        cwd=tmp_path,
        env={**os.environ, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = ""
    try:
        assert running.stdout
        while "Booting worker" not in said:
            said += running.stdout.readline()
        before = ask(port, "/")
        with socket.create_connection(("127.0.0.1", port)) as never:
            never.sendall(b"GET /never/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert ask(port, "/") == before, "other threads of the process answer"
            assert never.recv(10) == b"", "it was closed"
        after = before
        for _tenth in range(200):
            try:
                after = ask(port, "/")
            except OSError:
                time.sleep(0.1)
            if after != before:
                break
        assert after[0] == 200 and after[1] != before[1]
        assert ask(port, f"/{'x' * 5000}")[0] == 414
    finally:
        running.terminate()
    said += running.communicate(timeout=30)[0]
    assert "A request takes more than 1 s" in said and "time.sleep(600)" in said


def test_units_and_containers_run_what_make_serve_runs(project_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(project_root / "scripts")
    for module in ("environment", "processes", "serve"):
        sys.modules.pop(module, None)
    from serve import programs  # noqa: PLC0415 - a script, not a module of the site

    deploy = project_root / "deploy"
    containers = (deploy / "compose.yaml").read_text() + (deploy / "Dockerfile").read_text()
    for program in programs(Path("python"), "database"):
        command = [str(word) for word in program.command]
        unit = (deploy / "systemd" / f"site-{program.name}.service").read_text()
        assert re.search("^ExecStart=/srv/site/.venv/bin/(.*)$", unit, re.MULTILINE)[1] == " ".join(command)
        assert json.dumps(command) in containers
        assert f"\n  {program.name}:\n" in containers
    assert [program.name for program in programs(Path("python"), "at-once")] == ["web", "scheduler"]
