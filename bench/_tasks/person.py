"""Somebody at a screen of the admin."""

import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Page

from _tasks.steps import Body, Choose, Click, Drag, Picture, Step, TranslateAll, Type

PASSWORD = "demo"  # noqa: S105 - the demo's public password
PATIENCE = 12_000
SHORT = 2_500
"""Milliseconds: for what must come, and for what only may."""


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
        page.locator("[name=password]").press("Enter")
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
