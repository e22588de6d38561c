"""Tasks of a day in the newsroom, done in a browser: how many screens and clicks each takes.

A screen is a load of a new page after the one that the task begins on (the dashboard, after login). A click is every
press of a mouse button, tap, or key that activates something; typing into a field that is there is none, choosing in
a list is two (open, choose). What is done stands in TASKS as a person would be told it: names of buttons and fields,
in Polish, as demo people see them. Where a name may differ between versions, it is a pattern; a step may be one that
only some versions ask for (`maybe`).

It serves a copy of the demo (var/, from `make run`) on 127.0.0.1, puts the database back before each task, and changes
nothing of the original. `newsroom_tasks.py review settings` does some tasks; ROOT_OF=/another/checkout counts there,
with this Python; SHOTS=/folder keeps a picture of every screen. The figures stand in docs/tasks.md.
"""

import os
import sys
from pathlib import Path
from typing import Any

from _tasks.run import ROOT, main
from _tasks.steps import (
    MENU,
    NEWEST_STATE,
    PHONE,
    Body,
    Choose,
    Click,
    Drag,
    Picture,
    Task,
    TranslateAll,
    Type,
    state_of,
)

# --- Proofs -----------------------------------------------------------------------------------

STEPS_TAKEN = """select count(*) from wagtailcore_taskstate where status = 'approved' and workflow_state_id =
    (select max(id) from wagtailcore_workflowstate where object_id =
    (select cast(id as text) from wagtailcore_page where draft_title like '{}%'))"""

FIRST_CHAPTER = """select count(*) from wagtailcore_page where title <> 'Po co nam KDO?' and path =
    (select min(path) from wagtailcore_page where length(path) = 16 and substr(path, 1, 12) =
    (select substr(path, 1, 12) from wagtailcore_page where title = 'Po co nam KDO?'))"""

LEDGER = "select act from approval_ledgerentry order by id desc"

# --- Tasks ------------------------------------------------------------------------------------

FOOTER = "footer, nav[aria-label*=stopka]"
OLDER_VERSION = "tbody tr:not(:has-text('Obecna wersja robocza'))"
HANDLE = "^(Przeciągnij|Przesuń|Zmień|Przenieś)"
EVENT_PL = "Piszemy wspólną opinię"
EVENT_EN = "Writing an opinion together"
HOUSE = "Dom Sąsiedzki „Podwórko” (miejsce przykładowe), sala na parterze, ul. Przykładowa 12, 30-000 Kraków"
DIFFERENT = "[data-different-that-day] .w-panel__header"
SEND = Click(r"^Wyślij (do|ponownie)", via="Więcej działań", via_inside=FOOTER, leaves=True)
AND_WHO_GETS_IT = Click(
    r"^Wyślij", inside="dialog[open], [role=dialog]:not([aria-hidden=true]), .modal", maybe=True, leaves=True
)
SENT = (SEND, AND_WHO_GETS_IT)
TO_EVENT = (Click("^Wydarzenia", inside=MENU, leaves=True), Click("^" + EVENT_PL, leaves=True))


EVENT = (
    Type("^Tytuł", "Spacer po podwórkach"),
    Type("^Wprowadzenie", "Zobaczymy pięć podwórek, które zmienili sami mieszkańcy."),
    Choose("^Rodzaj", "spotkanie"),
    Type("^Początek", "12.12.2026 11:00"),
    Type("^Koniec", "12.12.2026 13:00"),
    Choose("^Miejsce", HOUSE),
    Click("", roles=("button",), inside=DIFFERENT),
    Type("^Co jest inaczej", "Toaleta jest tego dnia po drugiej stronie podwórza."),
    Picture("Wybierz obraz", "^Opis alternatywny", "Podwórko z drzewami i ławką widziane z góry"),
    Body("Spotykamy się pod zegarem. Idziemy powoli, z przystankami na ławkach."),
)


def published(lead: str) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """What three people do so that the event has another introduction."""
    return (
        (
            "autorka",
            (
                *TO_EVENT,
                Type("^Wprowadzenie", lead),
                *SENT,
            ),
        ),
        ("redaktorka", (Click("^Sprawdź", row=EVENT_PL, leaves=True), Click("^Przekaż", leaves=True))),
        ("koordynatorka", (Click("^Zdecyduj", row=EVENT_PL, leaves=True), Click("^Zatwierdź", leaves=True))),
    )


LAWYER = "Piszemy opinię krok po kroku, tym razem z prawniczką."
WITH_LAWYER = published(LAWYER)
WITH_TYPO = published("Piszemy opinię krok po kroku, tym razem z prawniczka.")
TYPO = (
    *TO_EVENT,
    Type("^Wprowadzenie", LAWYER),
    Click(r"^Wyślij (do|ponownie)", via="Więcej działań", via_inside=FOOTER),
    Click("drobna poprawka", roles=("radio",)),
    AND_WHO_GETS_IT,
)


TASKS = (
    Task(
        "news",
        "autorka",
        (
            Click("Napisz aktualność", leaves=True),
            Type("^Tytuł", "Spotkanie o zieleni przy szkole"),
            Type("^Wprowadzenie", "Porozmawiamy o drzewach i ławkach wokół szkoły przy ulicy Podwórkowej."),
            Choose("^Rodzaj", "zaproszenie"),
            Picture("Wybierz obraz", "^Opis alternatywny", "Podwórko z drzewami i ławką widziane z góry"),
            Body("Zapraszamy w sobotę o 11.00. Spotkanie prowadzą sąsiadki i sąsiedzi z okolicy."),
            *SENT,
        ),
        state_of("Spotkanie o zieleni przy szkole"),
        "in_progress",
    ),
    Task(
        "review",
        "redaktorka",
        (
            Click("^Sprawdź", row="Bank Wspierania Partycypacji", leaves=True),
            Click("Otwórz w edytorze", leaves=True),
            Click("^(Pokaż lub ukryj komentarze|Komentarze)"),
            Click("^(Dodaj komentarz|Skomentuj)", inside="[id$=lead-section]"),
            Type("komentarz", "Dopiszmy numer telefonu.", maybe=True),
            Click("^(Komentarz|Dodaj|Dodaj komentarz|Skomentuj)$", inside=".comments-list, #comments, .comment"),
            Click("^(Przekaż do zatwierdzenia|Zobacz zmiany)", via="Więcej działań", via_inside=FOOTER, leaves=True),
            Click("^Przekaż do zatwierdzenia", inside=".modal, main:not(:has([data-edit-form]))", leaves=True),
        ),
        STEPS_TAKEN.format("Bank Wspierania Partycypacji: dyżury także wieczorem i przez telefon"),
        1,
    ),
    Task(
        "decide",
        "koordynatorka",
        (
            Click("^Zdecyduj", row="Kto jest sojuszniczką", leaves=True),
            Click("^Zatwierdź", leaves=True),
            Click("^(Zatwierdź|Opublikuj)", inside="dialog[open], [role=dialog]:not([aria-hidden=true])", maybe=True),
        ),
        state_of("Kto jest sojuszniczką lub sojusznikiem Twojego sąsiedztwa? Nabór zgłoszeń do gali"),
        "approved",
        PHONE,
    ),
    Task(
        "mend",
        "autorka",
        (
            Click("^Popraw", row="Relacja z wizyty studyjnej", leaves=True),
            Type("^Wprowadzenie", "Sześć osób pojechało do Wrocławia. Za wyjazd zapłaciła koalicja."),
            *SENT,
        ),
        state_of("Relacja z wizyty studyjnej: co podpatrzyliśmy we Wrocławiu"),
        "in_progress",
    ),
    Task(
        "translate",
        "tlumaczka",
        (
            Click("^Rozpocznij", leaves=True),
            TranslateAll(),
            Click("^Te fragmenty mają być takie same", roles=("checkbox",), maybe=True),
            *SENT,
        ),
        NEWEST_STATE,
        "in_progress",
    ),
    Task(
        "pair",
        "autorka",
        (
            Click("^Pisz dalej", row="Założenia do KDO", leaves=True),
            Click("drogę tekstu|^Droga tekstu"),
            Click("^Ustaw…", leaves=True),
            Click("8:00$", inside=".times__suggested", leaves=True),
        ),
        "select count(*) from approval_releaseitem where is_open and translation_of_id is not null",
        1,
    ),
    Task(
        "update",
        "tlumaczka",
        (
            Click("^Zaktualizuj", row=EVENT_EN, leaves=True),
            Type("^Wprowadzenie", "We write an opinion together, step by step, now with a lawyer.", maybe=True),
            Click("^(Zgadza się|Mówi to|Tłumaczenie (nadal )?pasuje|Zgodność)", roles=("checkbox",), maybe=True),
            *SENT,
        ),
        state_of(EVENT_EN),
        "in_progress",
        before=WITH_LAWYER,
    ),
    Task(
        "restore",
        "autorka",
        (
            *TO_EVENT,
            Click("^Historia", leaves=True),
            Click(
                "^(Sprawdź tę wersję|Przywróć)", via="^(Więcej opcji|Działania)", via_inside=OLDER_VERSION, leaves=True
            ),
            Click("^Zastąp obecną", maybe=True, leaves=True),
            *SENT,
        ),
        state_of(EVENT_PL),
        "in_progress",
        before=(
            *WITH_LAWYER,
            *published("Piszemy opinię krok po kroku, tym razem z radną."),
        ),
    ),
    Task(
        "undo",
        "koordynatorka",
        (
            *TO_EVENT,
            Click("^Przywróć poprzednią", via="Więcej działań", via_inside=FOOTER, leaves=True),
            Click("^Przywróć tę wersję", leaves=True),
        ),
        LEDGER,
        "restored",
        before=WITH_LAWYER,
    ),
    Task("typo", "autorka", TYPO, state_of(EVENT_PL), "in_progress", before=WITH_TYPO),
    Task(
        "agree",
        "redaktorka",
        (Click("^Zdecyduj", row=EVENT_PL, leaves=True), Click("^Zatwierdź", leaves=True)),
        LEDGER,
        "corrected",
        before=(*WITH_TYPO, ("autorka", TYPO)),
    ),
    Task(
        "time",
        "koordynatorka",
        (
            Click("^Zdecyduj", leaves=True),
            Click("8:00$", inside=".times__suggested", leaves=True),
            Click("^Zatwierdź na", leaves=True),
        ),
        LEDGER,
        "scheduled",
    ),
    Task(
        "house",
        "koordynatorka",
        (
            Click("^Teksty w toku", via="^Zestawienia", via_inside=MENU, inside=MENU, leaves=True),
            Click("^Zwrócono", inside=".counts", leaves=True),
        ),
        "select count(*) > 0 from wagtailcore_workflowstate where status = 'needs_changes'",
        1,
    ),
    Task(
        "reorder",
        "koordynatorka",
        (
            Click("^Katalog Wskazówek", inside=MENU, leaves=True),
            Click("olejność", inside="main", leaves=True),
            Drag(HANDLE),
        ),
        FIRST_CHAPTER,
        1,
        other_way=(
            Click("^Strony", inside=MENU),
            Click("^Zobacz podstrony „Koalicja", inside=MENU),
            Click("^Katalog Wskazówek$", inside="[role=dialog]", leaves=True),
            Click("^Zmień kolejność", via="^Działania", via_inside="main", leaves=True),
            Drag(HANDLE),
        ),
    ),
    Task(
        "event",
        "autorka",
        (
            Click("^(Dodaj|Napisz) wydarzenie", leaves=True),
            *EVENT,
            *SENT,
        ),
        state_of("Spacer po podwórkach"),
        "in_progress",
        other_way=(
            Click("^Wydarzenia", inside=MENU, leaves=True),
            Click("^Dodaj", inside="main", leaves=True),
            *EVENT,
            *SENT,
        ),
    ),
    Task(
        "pattern",
        "autorka",
        (
            Click("^Szkolenie$", inside=".patterns", leaves=True),
            Type("^Tytuł", "Rzecznictwo bez żargonu: grupa zimowa"),
            Type("^Początek", "12.12.2026 11:00"),
            Type("^Koniec", "12.12.2026 15:00"),
            *SENT,
        ),
        state_of("Rzecznictwo bez żargonu: grupa zimowa"),
        "in_progress",
    ),
    Task(
        "settings",
        "koordynatorka",
        (
            Click("^Ustawienia", inside=MENU),
            Click("^Nazwa, menu i stopka", inside=MENU, leaves=True),
            Click("^Koalicja na rzecz sąsiedztw", inside="main tbody", leaves=True),
            Type("^Telefon", "+48 12 111 22 33"),
            *SENT,
        ),
        """select status from wagtailcore_workflowstate where content_type_id =
            (select id from django_content_type where model = 'sitesettings') order by id desc""",
        "in_progress",
    ),
)

if __name__ == "__main__":
    sys.exit(main(TASKS, Path(os.environ.get("ROOT_OF") or ROOT), "pl-PL"))
