"""How languages write figures: months, numbers in letters, the signs between digits."""

from dataclasses import dataclass

SPACE = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]"
SIGNS = "II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI"
ROMAN = {sign: number for number, sign in enumerate(SIGNS.split(), 2)}


@dataclass(frozen=True)
class Writing:
    """How a language writes figures. `months`: a pattern for each; `number_words`: pattern → what it counts."""

    months: tuple[str, ...]
    number_words: dict[str, int]
    multiples: dict[str, int]
    thousands: str
    decimal: str
    unsure_months: frozenset[int] = frozenset()
    """Whose names are words of another meaning too."""


POLISH = Writing(
    months=(
        "stycz(?:eń|nia|niu|niem)",
        "lut(?:y|ego|emu|ym)",
        "mar(?:zec|ca|cu|cem)",
        "kwie(?:cień|tnia|tniu|tniem)",
        "maj(?:a|u|em)?",
        "czerw(?:iec|ca|cu|cem)",
        "lip(?:iec|ca|cu|cem)",
        "sierp(?:ień|nia|niu|niem)",
        "wrze(?:sień|śnia|śniu|śniem)",
        "październik(?:a|u|iem)?",
        "listopad(?:a|zie|em)?",
        "grud(?:zień|nia|niu|niem)",
    ),
    number_words={
        "(?:jeden|jedn(?:a|o|ego|ej|ą|ym|emu|ych)|pierwsz\\w+|raz)": 1,
        "(?:dw(?:a|ie|óch|om|oma|u|ojga|oje)|drug\\w+|ob(?:a|ie|u|ydw\\w+)|dwukrotnie|dwa\\w+)": 2,
        "(?:trz(?:y|ech|em|ema)|troje|trojga|trzec\\w+|trzy\\w+)": 3,
        "(?:czter(?:y|ech|em|ema)|czworo|czwart\\w+|cztero\\w+)": 4,
        "(?:pię(?:ć|ciu|cioma|cioro)|piąt(?:y|a|e|ego|ej|ym|ą)|pięcio\\w+)": 5,
        "(?:sześ(?:ć|ciu|cioma)|szóst\\w+|sześcio\\w+)": 6,
        "(?:siedem|siedmi\\w+|siódm\\w+)": 7,
        "(?:osiem|ośmi\\w+|ósm\\w+)": 8,
        "(?:dziewię(?:ć|ciu|cioma)|dziewiąt\\w+)": 9,
        "(?:dziesię(?:ć|ciu|cioma|cio\\w+)|dziesiąt\\w+)": 10,
        "jedenast\\w+": 11,
        "(?:dwunast\\w+|tuzin\\w*|w południe)": 12,
        "trzynast\\w+": 13,
        "czternast\\w+": 14,
        "(?:piętnast\\w+|kwadrans\\w*)": 15,
        "szesnast\\w+": 16,
        "siedemnast\\w+": 17,
        "osiemnast\\w+": 18,
        "dziewiętnast\\w+": 19,
        "(?:dwadzieścia|dwudziest\\w+)": 20,
        "(?:trzydzieści|trzydziest\\w+|pół godziny)": 30,
        "(?:czterdzieści|czterdziest\\w+)": 40,
        "pięćdziesi\\w+": 50,
        "sześćdziesi\\w+": 60,
        "(?:sto|stu|setk\\w+)": 100,
        "(?:dwieście|dwustu)": 200,
        "(?:tysiąc\\w*|tysięcy)": 1000,
        "(?:milion\\w*)": 1_000_000,
    },
    multiples={r"tys\.?|tysi(?:ąc\w*|ęcy)": 1000, r"mln|milion\w*": 1_000_000, r"mld|miliard\w*": 1_000_000_000},
    thousands=SPACE,
    decimal=",",
)
ENGLISH = Writing(
    months=(
        r"January|(?<=\d )Jan",
        r"February|(?<=\d )Feb",
        "March",
        r"April|(?<=\d )Apr",
        "May",
        "June",
        "July",
        r"August|(?<=\d )Aug",
        r"September|(?<=\d )Sept?",
        r"October|(?<=\d )Oct",
        r"November|(?<=\d )Nov",
        r"December|(?<=\d )Dec",
    ),
    number_words={
        "(?:one|once|first|single|a|an)": 1,
        "(?:two|twice|second|both|pair|couple|double)": 2,
        "(?:three|third|triple)": 3,
        "(?:four|fourth|quarter\\w*)": 4,
        "(?:five|fifth)": 5,
        "(?:six|sixth)": 6,
        "(?:seven|seventh)": 7,
        "(?:eight|eighth)": 8,
        "(?:nine|ninth)": 9,
        "(?:ten|tenth)": 10,
        "(?:eleven|eleventh)": 11,
        "(?:twelve|twelfth|dozen)": 12,
        "thirteen\\w*": 13,
        "(?:fourteen\\w*|fortnight\\w*)": 14,
        "fifteen\\w*|quarter of an hour": 15,
        "sixteen\\w*": 16,
        "seventeen\\w*": 17,
        "eighteen\\w*": 18,
        "nineteen\\w*": 19,
        "twent(?:y|ieth)": 20,
        "thirt(?:y|ieth)|half an hour": 30,
        "fort(?:y|ieth)": 40,
        "fift(?:y|ieth)": 50,
        "sixt(?:y|ieth)": 60,
        "hundred\\w*": 100,
        "two hundred": 200,
        "thousand\\w*": 1000,
        "million\\w*": 1_000_000,
    },
    multiples={r"thousand|k\b": 1000, r"million|m\b": 1_000_000, r"billion|bn\b": 1_000_000_000},
    thousands=rf"(?:,|{SPACE})",
    decimal=r"\.",
    unsure_months=frozenset({3, 5}),
)
WRITING = {"pl": POLISH, "en": ENGLISH}
