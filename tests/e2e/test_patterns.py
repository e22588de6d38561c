"""The blocks of a new page are made by a script, also where a pattern fills them."""

from playwright.sync_api import expect

from news.models import NewsPage


def blocks(page: NewsPage) -> dict[str, str]:
    """Number and kind of each block, in their order."""
    return {block.id: block.block_type for block in page.body}


def test_a_page_that_begins_with_a_pattern_is_made_when_somebody_writes(page, log_in):
    example = NewsPage.objects.get(slug="abc-dla-ngo-piec-pytan")
    log_in("autorka")
    page.locator(".patterns").get_by_role("link", name="Relacja ze spotkania").click()
    expect(page.locator("#id_lead")).to_have_value(example.lead)
    assert not NewsPage.objects.filter(title="Spotkanie w czerwcu").exists()
    page.fill("#id_title", "Spotkanie w czerwcu")
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    expect(page.locator("footer [href*='save-pattern']")).to_be_attached()
    begun = NewsPage.objects.get(title="Spotkanie w czerwcu")
    assert list(blocks(begun).values()) == list(blocks(example).values())
    assert not blocks(begun).keys() & blocks(example).keys()
    assert begun.owner.username == "autorka"
