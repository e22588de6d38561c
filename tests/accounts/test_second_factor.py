"""The second factor: asked of all staff, set up in two minutes, and no way around it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from approval.roles import AUTHORS
from tests import factories
from tests.reading import source

pytestmark = pytest.mark.django_db

DOOR = "/admin/login/"
SET_UP = "/admin/account/second-factor/"
CONFIRM = "/admin/account/confirm/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED, settings.SECOND_FACTOR_GRACE_DAYS = True, 0


@pytest.fixture
def author():
    return factories.person(AUTHORS, "autorka")


def enter(**answers):
    """A browser in which the password was right, and then the code where one is given."""
    client = Client()
    client.post(DOOR, {"login": "autorka", "password": "demo"})
    if answers:
        client.post(f"{SET_UP}authenticate/", answers)
    return client


def is_in(client):
    return client.get("/admin/").status_code == 200


def code_of(secret, step=0):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())) + step))


def set_up(client):
    """As somebody does it with a phone: the password once more, then the first code. The secret."""
    assert client.get(f"{SET_UP}totp/activate/").url.startswith(CONFIRM)
    client.post(CONFIRM, {"password": "demo"})
    page = client.get(f"{SET_UP}totp/activate/").text
    secret = re.search(r'id="authenticator_secret"[^>]* value="([A-Z2-7]+)"', page)[1]
    client.post(f"{SET_UP}totp/activate/", {"code": code_of(secret)})
    return secret


def test_who_has_none_sets_one_up_before_anything_else(author):
    client = enter()
    for address in ("/admin/", "/admin/pages/", "/admin/account/", "/admin/account/sessions/", "/admin/reports/"):
        assert client.get(address).url == SET_UP
    assert client.post("/admin/pages/1/delete/").url == SET_UP
    assert "Logowanie z drugim składnikiem" in source(client.get(SET_UP))
    set_up(client)
    assert is_in(client)


def test_from_then_on_the_password_alone_opens_nothing(author):
    secret = set_up(enter())
    client = enter()
    assert not is_in(client)
    for wrong in ("000000", "", "abc"):
        assert not is_in(enter(code=wrong))
    cache.clear()
    client = enter(code=code_of(secret, step=1))
    assert is_in(client)
    assert not is_in(enter(code=code_of(secret, step=1))), "a code is good once"


def test_guessing_codes_stops(author):
    secret = set_up(enter())
    cache.clear()
    client = enter()
    for _try in range(5):
        client.post(f"{SET_UP}authenticate/", {"code": "000000"})
    client.post(f"{SET_UP}authenticate/", {"code": code_of(secret)})
    assert not is_in(client)


def test_a_lost_phone_is_replaced_with_a_code_from_the_drawer(author):
    client = enter()
    set_up(client)
    codes = re.findall(r"\b\d{8}\b", client.get(f"{SET_UP}recovery-codes/").text)
    assert len(set(codes)) == 10
    cache.clear()
    assert is_in(enter(code=codes[0]))
    assert not is_in(enter(code=codes[0])), "each opens once"


def test_who_has_the_database_alone_reads_no_secret(author, settings):
    secret = set_up(enter())
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in kept
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert TOTP(Authenticator.objects.get(type=Authenticator.Type.TOTP)).validate_code(code_of(secret)), "rotated"


def test_until_the_day_the_dashboard_reminds(author, settings):
    settings.SECOND_FACTOR_GRACE_DAYS = 14
    client = enter()
    assert "Włącz drugi składnik logowania" in source(client.get("/admin/"))
    set_up(client)
    assert "Włącz drugi składnik logowania" not in source(client.get("/admin/"))


def test_nobody_is_asked_where_nothing_is_required(author, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client = enter()
    assert is_in(client)
    assert "Włącz drugi składnik logowania" not in source(client.get("/admin/"))


def test_turning_it_off_asks_for_the_password_or_a_code_again(author):
    secret = set_up(enter())
    cache.clear()
    client = enter(code=code_of(secret, step=1))
    for answer in (client.get(f"{SET_UP}totp/deactivate/"), client.post(f"{SET_UP}totp/deactivate/")):
        assert answer.url.startswith(CONFIRM)
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_who_has_lost_everything_is_let_in_by_an_operator(author):
    before = enter()
    set_up(before)
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_factor", "nobody")
    call_command("reset_second_factor", "autorka")
    assert not is_in(before), "whoever has the phone now"
    client = enter()
    assert client.get("/admin/").url == SET_UP
    set_up(client)
    assert is_in(client)


def test_the_public_site_asks_nobody(author):
    assert enter().get("/").status_code == 200
