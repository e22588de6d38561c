"""Keys of rows as links, forms and addresses carry them: perhaps words, or numbers without end."""

from django.db.models import BigIntegerField


def is_key(value: object) -> bool:
    """Whether a row of the database may have the key `value`; nothing else is asked for, or made a number."""
    text = str(value)
    return len(text) < 20 and text.isdecimal() and int(text) <= BigIntegerField.MAX_BIGINT
