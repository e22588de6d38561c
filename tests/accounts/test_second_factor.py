"""The second factor: asked of all staff, set up in two minutes, and no way around it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from approval.roles import AUTHORS
from tests import factories
from tests.reading import source

pytestmark = pytest.mark.django_db

DOOR = "/admin/login/"
SET_UP = "/admin/account/second-factor/"
FAILED = "Sign-in failed: account=autorka address=127.0.0.1"
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
    client.post(DOOR, {"username": "autorka", "password": "demo"})
    if answers:
        client.post(f"{SET_UP}authenticate/", answers)
    return client


def is_in(client):
    return client.get("/admin/").status_code == 200


def code_of(secret, step=0):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())) + step))


@pytest.fixture
def set_up(django_capture_on_commit_callbacks):
    """As somebody does it with a phone: the password once more, then the first code. Gives the secret."""

    def do(client):
        assert client.get(f"{SET_UP}totp/activate/").url.startswith(CONFIRM)
        client.post(CONFIRM, {"password": "demo"})
        page = client.get(f"{SET_UP}totp/activate/").text
        secret = re.search(r'id="authenticator_secret"[^>]* value="([A-Z2-7]+)"', page)[1]
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"{SET_UP}totp/activate/", {"code": code_of(secret)})
        return secret

    return do


def test_who_has_none_sets_one_up_before_anything_else(author, set_up):
    client = enter()
    for address in ("/admin/", "/admin/pages/", "/admin/account/", "/admin/account/sessions/", "/admin/reports/"):
        assert client.get(address).url == SET_UP
    assert client.post("/admin/pages/1/delete/").url == DOOR
    assert "Logowanie z drugim składnikiem" in source(client.get(SET_UP))
    set_up(client)
    assert is_in(client)


def test_from_then_on_the_password_alone_opens_nothing(author, set_up):
    secret = set_up(enter())
    client = enter()
    assert not is_in(client)
    for wrong in ("000000", "", "abc"):
        assert not is_in(enter(code=wrong))
    cache.clear()
    client = enter(code=code_of(secret, step=1))
    assert is_in(client)
    assert not is_in(enter(code=code_of(secret, step=1))), "a code is good once"


def test_guessing_codes_stops_and_is_in_the_log(author, caplog, set_up):
    secret = set_up(enter())
    cache.clear()
    client = enter()
    for _try in range(5):
        client.post(f"{SET_UP}authenticate/", {"code": "000000"})
    client.post(f"{SET_UP}authenticate/", {"code": code_of(secret)})
    assert not is_in(client)
    assert [one.getMessage() for one in caplog.records].count(FAILED) == 5


def test_a_lost_phone_is_replaced_with_a_code_from_the_drawer(author, set_up):
    client = enter()
    set_up(client)
    codes = re.findall(r"\b\d{8}\b", client.get(f"{SET_UP}recovery-codes/").text)
    assert len(set(codes)) == 10
    cache.clear()
    assert is_in(enter(code=codes[0]))
    assert not is_in(enter(code=codes[0])), "each opens once"


def test_who_has_the_database_alone_reads_no_secret(author, settings, set_up):
    secret = set_up(enter())
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in kept
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert TOTP(Authenticator.objects.get(type=Authenticator.Type.TOTP)).validate_code(code_of(secret)), "rotated"
    settings.SECRET_KEY_FALLBACKS = []
    answer = enter().post(f"{SET_UP}authenticate/", {"code": "123456"})
    assert "Teraz nie da się tego sprawdzić" in source(answer)


def test_who_came_in_with_a_stolen_password_is_out_once_its_owner_sets_one_up(author, settings, set_up):
    settings.SECOND_FACTOR_GRACE_DAYS = 14
    thief_before = enter()
    UserSession.objects.all().delete()  # as after a change of the password: the key is another one
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    thief, owner = enter(), enter()
    set_up(owner)
    assert is_in(owner)
    assert not is_in(thief)
    assert not is_in(thief_before)


def test_a_password_that_is_not_enough_opens_no_document_either(author, set_up):
    document = factories.document()
    client = enter()
    assert client.get(document.url).status_code == 404
    set_up(client)
    assert client.get(document.url).status_code == 200


def test_an_operator_may_name_the_first_day_for_accounts_that_exist(author, settings):
    settings.SECOND_FACTOR_FROM = "2999-01-01"
    assert "1 stycznia 2999" in source(enter().get("/admin/"))
    settings.SECOND_FACTOR_FROM = "2020-01-01"
    assert enter().get("/admin/").url == SET_UP


def test_a_passkey_that_nobody_knows_is_a_matter_of_the_door_and_no_lost_text(author):
    answer = Client().post(f"{SET_UP}webauthn/login/", {"credential": "{}"}, headers={"origin": "http://testserver"})
    assert (answer.status_code, answer.url) == (302, DOOR)


def test_until_the_day_the_dashboard_reminds(author, settings, set_up):
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


def test_turning_it_off_asks_for_the_password_or_a_code_again(author, set_up):
    secret = set_up(enter())
    cache.clear()
    client = enter(code=code_of(secret, step=1))
    for answer in (client.get(f"{SET_UP}totp/deactivate/"), client.post(f"{SET_UP}totp/deactivate/")):
        assert answer.url.startswith(f"{SET_UP}reauthenticate/"), "the password may be stolen, too"
    assert client.get(CONFIRM).url.startswith(f"{SET_UP}reauthenticate/")
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_who_has_lost_everything_is_let_in_by_an_operator(author, set_up):
    before = enter()
    set_up(before)
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_factor", "nobody")
    call_command("reset_second_factor", "autorka")
    assert not is_in(before), "whoever has the phone now"
    client = enter()
    assert client.get("/admin/").url == SET_UP
    cache.clear()  # the code of the first time was good once
    set_up(client)
    assert is_in(client)


def test_the_public_site_asks_nobody(author):
    assert enter().get("/").status_code == 200
