"""What must not go where operators' logs and error reports go: addresses, search words, keys, contents of rows."""

import re
from ipaddress import ip_address

PATTERNS = (
    (re.compile(r"[^\s<>\"'(),;:=/@]+(?:@|%40)[^\s<>\"'(),;:/@]+\.\w{2,}"), "[address]"),
    (re.compile(r"(?<=[\w/%.-])\?[^\s\"'<>)\]}]+"), "?[query]"),
    (re.compile(r"\b[0-9a-z]{1,13}-[0-9a-f]{32,}\b"), "[key]"),  # in links by mail: whoever has it may come in
    (re.compile(r"^(DETAIL:).*$", re.MULTILINE), r"\1 [row]"),  # PostgreSQL tells the whole row that it refuses
)
IP = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\w:])")


def without_personal_data(text: str) -> str:
    """`text` with e-mail and IP addresses, questions of addresses, keys and rows left out.

    Addresses of our own networks stay: they are those of servers.
    """
    for pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    return IP.sub(_without_reader, text)


def _without_reader(match: re.Match[str]) -> str:
    try:
        return "[ip]" if ip_address(match[0]).is_global else match[0]
    except ValueError:  # a time, a version
        return match[0]
