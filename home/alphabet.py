"""Order by name: ą after a, ł after l, ź and ż at the end, the same in Python, SQLite and PostgreSQL.

No collation does that everywhere: SQLite has none, PostgreSQL's depend on how it was built, and the general one (DUCET)
takes ł for an l. So names are ordered by a key in which a letter's number is its place in the alphabet.
"""

from typing import Any

from django.db.models import CharField, Func, Value
from django.db.models.functions import Collate

# Polish and Ukrainian have no letter in common, and English none that isn't here: one table does for all.
LATIN = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
LIKE = dict(zip("áäčéěëíöőøřšúüůýž", "aaceeeiooorsuuuyz", strict=True))
"""Letters of neither: the mark changes nothing."""
SILENT = "„”“’‘\"'«»"
FROM_LATIN, FROM_CYRILLIC = 0x100, 0x400  # behind digits and signs, and in this order

_places = {letter: chr(FROM_LATIN + place) for place, letter in enumerate(LATIN)}
_places |= {letter: chr(FROM_CYRILLIC + place) for place, letter in enumerate(CYRILLIC)}
_places |= {letter: _places[plain] for letter, plain in LIKE.items()}
PLACES = _places | {letter.upper(): place for letter, place in _places.items()}
"""Letter, small or large → its place, as a character."""
_TABLE = str.maketrans({**PLACES, **dict.fromkeys(SILENT)})


def sort_key(words: str) -> str:
    """The key of `words`, for sorted()."""
    return words.translate(_TABLE)


def initial(words: str) -> str:
    """The letter under which `words` stand in a list by letter: "Ś" for „świetlica”; "#" for what begins with none."""
    first = words.lstrip(SILENT + " ")[:1].lower()
    letter = LIKE.get(first, first)
    return letter.upper() if letter in _places else "#"


class Alphabetical(Func):
    """`sort_key` of a column, for order_by()."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="alphabetical", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        signs, places = "".join(PLACES), "".join(PLACES.values())
        key = Func(*self.get_source_expressions(), Value(signs + SILENT), Value(places), function="translate")
        return Collate(key, "C").as_sql(compiler, connection)


def teach(connection: Any, **_signal: object) -> None:
    """Give a new SQLite connection the function that PostgreSQL has. Fits Django's `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("alphabetical", 1, _key_or_none, deterministic=True)


def _key_or_none(words: str | None) -> str | None:
    return None if words is None else sort_key(words)
