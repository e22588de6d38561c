"""Reading answers the way a person does."""

from django.http import HttpResponse

NBSP = "\N{NO-BREAK SPACE}"


def source(response: HttpResponse) -> str:
    """The HTML of an answer, with the no-break spaces of good typography as plain ones."""
    return response.content.decode().replace(NBSP, " ")
