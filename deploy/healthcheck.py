"""For a container: status 0 while the web answers at /health/live, asked by the public name of the site."""

import os
import sys
import urllib.request
from urllib.parse import urlsplit

port = os.environ.get("BIND", ":8000").rpartition(":")[2]
host = urlsplit(os.environ.get("SITE_URL", "")).netloc or "localhost"
question = urllib.request.Request(f"http://127.0.0.1:{port}/health/live", headers={"Host": host})
try:
    with urllib.request.urlopen(question, timeout=8) as answer:  # noqa: S310 - ours
        answer.read()
except OSError as error:
    sys.exit(f"The web doesn't answer: {error}")
