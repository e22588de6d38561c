"""The buttons under the editor, as a person presses them."""

from playwright.sync_api import Page


def press(page: Page, button: str) -> None:
    """Presses a button of the editor's footer, also one that is folded away, and waits for the answer."""
    found = _unfolded(page, button)
    with page.expect_navigation():
        found.click()


def write_body(page: Page, words: str) -> None:
    """Types into the text that a new page begins with."""
    page.locator("[data-contentpath=body] [contenteditable=true]").first.click()
    page.keyboard.type(words)
    page.wait_for_function(
        "words => [...document.querySelectorAll('[data-contentpath=body] input')]"
        ".some(one => one.value.includes(words))",
        arg=words,
    )


def send(page: Page) -> None:
    """Presses the button that sends, and the one in the dialogue that says who gets the text.

    Waits for a page that loads: a new text that saves itself meanwhile changes the address, which is a navigation, too.
    """
    page.locator("footer [data-a11y-dialog-show=send-dialog]").click()
    with page.expect_event("load"):
        page.locator("#send-dialog [name=action-submit]").click()


def approve(page: Page) -> None:
    """Goes from the editor to the page with the changes, and says yes there."""
    page.locator("footer a[href*='/decide/']").click()
    page.wait_for_url("**/decide/*/")
    with page.expect_navigation():
        page.locator("button[name=action][value=approve]").click()


def _unfolded(page: Page, button: str):
    found = page.locator(f"footer {button}").first
    if not found.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    return found
