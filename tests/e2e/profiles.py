"""Profiles of the browser: a test gets empty ones, and none of them loads all scripts of the admin again."""

import json
from collections import defaultdict

from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE = 15_000
"""Milliseconds that an action or an expectation may take: the machine has other work (scripts/run_tests.py)."""
STORED = "local_storage,indexeddb,service_workers,cache_storage"
REFUSED = "refused by the policy"
TELL_REFUSED = f"""document.addEventListener('securitypolicyviolation', (event) => console.error(
  `{REFUSED}: ${{event.effectiveDirective}} ${{event.blockedURI}} at ${{event.sourceFile}}:${{event.lineNumber}}, ` +
  `on ${{location.href}}`))"""
"""What the Content-Security-Policy keeps from a page, in any of its frames."""


class Profiles:
    """Those of one browser, by the options of `new_context`.

    What is used again is the cache for files: of the pages nothing is in it that need not be asked for again
    (site_config/middleware.py), and the static files are the same for all tests.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.idle: dict[str, list[BrowserContext]] = defaultdict(list)
        self.used: list[tuple[str, BrowserContext]] = []
        self.wrong: list[str] = []
        """What pages did that no page may do."""

    def page(self, options: dict[str, object]) -> Page:
        """A page in an empty profile; its `said` holds what it writes to the console."""
        key = json.dumps(options, sort_keys=True)
        context = self.idle[key].pop() if self.idle[key] else self._made(options)
        self.used.append((key, context))
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(f"{message.type}: {message.text}"))
        page.on("console", lambda message: message.text.startswith(REFUSED) and self.wrong.append(message.text))
        page.add_init_script(TELL_REFUSED)
        page.on("pageerror", lambda error: self.wrong.append(f"JavaScript error on {page.url}: {error}"))
        return page

    def empty(self) -> list[str]:
        """Ends what is open and forgets what it left; returns what was wrong since the last time."""
        for key, context in self.used:
            for page in context.pages:
                page.close()
            context.clear_cookies()
            blank = context.new_page()
            clear = {"origin": self.url, "storageTypes": STORED}
            context.new_cdp_session(blank).send("Storage.clearDataForOrigin", clear)
            blank.close()
            self.idle[key].append(context)
        wrong, self.used, self.wrong = self.wrong, [], []
        return wrong

    def _made(self, options: dict[str, object]) -> BrowserContext:
        context = self.browser.new_context(**{"base_url": self.url, "locale": "pl-PL", **options})
        context.set_default_timeout(PATIENCE)
        context.on(
            "request", lambda request: self._is_ours(request.url) or self.wrong.append(f"foreign: {request.url}")
        )
        return context

    def _is_ours(self, url: str) -> bool:
        return url.startswith((f"{self.url}/", "data:", "blob:", "about:"))
