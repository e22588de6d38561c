"""`make serve`: the site with production settings, under gunicorn (see docs/operators.md).

SECRET_KEY is needed; SITE_URL, ALLOWED_HOSTS, DATABASE_URL and the others as in .env.example. BIND=host:port or
PORT=… says where to listen (127.0.0.1:8000), WEB_CONCURRENCY=… how many processes answer.
"""

import os
import re
import subprocess
import sys

from console import Steps, stop
from environment import ROOT, compile_messages, prepare, variables

SHARED = re.compile(r"^\s*(?:STORAGE_URL=.|CACHE_URL=redis)", re.MULTILINE)
"""What several machines share, other than the database, needs packages of its own."""


def is_shared() -> bool:
    """Whether uploads or the cache are on another server, as the environment or the file `.env` says."""
    file = ROOT / ".env"
    said = [f"{name}={os.environ[name]}" for name in ("STORAGE_URL", "CACHE_URL") if name in os.environ]
    return SHARED.search("\n".join([*said, file.read_text() if file.exists() else ""])) is not None


def main() -> None:
    step = Steps(4)
    step("Packages")
    python = prepare("run", "production", *(["machines"] if is_shared() else []))
    compile_messages()
    environment = variables(DEBUG="0", WEB_CONCURRENCY="2")
    step("Settings")
    checked = subprocess.run(
        [python, "-c", "import site_config.settings"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if checked.returncode:
        stop(checked.stderr.strip().splitlines()[-1].partition(": ")[2])
    step("Static files and database")  # in this order: what is published at once draws its pictures with the files
    for command in (["manage.py", "collectstatic", "--noinput", "--verbosity", "0"], ["scripts/prepare_site.py"]):
        if subprocess.run([python, *command], cwd=ROOT, env=environment).returncode:
            stop(f"{command[0]} failed: the reason is above.")
    step("Server")
    bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or '8000'}"
    print(f"      listening on http://{bind}", flush=True)
    os.chdir(ROOT)
    arguments = ["-m", "gunicorn", "site_config.wsgi", "--bind", bind, "--no-control-socket"]
    os.execve(python, [str(python), *arguments], environment)  # noqa: S606 - signals then reach gunicorn itself


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
