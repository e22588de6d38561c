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
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.rig import browser as rig  # noqa: E402 - the path to it comes first

PASSWORD = "demo"  # noqa: S105 - the demo's public password
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PATIENCE = 12_000
SHORT = 2_500
"""Milliseconds: for what must come, and for what only may."""

# --- Steps ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Click:
    """Press what is called `name`. `via`: pressed first where that isn't on the screen. `inside`: a CSS selector.

    `maybe`: only some versions ask for it. `row`: what stands beside it in its row or list item.
    """

    name: str
    roles: tuple[str, ...] = ("button", "link", "menuitem", "checkbox", "radio", "tab", "option")
    via: str = ""
    via_inside: str = "body"
    inside: str = "body"
    row: str = ""
    maybe: bool = False
    leaves: bool = False
    """It leads to another page: wait for that."""


@dataclass(frozen=True)
class Type:
    """Words into the field with this label (a pattern)."""

    label: str
    words: str
    maybe: bool = False


@dataclass(frozen=True)
class Choose:
    """An option of a drop-down list."""

    label: str
    option: str


@dataclass(frozen=True)
class Body:
    """A paragraph into the body: into the editor that is there, else into a block that is inserted."""

    words: str


@dataclass(frozen=True)
class Picture:
    """The first picture of the library, with a description."""

    button: str
    label: str
    words: str


@dataclass(frozen=True)
class TranslateAll:
    """Words into every field of the editor of segments, with the signs of links that the original has."""


@dataclass(frozen=True)
class Drag:
    """The handle of the first row of a list below the second row."""

    handle: str


Step = Click | Type | Choose | Body | Picture | TranslateAll | Drag


@dataclass(frozen=True)
class Task:
    """`proof`: a query that tells that the task is done, by the value `expected` in its first row."""

    name: str
    words: str
    person: str
    steps: tuple[Any, ...]
    proof: str
    expected: Any
    screen: dict[str, int] = field(default_factory=lambda: DESK)
    before: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    """What others did first: person and steps, which aren't counted."""
    other_way: tuple[Any, ...] = ()
    """Steps for a version in which `steps` don't lead there."""


# --- Proofs -----------------------------------------------------------------------------------

STATE = """select status from wagtailcore_workflowstate where object_id =
    (select cast(id as text) from wagtailcore_page where draft_title like '{}%') order by id desc"""
STEPS_TAKEN = """select count(*) from wagtailcore_taskstate where status = 'approved' and workflow_state_id =
    (select max(id) from wagtailcore_workflowstate where object_id =
    (select cast(id as text) from wagtailcore_page where draft_title like '{}%'))"""

NEWEST_STATE = "select status from wagtailcore_workflowstate order by id desc"
FIRST_CHAPTER = """select count(*) from wagtailcore_page where title <> 'Po co nam KDO?' and path =
    (select min(path) from wagtailcore_page where length(path) = 16 and substr(path, 1, 12) =
    (select substr(path, 1, 12) from wagtailcore_page where title = 'Po co nam KDO?'))"""

# --- Tasks ------------------------------------------------------------------------------------

FOOTER = "footer, nav[aria-label*=stopka]"
MENU = "#wagtail-sidebar"
OLDER_VERSION = "tbody tr:not(:has-text('Obecna wersja robocza'))"
HANDLE = "^(Przeciągnij|Przesuń|Zmień|Przenieś)"
EVENT_PL = "Piszemy wspólną opinię"
EVENT_EN = "Writing an opinion together"
FACTS = (
    "Wejście bez stopni",
    "Winda",
    "Dostępna toaleta",
    "Pętla",
    "Tłumaczenie na polski",
    "Napisy",
    "Audiodeskrypcja",
    "Pokój wyciszenia",
    "Wstęp z psem",
    "Kącik",
    "Materiały w tekście",
)
SEND = Click(r"^Wyślij (do|ponownie)", via="Więcej działań", via_inside=FOOTER, leaves=True)
AND_WHO_GETS_IT = Click(
    r"^Wyślij", inside="dialog[open], [role=dialog]:not([aria-hidden=true]), .modal", maybe=True, leaves=True
)
SENT = (SEND, AND_WHO_GETS_IT)


EVENT = (
    Type("^Tytuł", "Spacer po podwórkach"),
    Type("^Wprowadzenie", "Zobaczymy pięć podwórek, które zmienili sami mieszkańcy."),
    Choose("^Rodzaj", "spotkanie"),
    Type("^Początek", "12.12.2026 11:00"),
    Type("^Koniec", "12.12.2026 13:00"),
    Type("^Nazwa miejsca", "Dom Sąsiedzki"),
    Type("^Adres$", "ul. Podwórkowa 7, Kraków"),
    Picture("Wybierz obraz", "^Opis alternatywny", "Podwórko z drzewami i ławką widziane z góry"),
    Body("Spotykamy się pod zegarem. Idziemy powoli, z przystankami na ławkach."),
    *(Choose(f"^{fact}", "nie" if fact == "Winda" else "tak") for fact in FACTS),
)


def published(lead: str) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """What three people do so that the event has another introduction."""
    return (
        (
            "autorka",
            (
                Click("^Wydarzenia", inside=MENU, leaves=True),
                Click("^" + EVENT_PL, leaves=True),
                Type("^Wprowadzenie", lead),
                *SENT,
            ),
        ),
        ("redaktorka", (Click("^Sprawdź", row=EVENT_PL, leaves=True), Click("^Przekaż", leaves=True))),
        ("koordynatorka", (Click("^Zdecyduj", row=EVENT_PL, leaves=True), Click("^Zatwierdź", leaves=True))),
    )


TASKS = (
    Task(
        "news",
        "Write a news item with a picture and send it",
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
        STATE.format("Spotkanie o zieleni przy szkole"),
        "in_progress",
    ),
    Task(
        "review",
        "Review: a comment at a place in the text, then pass it on",
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
        "Decide on a phone",
        "koordynatorka",
        (
            Click("^Zdecyduj", row="Kto jest sojuszniczką", leaves=True),
            Click("^Zatwierdź", leaves=True),
            Click("^(Zatwierdź|Opublikuj)", inside="dialog[open], [role=dialog]:not([aria-hidden=true])", maybe=True),
        ),
        STATE.format("Kto jest sojuszniczką lub sojusznikiem Twojego sąsiedztwa? Nabór zgłoszeń do gali"),
        "approved",
        PHONE,
    ),
    Task(
        "mend",
        "Mend what was returned, and send it again",
        "autorka",
        (
            Click("^Popraw", row="Relacja z wizyty studyjnej", leaves=True),
            Type("^Wprowadzenie", "Sześć osób pojechało do Wrocławia. Za wyjazd zapłaciła koalicja."),
            *SENT,
        ),
        STATE.format("Relacja z wizyty studyjnej: co podpatrzyliśmy we Wrocławiu"),
        "in_progress",
    ),
    Task(
        "translate",
        "Translate a page and send it",
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
        "update",
        "Update a translation whose original has changed",
        "tlumaczka",
        (
            Click("^Uaktualnij", row=EVENT_EN, leaves=True),
            Type("^Wprowadzenie", "We write an opinion together, step by step, now with a lawyer.", maybe=True),
            Click("^(Zgadza się|Mówi to|Tłumaczenie (nadal )?pasuje|Zgodność)", roles=("checkbox",), maybe=True),
            *SENT,
        ),
        STATE.format(EVENT_EN),
        "in_progress",
        before=published("Piszemy opinię krok po kroku, tym razem z prawniczką."),
    ),
    Task(
        "restore",
        "Bring an older version of a public page back",
        "autorka",
        (
            Click("^Wydarzenia", inside=MENU, leaves=True),
            Click("^" + EVENT_PL, leaves=True),
            Click("^Historia", leaves=True),
            Click(
                "^(Sprawdź tę wersję|Przywróć)", via="^(Więcej opcji|Działania)", via_inside=OLDER_VERSION, leaves=True
            ),
            Click("^Zastąp obecną", maybe=True, leaves=True),
            *SENT,
        ),
        STATE.format(EVENT_PL),
        "in_progress",
        before=(
            *published("Piszemy opinię krok po kroku, tym razem z prawniczką."),
            *published("Piszemy opinię krok po kroku, tym razem z radną."),
        ),
    ),
    Task(
        "reorder",
        "Change the order of chapters",
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
        "Add an event with a picture and all that is known about access, and send it",
        "autorka",
        (
            Click("^(Dodaj|Napisz) wydarzenie", leaves=True),
            *EVENT,
            *SENT,
        ),
        STATE.format("Spacer po podwórkach"),
        "in_progress",
        other_way=(
            Click("^Wydarzenia", inside=MENU, leaves=True),
            Click("^Dodaj", inside="main", leaves=True),
            *EVENT,
            *SENT,
        ),
    ),
    Task(
        "settings",
        "Change the telephone number in the footer",
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


# --- A person at a screen -----------------------------------------------------------------------


class Person:
    """Counts what they do."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.screens = self.clicks = 0
        page.set_default_timeout(PATIENCE)
        page.on("domcontentloaded", self._count)
        page.on("dialog", lambda dialog: dialog.accept())

    def _count(self, _page: Page) -> None:
        self.screens += 1
        if folder := os.environ.get("SHOTS"):
            with suppress(Error):
                self.page.screenshot(path=Path(folder) / f"{self.name}-{self.screens}.png")

    def log_in(self, base: str, username: str) -> None:
        """As on any day but the first: the tour is skipped. Nothing of this is counted."""
        page = self.page
        page.goto(f"{base}/admin/")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[type=submit]").click()
        page.wait_for_url(f"{base}/admin/")
        if page.locator("dialog.tour[open]").count():
            page.keyboard.press("Escape")
        page.wait_for_timeout(500)
        self.screens = self.clicks = 0

    def do_all(self, steps: tuple[Step, ...]) -> None:
        for step in steps:
            try:
                self.do(step)
            except Error as error:
                raise LookupError(f"{self.name}, after {self.clicks} clicks, at {step}: {error}") from error

    def do(self, step: Step) -> None:
        match step:
            case Click():
                self._click(step)
            case Type():
                target = self._field(step.label)
                if not step.maybe or self._comes(target):
                    self._shown(target).fill(step.words)
            case Choose():
                self._shown(self._field(step.label)).select_option(step.option)
                self.clicks += 2
            case Body():
                self._write_body(step.words)
            case Picture():
                self._press(self.page.get_by_role("button", name=step.button))
                self._press(self.page.locator(".image-choice, [data-chooser-modal-choice]"))
                self.page.locator(".modal.in, .modal.show").wait_for(state="hidden")
                self._shown(self._field(step.label)).fill(step.words)
            case TranslateAll():
                for each in self.page.locator("main textarea:visible").all():
                    original = each.locator("xpath=ancestor::li").inner_text().split("Zachowaj to,")[0]
                    each.fill("words".join(["Translated ", *re.findall("<[^<>]+>", original), "."]))
            case Drag():
                rows = self.page.locator("tbody tr")
                handle = rows.nth(0).get_by_role("button", name=re.compile(step.handle))
                self._shown(handle).drag_to(rows.nth(1), target_position={"x": 30, "y": 35})
                self.clicks += 1
                self._rest()

    def arrived(self, ask: Callable[[], Any], expected: Any) -> Any:
        """What `ask` finds once it is `expected`, or in the end; the page that comes then has come, and is counted."""
        deadline = time.monotonic() + PATIENCE / 1000
        while (found := ask()) != expected and time.monotonic() < deadline:
            self.page.wait_for_timeout(200)
        with suppress(Error):
            self.page.wait_for_load_state("networkidle")
        return found

    def _target(self, step: Click) -> Locator:
        name = re.compile(step.name)
        scope: Any = self.page.locator(step.inside)
        if step.row:
            scope = self.page.locator("li, tr").filter(has_text=step.row)
        target = scope.get_by_role(step.roles[0], name=name)
        for role in step.roles[1:]:
            target = target.or_(scope.get_by_role(role, name=name))
        return target

    def _click(self, step: Click) -> None:
        target = self._target(step)
        if step.maybe and not self._comes(target):
            return
        if step.via and not self._comes(target):
            self._press(self.page.locator(step.via_inside).get_by_role("button", name=re.compile(step.via)))
        here = self.page.url
        seen = self.screens
        self._press(target)
        if step.leaves:
            deadline = time.monotonic() + SHORT / 1000
            while self.screens == seen and self.page.url == here and time.monotonic() < deadline:
                self.page.wait_for_timeout(100)
        self._rest()

    def _write_body(self, words: str) -> None:
        section = self.page.locator("[id$=body-section]")
        editor = section.locator("[contenteditable=true]")
        if not self._comes(editor):
            self._press(section.get_by_role("button", name=re.compile("Wstaw blok|Zacznij|Insert a block")))
            option = self.page.get_by_role("option", name=re.compile("^Tekst"))
            if not self._comes(editor) and self._comes(option):
                self._press(option)
        self._shown(editor).click()  # the place to type in: no press of a button
        self.page.keyboard.type(words)

    def _field(self, label: str) -> Locator:
        name = re.compile(label)
        fields = [self.page.get_by_role(role, name=name) for role in ("textbox", "combobox", "spinbutton")]
        return fields[0].or_(fields[1]).or_(fields[2])

    def _press(self, target: Locator) -> None:
        self._shown(target).click()
        self.clicks += 1

    def _shown(self, target: Locator) -> Locator:
        """The first that is on the screen."""
        visible = target.filter(visible=True).first
        visible.wait_for()
        return visible

    def _comes(self, target: Locator) -> bool:
        """Whether it is there, or comes soon."""
        try:
            target.filter(visible=True).first.wait_for(timeout=SHORT)
        except Error:
            return False
        return True

    def _rest(self) -> None:
        """Until the page has come, and what was typed is saved."""
        self.page.wait_for_load_state("domcontentloaded")
        self.page.wait_for_timeout(700)


# --- The site -------------------------------------------------------------------------------------


class Site:
    """A copy of the site in `root`, served on a free port."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.kept, self.database = folder / "kept.sqlite3", folder / "site.sqlite3"
        with sqlite3.connect(root / "var" / "db.sqlite3") as source, sqlite3.connect(self.kept) as copy:
            source.backup(copy)
        shutil.copytree(root / "var" / "media", folder / "media")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SITE_DATABASE": str(self.database),  # what stock_wagtail_tasks.py reads
            "MEDIA_ROOT": str(folder / "media"),
            "EMAIL_URL": "dummymail://",
            "SITE_URL": self.base,
            "PYTHONWARNINGS": "ignore",
        }
        self.put_back()
        self._manage("migrate", "--verbosity=0", "--skip-checks")
        with sqlite3.connect(self.database) as source, sqlite3.connect(self.kept) as copy:
            source.backup(copy)

    def _manage(self, *words: str) -> None:
        subprocess.run([sys.executable, "manage.py", *words], cwd=self.root, env=self.environment, check=True)

    def put_back(self) -> None:
        """The database as it was; SQLite waits for who is still at it."""
        with sqlite3.connect(self.kept) as source, sqlite3.connect(self.database, timeout=30) as site:
            source.backup(site)

    def ask(self, query: str) -> Any:
        """The first value of the first row, None for no row."""
        with sqlite3.connect(self.database) as database:
            row = database.execute(query).fetchone()
        return row and row[0]

    @contextmanager
    def served(self) -> Iterator[None]:
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{self.port}", "--noreload"]
        log = (self.database.parent / "server.log").open("w")
        server = subprocess.Popen(command, cwd=self.root, env=self.environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 120
            while time.monotonic() < deadline and server.poll() is None:
                with suppress(OSError, urllib.error.URLError), urllib.request.urlopen(self.base):  # noqa: S310 - our own
                    break
                time.sleep(0.3)
            yield
        finally:
            server.terminate()
            server.wait()


def counted(task: Task, site: Site, new_page: Callable[..., Page]) -> tuple[int, int]:
    """Screens and clicks of `task`, which must end with its proof."""
    try:
        return done(task, task.steps, site, new_page)
    except LookupError:
        if not task.other_way:
            raise
        return done(task, task.other_way, site, new_page)


def done(task: Task, steps: tuple[Step, ...], site: Site, new_page: Callable[..., Page]) -> tuple[int, int]:
    site.put_back()
    for username, others in task.before:
        helper = Person(new_page(DESK), f"{task.name}-before-{username}")
        helper.log_in(site.base, username)
        helper.do_all(others)
        helper.page.context.close()
    person = Person(new_page(task.screen), task.name)
    person.log_in(site.base, task.person)
    try:
        person.do_all(steps)
        found = person.arrived(lambda: site.ask(task.proof), task.expected)
        if found != task.expected:
            raise LookupError(f"after all steps {found!r} instead of {task.expected!r}")
    except LookupError:
        if folder := os.environ.get("SHOTS"):
            person.page.screenshot(path=Path(folder) / f"{task.name}-failed.png")
        raise
    finally:
        person.page.context.close()
    return person.screens, person.clicks


def main(tasks: tuple[Task, ...], root: Path, language: str) -> int:
    """Does the tasks that the command line names (all by default) with the site in `root`; the exit status."""
    wanted = sys.argv[1:] or [task.name for task in tasks]
    if unknown := set(wanted) - {task.name for task in tasks}:
        print(f"No such task: {', '.join(sorted(unknown))}. There are: {', '.join(task.name for task in tasks)}.")
        return 2
    if not (root / "var" / "db.sqlite3").exists():
        print("There is no demo yet: start `make run` once.")
        return 2
    failed = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(root, Path(folder))
        browser = playwright.chromium.launch(executable_path=rig.installed(), args=list(rig.FLAGS))

        def new_page(screen: dict[str, int]) -> Page:
            return browser.new_context(viewport=screen, locale=language).new_page()

        with site.served():
            for task in tasks:
                if task.name not in wanted:
                    continue
                try:
                    screens, clicks = counted(task, site, new_page)
                    line = f"{screens} / {clicks}"
                except LookupError as error:
                    failed, line = 1, f"not done: {error}"
                print(f"{task.name:10} {line:10} {task.words}", flush=True)
        browser.close()
    return failed


if __name__ == "__main__":
    sys.exit(main(TASKS, Path(os.environ.get("ROOT_OF") or ROOT), "pl-PL"))
