"""The demo logins: one person for each role, and an administrator."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from approval import roles
from home.models import User

PASSWORD = "demo"  # noqa: S105 (demo logins exist only with DEBUG)


@dataclass(frozen=True)
class Person:
    login: str
    first_name: str
    last_name: str
    role: roles.Role | None


PEOPLE = (
    Person("autorka", "Anna", "Autorska", roles.AUTHORS),
    Person("redaktorka", "Renata", "Redaktorska", roles.LANGUAGE_EDITORS),
    Person("koordynatorka", "Katarzyna", "Koordynacka", roles.COORDINATORS),
    Person("koordynator2", "Konrad", "Koordynowicz", roles.COORDINATORS),
    Person("tlumaczka", "Teresa", "Tłumacka", roles.TRANSLATORS),
    Person("admin", "Adam", "Administratorski", None),
)


def load_people() -> dict[str, User]:
    """The demo people by login; whoever is there already stays as they are."""
    password = make_password(PASSWORD)  # once: it is slow on purpose, and this one is no secret
    return {person.login: _load(person, password) for person in PEOPLE}


def _load(person: Person, password: str) -> User:
    user, created = User.objects.get_or_create(
        username=person.login,
        defaults={
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": f"{person.login}@koalicja.example",
            "is_superuser": person.role is None,
            "is_staff": person.role is None,
            "password": password,
        },
    )
    if created:
        user.preferred_language = "pl"
        if person.role:
            user.groups.add(Group.objects.get(role__key=person.role.key))
    return user
