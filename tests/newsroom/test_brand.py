"""The admin wears the coalition's name and mark wherever Wagtail would show its own."""

from django.urls import reverse

NAME = "Koalicja na rzecz sąsiedztw"
BIRD = 'class="icon-wagtail'


def assert_ours(page: str) -> None:
    assert "img/mark.svg" in page
    assert BIRD not in page


def test_the_door_and_the_first_screen(client, client_as, autorka):
    for browser, address in ((client, "wagtailadmin_login"), (client_as(autorka), "wagtailadmin_home")):
        page = browser.get(reverse(address)).content.decode()
        assert_ours(page)
        assert f"- {NAME}</title>" in page
        assert "img/favicon.svg" in page


def test_a_lost_address_in_the_admin(client_as, autorka):
    answer = client_as(autorka).get(reverse("wagtailadmin_home") + "nowhere/")
    assert answer.status_code == 404
    assert_ours(answer.content.decode())


def test_the_bar_over_the_public_page(client_as, autorka, live_page):
    page = client_as(autorka).get(live_page.url).content.decode()
    bar = page[page.index("wagtail-userbar-template") :]
    assert_ours(bar)
