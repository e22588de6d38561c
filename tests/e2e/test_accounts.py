"""Signing in with more than a password, as people do it."""

import re
from collections.abc import Callable

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from playwright.sync_api import Page, expect

from home.models import User
from notifications import letters
from notifications.models import OutgoingMail

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_fingerprint(page: Page) -> None:
    """A device that knows its owner."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def enter(page: Page) -> None:
    page.get_by_label("Nazwa użytkownika lub adres e-mail").fill("autorka")
    page.get_by_label("Hasło").fill("demo")
    page.get_by_role("button", name="Zaloguj się").click()


def confirm(page: Page) -> None:
    page.get_by_label("Hasło").fill("demo")
    page.get_by_role("button", name="Potwierdź").click()


def sign_out(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")
    page.goto("/admin/")


def shows(page: Page, heading: str, axe: Callable[[Page], list[str]]) -> None:
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
    assert axe(page) == []


def dashboard(page: Page) -> None:
    expect(page.get_by_role("link", name="Napisz aktualność")).to_be_visible()


def test_a_passkey_is_added_and_then_opens_the_door_without_a_password(new_page, settings, axe):
    settings.SECOND_FACTOR_REQUIRED, settings.SECOND_FACTOR_GRACE_DAYS = True, 0
    page = new_page()
    with_fingerprint(page)
    page.goto("/admin/")
    shows(page, "Zaloguj się", axe)
    enter(page)
    shows(page, "Logowanie z drugim składnikiem", axe)
    page.get_by_role("link", name="Dodaj klucz").click()
    confirm(page)
    shows(page, "Dodaj klucz", axe)
    page.get_by_label("Bez hasła").check()
    page.get_by_role("button", name="Dodaj").click()
    shows(page, "Kody zapasowe", axe)
    page.goto("/admin/")
    dashboard(page)
    sign_out(page)
    page.get_by_role("button", name="Użyj klucza dostępu").click()
    dashboard(page)


def test_a_phone_is_set_up_and_lost(new_page, settings, axe):
    settings.SECOND_FACTOR_REQUIRED, settings.SECOND_FACTOR_GRACE_DAYS = True, 0
    page = new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.goto("/admin/")
    enter(page)
    page.get_by_role("link", name="Włącz aplikację").click()
    confirm(page)
    shows(page, "Włącz aplikację w telefonie", axe)
    secret = page.locator("#authenticator_secret").input_value()
    counter = list(yield_hotp_counters_from_time())[1]
    page.get_by_label("Kod").fill(format_hotp_value(hotp_value(secret, counter)))
    page.get_by_role("button", name="Włącz").click()
    shows(page, "Kody zapasowe", axe)
    codes = re.findall(r"\d{8}", page.locator("#recovery_codes").input_value())
    cache.clear()
    sign_out(page)
    enter(page)
    shows(page, "Drugi składnik logowania", axe)
    page.get_by_label("Kod").fill(codes[0])
    page.get_by_role("button", name="Zaloguj się").click()
    dashboard(page)


def test_somebody_is_invited_comes_and_leaves(new_page, log_in, axe):
    office = log_in("admin", new_page(), at="/admin/users/")
    office.get_by_role("link", name="Zaproś osobę").first.click()
    for label, value in (("Imię", "Nina"), ("Nazwisko", "Nowa"), ("Adres e-mail", "nina@koalicja.example")):
        office.get_by_label(label).fill(value)
    office.get_by_label("Autorki i autorzy").check()
    assert axe(office) == []
    office.get_by_role("button", name="Wyślij zaproszenie").click()
    expect(office.get_by_text("jeszcze nie przyjęte")).to_be_visible()
    mail = letters.message([OutgoingMail.objects.get(kind="invited")]).body
    page = new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.goto(re.search(r"/admin/invitation/\S+", mail)[0])
    shows(page, "Wybierz hasło", axe)
    for name in ("new_password1", "new_password2"):
        page.locator(f"[name={name}]").fill("podworko-z-lawka-7")
    page.get_by_role("button", name="Zapisz hasło").click()
    page.get_by_label("Nazwa użytkownika lub adres e-mail").fill("nina-nowa")
    page.get_by_label("Hasło").fill("podworko-z-lawka-7")
    page.get_by_role("button", name="Zaloguj się").click()
    dashboard(page)
    author = User.objects.get(username="autorka")
    office.goto(f"/admin/accounts/{author.pk}/leave/")
    office.get_by_label("Kto przejmie teksty i etapy").select_option("Nina Nowa")
    assert axe(office) == []
    office.get_by_role("button", name="Zamknij konto").click()
    expect(office.get_by_text("Zamknięto konto (Anna Autorska).")).to_be_visible()
    page.goto("/admin/")
    title = "Relacja z wizyty studyjnej: co podpatrzyliśmy we Wrocławiu"
    expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()
