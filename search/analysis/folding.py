"""Letters without what a keyboard may lack."""

import unicodedata

# Letters that Unicode does not take apart.
WHOLE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""What text that was pasted brings along inside words: places where they may be broken, and the like."""


def folded(text: str) -> str:
    """`text` in small letters without diacritics: "Łódź" is "lodz". Folded again, it stays as it is."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(INVISIBLE)).casefold().translate(WHOLE)
    return "".join(letter for letter in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(letter))
