"""Private pages: who is invited gets in, and nobody else; test_nothing_but_public.py looks for their words."""

import re

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests import factories

SECRET = "Tajnosłowny"
WAYS = {"password": {"restriction_type": "password", "password": "sasiad"}, "login": {"restriction_type": "login"}}

pytestmark = pytest.mark.django_db


def invite(page, kind="password"):
    return PageViewRestriction.objects.create(page=page, **WAYS[kind])


@pytest.mark.parametrize(
    ("language", "wrong"),
    [("pl", "Hasło jest nieprawidłowe."), ("en", "The password you have entered is not correct.")],
)
def test_a_page_opens_with_its_password(client, language, wrong):
    page = factories.news(language=language, title=SECRET)
    invite(page)
    form = client.get(page.url)
    assert SECRET not in form.text
    (action,) = re.findall(r'<form class="form[^>]* action="([^"]+)" method="post"', form.text)
    again = client.post(action, {"password": "wrong", "return_url": page.url})
    assert wrong in again.text
    assert f'<html lang="{language}">' in again.text
    assert 'aria-describedby="id_password_error"' in again.text
    assert client.post(action, {"password": "sasiad", "return_url": page.url}).url == page.url
    assert SECRET in client.get(page.url).text
    assert SECRET not in Client().get(page.url).text


def test_a_page_for_staff_leads_to_the_one_door(client):
    page = factories.news(title=SECRET)
    invite(page, "login")
    assert client.get(page.url).url == f"/admin/login/?next={page.url}"
    assert client.get("/_util/login/").status_code == 404
