"""Words on the page: what may not be torn apart, and what is a link."""

import pytest
from django.utils.translation import override

from home import text
from home.templatetags.site_tags import duration

S = text.NBSP


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("tel. 12 000 00 21", f"tel. 12{S}000{S}00{S}21"),
        ("+48 512 000 000", f"+48{S}512{S}000{S}000"),
        ("12 000 zł", f"12{S}000{S}zł"),
        ("w 2026 12 osób", f"2026 12{S}osób"),
        ("od 2025 do 2026", "od 2025 do 2026"),
    ],
)
def test_groups_of_digits_stay_whole(language, words, bound):
    assert text.bind(words, language).endswith(bound.removeprefix("tel. ").removeprefix("od "))


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("biuro@koalicja.example", "mailto:biuro@koalicja.example"),
        ("12 000 00 21", "tel:120000021"),
        (f"12{S}000{S}00{S}21", "tel:120000021"),
        ("+48 512 000 000", "tel:+48512000000"),
        ("512 000 000", None),  # it may be money
        ("12 000", None),
        ("2026", None),
        ("Pisz: biuro@koalicja.example", None),
    ],
)
def test_a_cell_is_a_link_where_it_is_nothing_but_a_contact(cell, address):
    linked = text.link_contact(cell)
    assert linked == (f'<a href="{address}">{cell}</a>' if address else cell)


def test_contacts_inside_a_sentence_are_links():
    linked = text.link_contacts("Anna Nowak, 512 000 000, anna@koalicja.example.")
    assert linked == (
        'Anna Nowak, <a href="tel:512000000">512 000 000</a>, '
        '<a href="mailto:anna@koalicja.example">anna@koalicja.example</a>.'
    )


@pytest.mark.parametrize(
    ("minutes", "polish", "english"),
    [
        (1, "1 min", "1 min"),
        (59, "59 min", "59 min"),
        (60, "1 godz.", "1 hr"),
        (70, "1 godz. 10 min", "1 hr 10 min"),
        (125, "2 godz. 5 min", "2 hr 5 min"),
    ],
)
def test_from_an_hour_on_time_is_told_in_hours(minutes, polish, english):
    for language, said in (("pl", polish), ("en", english)):
        with override(language):
            assert duration(minutes).replace("\xa0", " ") == said
