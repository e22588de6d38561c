"""E-mail addresses and telephone numbers in running text. Pure functions."""

import re

from home.text import E_MAIL

NUMBER = re.compile(
    r"""
    (?<![\w+-])(?<!\d[.,])                                # no part of a longer number, a date or a sum
    (?!(?<=\D/)\d{9})                                      # nor of a web address
    (?:
        (?:\(?(?:\+|00)?48\)?[\s.–-]?)?                   # Poland's, or none
        (?:
            (?:\(?0[\s-])?\(?\d{2}\)?[\s.–/-]?\d{3}[\s.–-]?\d{2}[\s.–-]?\d{2}   # (12) 616 19 00, (0-12) 616 19 00
          | \d{3}[\s.–/-]?\d{3}[\s.–/-]?\d{3}             # 600 100 200
        )
      | (?:\+|00)(?!48|0)\d{1,3}(?:[\s().–/-]{0,2}\d{2,4}){2,5}   # of another country
    )
    (?:[–/-]\d{1,2}(?!\d))?                                # the last digits of the next line
    (?!
        \w|-\d|[.,]\d
      | [^\S\n\f]\d{3}(?!\d|[^\S\n\f]?\d)                 # a fourth group of three: a sum
      | (?:[^\S\n\f]?[–-][^\S\n\f]?\d{1,3})?(?:[^\S\n\f]\d{3}){0,2}    # … to another sum
        [^\S\n\f](?:zł|PLN|EUR|euro|€|tys|mln|mld|osób|mieszk)
    )
    """,
    re.VERBOSE,
)


def without_contacts(text: str, instead: str = "…") -> str:
    """`text` with every e-mail address and telephone number left out.

    >>> without_contacts("Zadzwoń: 12 616-19-00 lub +48 600 100 200, napisz: anna.nowak@koalicja.example.")
    'Zadzwoń: … lub …, napisz: ….'
    >>> without_contacts("Nabór do 06.01.2027, 120 000 000 zł, KRS 0000123456, NIP 676-123-45-67")
    'Nabór do 06.01.2027, 120 000 000 zł, KRS 0000123456, NIP 676-123-45-67'
    """
    if "@" in text:
        text = E_MAIL.sub(instead, text)
    return NUMBER.sub(instead, text)
