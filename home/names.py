"""Which names of people can be taken for one another."""

import unicodedata

from anyascii import anyascii

LETTERS = str.maketrans(
    "АВЕЅІЈКМНОРСТХУ" + "аеѕіјкморсух" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "οονρι",
    "ABESIJKMHOPCTXY" + "aesijkmopcyx" + "ABEZHIKMNOPTYX" + "oovpi",
)
"""Of other alphabets, to the Latin ones that they look like (Unicode TS 39). All others go by their sound."""
SIGNS = str.maketrans("0135l|!", "oiesiii")


def likeness(name: str) -> str:
    """The same for names that a reader can take for one another: other accents, alphabets, spaces, or another order."""
    latin = anyascii(unicodedata.normalize("NFKC", name).translate(LETTERS)).casefold().translate(SIGNS)
    plain = "".join(sign if sign.isalnum() else " " for sign in latin)
    return " ".join(sorted(plain.replace("rn", "m").replace("vv", "w").split()))
