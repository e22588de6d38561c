"""What means the same: words and phrases by which a search finds what is written in others.

Some rows are built in (built_in.toml); upper layers add theirs by `register`. The rows are taken apart again only when
one of the providers answers others than the last time.
"""

from search.synonyms.lookup import Thesaurus, register, thesaurus
from search.synonyms.rows import Row

__all__ = ["Row", "Thesaurus", "register", "thesaurus"]
