"""The admin wears the coalition's name and mark wherever Wagtail would show its own."""

import re

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


def test_the_menu_says_no_version_of_a_program(client_as, koordynatorka):
    page = client_as(koordynatorka).get(reverse("wagtailadmin_home")).content.decode()
    assert "Ustawienia" in page
    assert "Wagtail v" not in page


def test_without_scripts_help_is_in_the_language_of_the_page(client, db):
    page = client.get(reverse("wagtailadmin_login")).content.decode()
    assert re.findall(r'<noscript.*?href="([^"]+)', page, re.S) == ["https://www.enable-javascript.com/pl/"]


def test_a_lost_address_in_the_admin(client_as, autorka):
    answer = client_as(autorka).get(reverse("wagtailadmin_home") + "nowhere/")
    assert answer.status_code == 404
    assert_ours(answer.content.decode())


def test_the_bar_over_the_public_page(client_as, autorka, live_page):
    page = client_as(autorka).get(live_page.url).content.decode()
    bar = page[page.index("wagtail-userbar-template") :]
    assert_ours(bar)
