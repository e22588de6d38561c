"""The one door of the admin: who knows the password gets in, who guesses is slowed down, and the log says who tried."""

import logging
import threading

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher, check_password
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts import hashers
from approval.roles import AUTHORS
from home.models import User
from site_config import settings as site_settings
from tests import factories
from tests.reading import source

pytestmark = pytest.mark.django_db

DOOR = "/admin/login/"
RIGHT = "demo"
HOSTS = ("localhost", "localhost:1", "LOCALHOST", "localhost:8000", "127.0.0.1")
OFFICE = "203.0.113.7"


@pytest.fixture
def author():
    return factories.person(AUTHORS, "autorka")


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "accounts.sign_in_log")
    return lambda: [one.getMessage() for one in caplog.records if one.name == "accounts.sign_in_log"]


def try_to_enter(login, password=RIGHT, address=OFFICE, host="localhost", **more):
    """The answer, and whether the admin is open afterwards."""
    client = Client(REMOTE_ADDR=address, SERVER_NAME=host.partition(":")[0], SERVER_PORT=host.partition(":")[2] or "80")
    answer = client.post(DOOR, {"username": login, "password": password, **more})
    return answer, client.get("/admin/").status_code == 200


def test_the_door_speaks_english_to_those_whose_browser_asks_for_it(client):
    page = source(client.get(DOOR, headers={"accept-language": "en-GB"}))
    assert "User name or e-mail address" in page
    assert '<html lang="en"' in page


def test_the_door_speaks_polish(client):
    page = source(client.get(reverse("wagtailadmin_login")))
    for words in ("Nazwa użytkownika lub adres e-mail", "Hasło", "Nie pamiętasz hasła?"):
        assert words in page
    assert "Password" not in page


@pytest.mark.parametrize("login", ["autorka", "zofia@koalicja.example", " Autorka ", "Zofia@Koalicja.example"])
def test_who_knows_the_password_gets_in_and_where_they_wanted(author, login):
    answer, is_in = try_to_enter(login, next="/admin/reports/")
    assert is_in
    assert answer.url == "/admin/reports/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "-1"])
def test_nobody_is_led_elsewhere(author, elsewhere):
    answer, is_in = try_to_enter("autorka", next=elsewhere)
    assert (is_in, answer.url) == (True, "/admin/")


@pytest.mark.parametrize("login", ["autorka", "zofia@koalicja.example", "nobody", "nobody@koalicja.example"])
def test_the_answer_does_not_say_who_is_there(author, login):
    answer, is_in = try_to_enter(login, "wrong")
    assert not is_in
    assert "Nazwa lub hasło się nie zgadza" in source(answer)


def test_guessing_stops_after_five_tries_for_that_account_alone(author):
    other = factories.person(AUTHORS, "sasiadka")
    other.email = "other@koalicja.example"
    other.save()
    for host, login in zip(HOSTS, ("autorka", "AUTORKA", "autorka ", "zofia@koalicja.example", "autorka"), strict=True):
        try_to_enter(login, "wrong", host=host)
    answer, is_in = try_to_enter("autorka")
    assert not is_in, "sixty wrong ones and then the right one"
    assert "Za dużo prób" in source(answer)
    assert not try_to_enter("AUTORKA ", address="198.51.100.1")[1], "another way to write it, from elsewhere"
    assert try_to_enter("sasiadka")[1], "who sits in the same office"
    cache.clear()  # five minutes later
    assert try_to_enter("autorka")[1]


def test_the_log_says_who_tried_and_from_where_and_no_password(author, lines):
    try_to_enter("autorka")
    try_to_enter("zofia@koalicja.example", "hunter2")
    try_to_enter("hunter2", "autorka")
    for _try in range(6):
        try_to_enter("autorka", "hunter2")
    assert lines()[:3] == [
        f"Sign-in succeeded: account=autorka address={OFFICE}",
        f"Sign-in failed: account=autorka address={OFFICE}",
        f"Sign-in failed: account=- address={OFFICE}",
    ]
    assert lines()[-1] == f"Sign-in refused: account=autorka address={OFFICE}"
    assert not [line for line in lines() if "hunter2" in line]


@pytest.mark.parametrize(
    ("direct", "forwarded", "seen"),
    [
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("127.0.0.1", "made up", "127.0.0.1"),
        ("", "203.0.113.9", "203.0.113.9"),
        ("::ffff:10.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("localhost", "", "127.0.0.1"),
    ],
)
def test_an_address_is_what_our_proxy_says_and_not_the_reader(author, lines, direct, forwarded, seen):
    client = Client(REMOTE_ADDR=direct, headers={"x-forwarded-for": forwarded})
    client.post(DOOR, {"username": "autorka", "password": "demo"})
    assert lines() == [f"Sign-in succeeded: account=autorka address={seen}"]


def test_an_old_password_is_kept_the_new_way_once_it_was_used(author, settings):
    """On one core, and one at a time: readers don't wait for eight who sign in."""
    settings.PASSWORD_HASHERS = site_settings.PASSWORD_HASHERS
    pbkdf2, argon2 = PBKDF2PasswordHasher(), Argon2PasswordHasher()
    for before in (pbkdf2.encode("demo", pbkdf2.salt(), iterations=1000), argon2.encode("demo", argon2.salt())):
        User.objects.update(password=before)
        assert try_to_enter("autorka")[1]
        kept = User.objects.get().password
        assert kept.startswith("argon2$argon2id$v=19$m=102400,t=2,p=1$"), before
    checking = threading.Thread(target=check_password, args=("demo", kept), daemon=True)
    with hashers._turn:
        checking.start()
        checking.join(0.3)
        assert checking.is_alive()
    checking.join(20)
    assert not checking.is_alive()


def test_who_has_left_stays_outside_and_nobody_learns_that_the_password_was_right(author):
    User.objects.update(is_active=False)
    answer, is_in = try_to_enter("autorka")
    assert not is_in
    assert "Nazwa lub hasło się nie zgadza" in source(answer)


def test_whoever_may_not_enter_is_not_led_in_circles(client):
    reader = User.objects.create_user("czytelnik", password=RIGHT)
    client.force_login(reader)
    door = client.get("/admin/").url
    assert "Zaloguj się" in source(client.get(door)), "as somebody else"
    client.force_login(factories.person(AUTHORS))
    assert client.get(f"{DOOR}?next=/admin/reports/").url == "/admin/reports/"
    assert "Zaloguj się" in source(client.get(f"{DOOR}?next=/aktualnosci/dla-innych/"))


def test_nobody_makes_an_account_by_themselves(client):
    for name in ("account_signup", "account_email", "account_reset_password", "mfa_signup_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_asking_for_new_passwords_stops_too(author, mailoutbox):
    client = Client(REMOTE_ADDR=OFFICE)
    answers = [client.post("/admin/password_reset/", {"email": author.email}).status_code for _try in range(21)]
    assert answers[0] == 302
    assert answers[-1] == 429


def test_signing_out_everywhere_else(author):
    here, there = Client(), Client()
    for client in (here, there):
        client.post(DOOR, {"username": "autorka", "password": "demo"})
    page = source(here.get("/admin/account/sessions/"))
    assert page.count("127.0.0.1") == 2
    here.post("/admin/account/sessions/")
    assert here.get("/admin/").status_code == 200
    assert there.get("/admin/").status_code == 302
