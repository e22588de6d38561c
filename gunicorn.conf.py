"""How gunicorn serves the site: found by itself, because it is started in this folder (make serve, systemd, container).

BIND or PORT, WEB_CONCURRENCY (processes) and WEB_THREADS (requests at a time in each) come from the environment.
"""

import os
import signal
import sys
import threading
import time
import traceback

wsgi_app = "site_config.wsgi"
bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or '8000'}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS") or 4)

timeout = 60  # a process that doesn't answer its master is killed and replaced
graceful_timeout = 30  # for what is being answered when it is to end
keepalive = 5
max_requests, max_requests_jitter = 100_000, 20_000  # a kept page costs a third of a millisecond, so this is no hour
limit_request_line, limit_request_fields, limit_request_field_size = 4094, 64, 8190
control_socket_disable = True
if os.access("/dev/shm", os.W_OK):  # noqa: S108 - its pulse is a file, which must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108

LONGEST_REQUEST = 120
"""Seconds. `timeout` watches a process, not its threads: a request that never ends would hold one for good."""
LOOK_EVERY = 5
_begun: dict[int, float] = {}


def pre_request(worker, request):
    _begun[threading.get_ident()] = time.monotonic()


def post_request(worker, request, environ, response):
    _begun.pop(threading.get_ident(), None)


def post_worker_init(worker):
    threading.Thread(target=_watch, args=(worker,), name="longest request", daemon=True).start()


def _watch(worker):
    """Ends a process with a request that never ends, gracefully for all others; the log gets the place in the code."""
    while True:
        time.sleep(LOOK_EVERY)
        for thread, begun in list(_begun.items()):
            if time.monotonic() - begun > LONGEST_REQUEST:
                frame = sys._current_frames().get(thread)
                where = "".join(traceback.format_stack(frame)) if frame else ""
                worker.log.critical("A request takes more than %s s; this process ends.\n%s", LONGEST_REQUEST, where)
                os.kill(os.getpid(), signal.SIGTERM)
                time.sleep(graceful_timeout + LOOK_EVERY)
                os._exit(1)
