"""Words made comparable: what a reader types and what stands in a text become the same terms.

A library of its own: it knows neither Django nor the rest of this site. A term is an opaque string of `[a-z0-9]+`; two
words have one in common where one is a form of the other, with or without diacritics.

    >>> bool(terms("Podgórze", "pl") & terms("na Podgorzu", "pl"))
    True
    >>> bool(terms("6 stycznia", "pl") & terms("06.01.2027", "pl"))
    True

Whoever changes what comes out raises VERSION: an index remembers with which one it was made.
"""

from search.analysis.folding import folded
from search.analysis.words import Token, Word, terms, tokens, words_in

__all__ = ["VERSION", "Token", "Word", "folded", "terms", "tokens", "words_in"]

VERSION = 5
