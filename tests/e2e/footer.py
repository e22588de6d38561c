"""The buttons under the editor, as a person presses them."""

from playwright.sync_api import Page, expect


def press(page: Page, button: str) -> None:
    """Presses a button of the editor's footer, also one that is folded away, and waits for the answer."""
    found = _unfolded(page, button)
    with page.expect_navigation():
        found.click()


def approve(page: Page) -> None:
    """Presses the button of the step, and confirms in the dialogue that says what will happen."""
    _unfolded(page, "[data-workflow-action-name=approve]").click()
    confirm = page.locator(".modal-body [type=submit]").first
    expect(confirm).to_be_visible()
    with page.expect_navigation():
        confirm.click()


def _unfolded(page: Page, button: str):
    found = page.locator(f"footer {button}").first
    if not found.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    return found
