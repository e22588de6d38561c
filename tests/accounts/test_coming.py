"""An administrator asks somebody to come; they come by a link, once."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts import invitations
from accounts.models import Invitation
from approval.roles import AUTHORS, COORDINATORS
from approval.setup import permission
from home.models import User
from notifications import letters
from notifications.models import OutgoingMail
from tests import factories
from tests.reading import source

pytestmark = pytest.mark.django_db

NEW = "/admin/users/new/"
PASSWORDS = {"new_password1": "podworko-z-lawka-7", "new_password2": "podworko-z-lawka-7"}


@pytest.fixture
def administrator():
    user = factories.person(None, "admin")
    User.objects.filter(pk=user.pk).update(email="admin@koalicja.example")
    return user


@pytest.fixture
def office(administrator):
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def invite(office):
    def do(**changes):
        group = Group.objects.get(role__key=AUTHORS.key)
        nina = {"first_name": "Nina", "last_name": "Nowa", "email": "nina@koalicja.example", "language": "en"}
        return office.post(NEW, {**nina, "groups": [group.pk], **changes})

    return do


@pytest.fixture
def nina(invite):
    invite()
    return User.objects.get(email="nina@koalicja.example")


def link():
    """In the newest mail."""
    mail = OutgoingMail.objects.filter(kind="invited").order_by("pk").last()
    return re.search(r"http://localhost:8000(/admin/invitation/\S+)", letters.message([mail]).body)[1]


def come(address=None, client=None):
    """As a browser sends it."""
    return (client or Client()).post(address or link(), PASSWORDS, headers={"origin": "http://testserver"})


def signs_in(name="nina-nowa"):
    client = Client()
    client.post("/admin/login/", {"username": name, "password": PASSWORDS["new_password1"]})
    return client.get("/admin/").status_code == 200


def test_somebody_is_invited_and_comes(nina, office, administrator):
    assert (nina.username, nina.is_active, nina.has_usable_password()) == ("nina-nowa", False, False)
    mail = OutgoingMail.objects.get(kind="invited")
    assert (mail.address, mail.language) == ("nina@koalicja.example", "en")
    assert link() not in str(mail.facts), "no table holds it"
    assert "jeszcze nie przyjęte" in source(office.get("/admin/users/"))
    visitor = Client()
    for _look in range(3):  # as the scanners of mail programs do
        assert "nina-nowa" in source(visitor.get(link()))
        visitor.head(link())
    assert not User.objects.get(pk=nina.pk).is_active
    assert come().url == "/admin/"
    assert signs_in()
    assert "jeszcze nie przyjęte" not in source(office.get("/admin/users/"))
    assert User.objects.get(pk=nina.pk).groups.get().role.key == AUTHORS.key


def test_who_comes_is_led_to_the_second_factor_where_it_is_required(nina, settings):
    settings.SECOND_FACTOR_REQUIRED, settings.SECOND_FACTOR_GRACE_DAYS = True, 0
    client = Client()
    door = client.get(come(client=client).url).url
    assert door.startswith("/admin/login/")
    answer = client.post(door, {"username": "nina-nowa", "password": PASSWORDS["new_password1"]})
    assert answer.url == "/admin/account/second-factor/"
    assert client.get("/admin/").url == "/admin/account/second-factor/"


def test_a_link_opens_once_for_a_week_and_until_another_one(nina, office):
    first = link()
    assert come(f"{first[:-2]}x/").status_code == 410, "forged"
    assert come(first.replace("invitation/", "invitation/9")).status_code == 410
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=7, seconds=1))
    assert come(first).status_code == 410, "too old"
    assert "link już nie działa" in source(office.get("/admin/users/"))
    office.post(f"/admin/accounts/{nina.pk}/invite/")
    assert come(first).status_code == 410, "another one was sent"
    second = link()
    assert not signs_in()
    assert come(second).status_code == 302
    assert come(second).status_code == 410, "it was used"
    assert office.post(f"/admin/accounts/{nina.pk}/invite/").status_code == 404, "they are here"


def test_a_bad_password_is_refused_and_the_link_stays_good(nina):
    weak = {"new_password1": "nina-nowa", "new_password2": "nina-nowa"}
    assert Client().post(link(), weak).status_code == 200
    assert come().status_code == 302


def test_a_withdrawn_invitation_leaves_nothing(nina, office):
    address = link()
    assert office.get(f"/admin/accounts/{nina.pk}/withdraw/").status_code == 200
    assert User.objects.filter(pk=nina.pk).exists()
    office.post(f"/admin/accounts/{nina.pk}/withdraw/")
    assert not User.objects.filter(pk=nina.pk).exists()
    assert come(address).status_code == 410


def test_a_corrected_address_ends_the_link_that_went_elsewhere(nina, office):
    wrong = link()
    form = {"username": "other", "first_name": "Nina", "last_name": "Nowa", "email": "nina.nowa@koalicja.example"}
    for guess in ("", "wrong"):  # whoever only found an open session doesn't know the password
        refused = office.post(f"/admin/users/edit/{nina.pk}/", {**form, "own_password": guess})
        assert "To nie jest Twoje hasło" in source(refused) and 'name="own_password"' in refused.text
    assert office.post(f"/admin/users/edit/{nina.pk}/", {**form, "email": nina.email}).status_code == 302
    office.post(f"/admin/users/edit/{nina.pk}/", {**form, "own_password": "demo"})
    nina.refresh_from_db()
    assert (nina.username, nina.email) == ("nina-nowa", "nina.nowa@koalicja.example"), "what it is called stays"
    assert come(wrong).status_code == 410
    assert come().status_code == 302


@pytest.mark.parametrize(
    "changes",
    [{"email": ""}, {"email": "Admin@koalicja.example"}, {"groups": []}, {"last_name": ""}, {"language": "xx"}],
)
def test_what_is_missing_is_said_and_nobody_is_invited(invite, changes):
    assert invite(**changes).status_code == 200
    assert not OutgoingMail.objects.exists()
    assert User.objects.count() == 1


def test_two_of_one_name_are_called_differently(nina, invite):
    invite(email="nina2@koalicja.example")
    second = User.objects.get(email="nina2@koalicja.example")
    assert second.username == "nina-nowa-2"
    assert second.name == "Nina Nowa (nina-nowa-2)"


def test_only_administrators_ask_people_in(nina, administrator):
    coordinator = factories.person(COORDINATORS, "koordynatorka")
    browser = Client()
    browser.force_login(coordinator)
    before = User.objects.count()
    for address in (NEW, f"/admin/accounts/{nina.pk}/invite/", f"/admin/accounts/{nina.pk}/withdraw/"):
        for client in (browser, Client()):
            assert client.post(address, {"email": "x@koalicja.example"}).status_code in (302, 403)
    assert User.objects.count() == before
    assert Invitation.objects.get().number == 1
    with pytest.raises(ValueError, match="open account"):
        invitations.send(coordinator, administrator)


def test_who_may_add_people_makes_no_administrator(nina, invite, office, administrator):
    helper = factories.person(COORDINATORS, "pomoc")
    User.objects.filter(pk=helper.pk).update(email="pomoc@koalicja.example")
    for codename in ("add_user", "change_user"):
        helper.user_permissions.add(permission(f"home.{codename}"))
    office.force_login(helper)
    invite(email="third@koalicja.example", is_superuser="on")
    assert not User.objects.get(email="third@koalicja.example").is_superuser
    form = {"first_name": "N", "last_name": "N", "email": "n@koalicja.example", "is_superuser": "on"}
    office.post(f"/admin/users/edit/{nina.pk}/", form)
    assert not User.objects.get(pk=nina.pk).is_superuser
    office.post(f"/admin/users/edit/{administrator.pk}/", {**form, "password1": "x", "password2": "x"})
    office.post(f"/admin/accounts/{administrator.pk}/leave/")
    administrator.refresh_from_db()
    assert (administrator.email, administrator.is_active) == ("admin@koalicja.example", True)
