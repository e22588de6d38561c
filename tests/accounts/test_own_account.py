"""Whose name stands beside a decision, and where mails about an account go."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, reverse

from approval.roles import AUTHORS, COORDINATORS
from home.models import User
from home.names import likeness
from notifications.models import OutgoingMail
from tests import factories
from tests.reading import source
from tests.workflow import draft_of, publish_properly

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/accounts/address/"
CHOICES = {
    "theme-theme": "system",
    "theme-contrast": "system",
    "theme-density": "default",
    "mail-choice-when": "at-once",
}
OTHER = {"first_name": "Katarzyna", "last_name": "Koordynacka", "email": "thief@elsewhere.example"}


@pytest.fixture
def author():
    return factories.person(AUTHORS, "autorka")


@pytest.fixture
def browser(author):
    client = Client()
    client.force_login(author)
    return client


def facts_of(user):
    return User.objects.values("first_name", "last_name", "email", "username").get(pk=user.pk)


def mails(kind):
    return list(OutgoingMail.objects.filter(kind=kind).values_list("address", "language"))


def test_nobody_renames_herself(author, browser):
    before = facts_of(author)
    page = source(browser.get("/admin/account/"))
    assert "Zofia Przykładowa" in page
    assert 'name="name_email-first_name"' not in page
    sent = {f"name_email-{name}": value for name, value in OTHER.items()}
    assert browser.post("/admin/account/", {**CHOICES, **sent, **OTHER, "username": "admin"}).status_code == 302
    number = author.pk
    for address in ("/admin/users/new/", f"/admin/users/edit/{number}/", f"/admin/users/delete/{number}/"):
        assert browser.post(address, {**OTHER, "username": "koordynatorka"}).status_code in (302, 403)
    assert facts_of(author) == before
    assert User.objects.count() == 1
    for name in ("account_email", "account_change_password", "account_set_password"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_a_new_address_needs_the_password_and_is_told_to_the_old_one(author, browser):
    for wrong in ("", "wrong"):
        assert browser.post(ADDRESS, {"email": OTHER["email"], "password": wrong}).status_code == 200
    assert facts_of(author)["email"] == "zofia@koalicja.example"
    assert not OutgoingMail.objects.exists()
    browser.post(ADDRESS, {"email": "new@koalicja.example", "password": "demo"})
    assert facts_of(author)["email"] == "new@koalicja.example"
    assert mails("address-left") == [("zofia@koalicja.example", "pl")]
    assert mails("address-new") == [("new@koalicja.example", "pl")]
    assert Client().post(ADDRESS, {"email": "x@koalicja.example", "password": "demo"}).status_code == 302
    assert facts_of(author)["email"] == "new@koalicja.example"


def test_an_administrator_changes_no_address_of_her_own_past_the_password(admin, client_as):
    before, office = admin.email, f"/admin/users/edit/{admin.pk}/"
    assert ADDRESS in source(client_as(admin).get(office))
    sent = {"first_name": "Ada", "last_name": "Nowak", "email": OTHER["email"], "is_superuser": "on"}
    assert client_as(admin).post(office, {**sent, "username": "admin"}).status_code == 302
    admin.refresh_from_db()
    assert (admin.first_name, admin.email) == ("Ada", before)
    assert not OutgoingMail.objects.exists()


def test_guessing_the_password_there_is_guessing_at_the_door(author, browser):
    for _try in range(5):
        browser.post(ADDRESS, {"email": OTHER["email"], "password": "wrong"})
    assert "Za dużo prób" in source(browser.post(ADDRESS, {"email": OTHER["email"], "password": "demo"}))
    assert facts_of(author)["email"] == "zofia@koalicja.example"


def test_an_address_that_opens_another_account_is_refused(author, browser):
    User.objects.create_user("other@koalicja.example", email="second@koalicja.example")
    for taken in ("OTHER@koalicja.example", "Second@koalicja.example"):
        answer = browser.post(ADDRESS, {"email": taken, "password": "demo"})
        assert "Inne konto ma już ten adres" in source(answer)
    assert facts_of(author)["email"] == "zofia@koalicja.example"


def test_an_administrator_who_changes_an_address_is_told_of_too(author):
    author.email = "moved@koalicja.example"
    author.save()
    author.save()
    assert mails("address-left") == [("zofia@koalicja.example", "pl")]


@pytest.mark.parametrize(
    "other",
    ["zofia  przykladowa", "Przykładowa Zofia", "Ζοfia Przykładowa", "Zofia Przyкładowa", "Zofla Przykład0wa"],
)
def test_names_that_look_alike_are_one(other):
    assert likeness(other) == likeness("Zofia Przykładowa")


def test_other_names_are_others():
    assert len({likeness(name) for name in ("Anna Nowak", "Anna Nowacka", "Hanna Nowak", "Jan Nowak")}) == 4


def test_whoever_has_a_namesake_is_named_with_the_account(author):
    assert author.name == "Zofia Przykładowa"
    second = factories.person(COORDINATORS, "zofia2")
    author.refresh_from_db()
    assert [author.name, second.name] == ["Zofia Przykładowa (autorka)", "Zofia Przykładowa (zofia2)"]
    second.first_name = "Zuzanna"
    second.save()
    assert second.name == "Zuzanna Przykładowa"
    assert Group.objects.filter(user=second).exists()


def test_who_gets_the_name_of_somebody_in_the_record_is_told_apart(autorka, redaktorka, koordynatorka):
    publish_properly(draft_of(autorka, "Live"), autorka, redaktorka, koordynatorka)
    before = koordynatorka.name
    koordynatorka.last_name = "Inaczej"
    koordynatorka.save()
    redaktorka.delete()
    later = User(username="later", first_name="Redaktorka", last_name="Testowa")
    later.save()
    assert later.name == "Redaktorka Testowa (later)", "who was deleted"
    later.first_name = "Koordynatorka"
    later.save()
    assert later.name == f"{before} (later)", "who is called otherwise now"
    assert koordynatorka.name == "Koordynatorka Inaczej"


def test_a_second_factor_that_comes_or_goes_is_told(author, browser):
    factor = Authenticator.objects.create(user=author, type=Authenticator.Type.WEBAUTHN, data={})
    request = browser.get("/admin/account/").wsgi_request
    for signal in (authenticator_added, authenticator_removed):
        signal.send(sender=Authenticator, request=request, user=author, authenticator=factor)
    assert mails("factor-added") == mails("factor-removed") == [("zofia@koalicja.example", "pl")]


def test_a_session_whose_key_changed_is_listed_still(author):
    client = Client()
    client.post("/admin/login/", {"username": "autorka", "password": "demo"})
    before = client.session.session_key
    assert client.post("/admin/account/", CHOICES).status_code == 302
    assert client.session.session_key != before
    assert source(client.get("/admin/account/sessions/")).count("127.0.0.1") == 1
