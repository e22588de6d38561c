"""Words that say nothing of what a text is about, folded. A search leaves them out unless it has no others."""

_POLISH = """
    a aby albo ale ani az bez beda bedzie bo by byc byl byla bylo byly ci co czy czyli dla do dzis gdy gdzie go i ich
    ile im iz ja jak jaka jaki jakie jakies jako je jego jej jest jesli jestem ktora ktore ktorego ktory ktorych ktorzy
    ktos ku lub ma maja mam mi mnie moge moj moja moje mozna mozemy my na nad nam nas nasz nasza nasze nie niz no o od
    ona one oni ono oraz pan pani po pod poza przed przez przy sa sie skad swoj swoje ta tak takze tam te tego tej ten
    to toba tu ty tych tym u w we wiec z za ze zeby
"""
_ENGLISH = """
    a about am an and are as at be been but by can could did do does for from had has have he her his how i if in into
    is it its me my of on or our she should so than that the their them there these they this those to us was we were
    what when where which who why will with would you your
"""
STOP_WORDS = frozenset(f"{_POLISH} {_ENGLISH}".split())
"""Of both languages: on either site people ask in either."""
