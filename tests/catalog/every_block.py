"""A chapter that holds every block of the handbook, as the form of the editor keeps them."""

from typing import Any

from catalog.models import ChapterPage
from catalog.notes import stored
from tests import factories

PL = {
    "timeline": {
        "title": "Droga wniosku",
        "steps": [
            {
                "title": "Zbierzcie inicjatorów",
                "who": "Wy: trzy organizacje",
                "time": "2–4 tygodnie",
                "purpose": "żeby wniosek był wspólny",
                "text": f"<p>Napiszcie do trzech organizacji.{stored('act')}</p>",
            },
            {"title": "Złóżcie wniosek", "who": "Jedna z organizacji", "time": "1 dzień", "purpose": "", "text": ""},
        ],
    },
    "checklist": {
        "title": "Zanim wyślecie wniosek",
        "intro": "Odhaczcie to, co już macie.",
        "items": [
            {"text": "Podpisali wszyscy inicjatorzy", "note": ""},
            {"text": "Cel mieści się w jednym zdaniu", "note": "Przeczytajcie je na głos sąsiadce."},
            {"text": "Jest osoba do kontaktu", "note": ""},
        ],
    },
    "worksheet": {
        "intro": "Wydrukujcie i uzupełnijcie razem.",
        "table": {
            "data": [
                ["Pytanie", "Odpowiedź", "Gdzie szukać"],
                ["Ilu inicjatorów potrzeba?", "", "regulamin KDO"],
                ["Kogo dotyczy problem?", "", "sąsiedzi, rada dzielnicy"],
            ],
            "table_caption": "Karta pracy: zanim zaczniecie",
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
        },
    },
    "comparison": {
        "table": {
            "data": [
                ["Cecha", "KDO", "RDPP", "Rada dzielnicy"],
                ["Kto powołuje", "Prezydent na wniosek", "Prezydent", "mieszkańcy w wyborach"],
                ["O czym rozmawia", "jeden temat", "współpraca z organizacjami", "sprawy dzielnicy"],
            ],
            "table_caption": "KDO, RDPP i rada dzielnicy",
            "table_header_choice": "both",
            "first_row_is_table_header": True,
            "first_col_is_header": True,
        },
    },
    "decision_tree": {
        "title": "Czy KDO to dobra droga?",
        "intro": "Dwa pytania, jedna odpowiedź.",
        "questions": [
            {
                "key": "q1",
                "text": "Czy sprawa dotyczy więcej niż jednej organizacji?",
                "answers": [
                    {"label": "Tak", "leads_to": "q2", "result": ""},
                    {"label": "Nie", "leads_to": "", "result": "<p>Napiszcie do rady dzielnicy.</p>"},
                ],
            },
            {
                "key": "q2",
                "text": "Czy rozmawialiście już z urzędem?",
                "answers": [
                    {"label": "Tak", "leads_to": "", "result": "<p>KDO to dobra droga.</p>"},
                    {"label": "Nie", "leads_to": "", "result": f"<p>Zacznijcie od rozmowy.{stored('act')}</p>"},
                ],
            },
        ],
    },
    "self_check": {
        "title": "Czy jesteście gotowi?",
        "intro": "",
        "questions": ["Macie co najmniej dwóch sojuszników?", "Umiecie nazwać problem jednym zdaniem?"],
        "results": [
            {"from_points": 0, "title": "Najpierw zbierzcie ludzi", "text": "<p>Zajrzyjcie do rozdziału 5.</p>"},
            {"from_points": 2, "title": "Możecie zaczynać", "text": ""},
        ],
    },
    "legal_timeline": {
        "title": "Skąd się wzięły KDO",
        "entries": [
            {"date": "2003", "title": "Ustawa o pożytku", "text": "", "source": "", "is_current": False},
            {
                "date": "26 września 2018",
                "title": "Regulamin KDO",
                "text": "<p>Uchwała Rady Miasta.</p>",
                "source": "https://www.bip.example.org/uchwala",
                "is_current": True,
            },
        ],
    },
    "callout": {"tone": "example", "title": "Jak zrobił to Wrocław", "text": "<p>Poszli na rozmowę we troje.</p>"},
    "accordion": [
        {"title": "Czy to kosztuje?", "text": "<p>Nie.</p>"},
        {"title": "Ile to trwa?", "text": "<p>Rok.</p>"},
    ],
    "steps": [{"title": "Pierwszy krok", "time": "tydzień 1", "text": "<p>Rozmowa.</p>"}],
}
EN = {
    "timeline": {
        "title": "The way of an application",
        "steps": [
            {
                "title": "Gather the initiators",
                "who": "You: three organisations",
                "time": "2–4 weeks",
                "purpose": "so that the application is shared",
                "text": f"<p>Write to three organisations.{stored('act')}</p>",
            },
        ],
    },
    "checklist": {
        "title": "Before you send the application",
        "intro": "",
        "items": [{"text": "All initiators have signed", "note": ""}, {"text": "One purpose", "note": "Aloud."}],
    },
    "worksheet": {
        "intro": "",
        "table": {
            "data": [["Question", "Answer"], ["How many initiators?", ""]],
            "table_caption": "Worksheet",
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
        },
    },
    "comparison": {
        "table": {
            "data": [["Feature", "KDO", "RDPP"], ["Subject", "one", "co-operation with organisations"]],
            "table_caption": "KDO and RDPP",
            "table_header_choice": "both",
            "first_row_is_table_header": True,
            "first_col_is_header": True,
        },
    },
    "decision_tree": {
        "title": "Is a KDO the right way?",
        "intro": "",
        "questions": [
            {
                "key": "q1",
                "text": "Does it concern several organisations?",
                "answers": [
                    {"label": "Yes", "leads_to": "", "result": "<p>Then it is.</p>"},
                    {"label": "No", "leads_to": "", "result": f"<p>Write to the district council.{stored('act')}</p>"},
                ],
            },
        ],
    },
    "self_check": {
        "title": "Are you ready?",
        "intro": "",
        "questions": ["Do you have allies?", "Can you name the problem?"],
        "results": [
            {"from_points": 0, "title": "Not yet", "text": ""},
            {"from_points": 2, "title": "Begin", "text": ""},
        ],
    },
    "legal_timeline": {
        "title": "Where KDOs come from",
        "entries": [
            {
                "date": "2018",
                "title": "Rules of procedure",
                "text": "",
                "source": "https://example.org",
                "is_current": True,
            }
        ],
    },
    "callout": {"tone": "example", "title": "How Wrocław did it", "text": "<p>Three people went together.</p>"},
    "accordion": [{"title": "Does it cost anything?", "text": "<p>No.</p>"}],
    "steps": [{"title": "The first step", "time": "week 1", "text": "<p>Talk.</p>"}],
}
WORDS = {
    "pl": (
        PL,
        "Wszystkie klocki",
        "Ustawa o działalności pożytku publicznego.",
        "Schemat drogi wniosku",
        "Od podwórka",
    ),
    "en": (
        EN,
        "Every block",
        "The act on public benefit activity.",
        "The way of an application, drawn",
        "From the yard",
    ),
}


def body(language: str, image: Any) -> list[tuple[str, Any]]:
    blocks, title, _note, caption, words = WORDS[language]
    image.contextual_alt_text = caption
    diagram = ("diagram", {"image": image, "caption": caption, "description": f"<p>{words}: {caption}.</p>"})
    return [("text", f"<h2>{title}</h2><p>{words}{stored('act')}.</p>"), *blocks.items(), diagram]


def chapter(language: str, image: Any) -> ChapterPage:
    _blocks, title, note, _caption, _words = WORDS[language]
    return factories.chapter(
        language=language,
        title=title,
        slug="wszystkie-klocki" if language == "pl" else "every-block",
        body=body(language, image),
        notes=[("note", {"key": "act", "text": f'<p>{note} <a href="https://example.org/">example.org</a></p>'})],
    )
