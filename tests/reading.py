"""Reading answers the way a person does."""

import html
import re

from django.http import HttpResponse

WRITTEN_IN_JSON = re.compile(r"\\u([0-9a-f]{4})")
NBSP = "\N{NO-BREAK SPACE}"


def source(response: HttpResponse) -> str:
    """The HTML of an answer, with the no-break spaces of good typography as plain ones."""
    return response.content.decode().replace(NBSP, " ")


def admin_source(response: HttpResponse) -> str:
    """The HTML of an answer of the admin, where much of what people read is JSON for its scripts."""
    return WRITTEN_IN_JSON.sub(lambda match: chr(int(match[1], 16)), html.unescape(source(response)))
