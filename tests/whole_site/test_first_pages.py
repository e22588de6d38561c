"""What people ask of the demo, and the page (the end of its address) that they expect to be the first."""

import pytest
from django.utils import translation

from search import indexing
from search.index import get_index
from search.searching import search

POLISH = {
    # What it is called.
    "Gala sojuszników sąsiedztw": "gala-sojusznikow-sasiedztw",
    "na galę": "gala-sojusznikow-sasiedztw",
    "gala": "gala-sojusznikow-sasiedztw",
    "debata": "samorzadowa-debata-przedwyborcza",
    "debaty przedwyborczej": "samorzadowa-debata-przedwyborcza",
    "wizyta studyjna": "wizyta-studyjna-wroclaw",
    "wizytę we Wrocławiu": "wizyta-studyjna-wroclaw",
    "spotkanie koalicji": "spotkanie-koalicji-na-rzecz-sasiedztw",
    "konsultacje": "konsultacje-zalozen-do-kdo-ds-sasiedztw",
    "konsulatcje": "konsultacje-zalozen-do-kdo-ds-sasiedztw",
    "założenia do KDO": "konsultacje-zalozen-do-kdo-ds-sasiedztw",
    "wspólna opinia": "warsztat-piszemy-wspolna-opinie",
    "warsztaty": "warsztat-piszemy-wspolna-opinie",
    "rzecznictwo bez żargonu": "szkolenie-rzecznictwo-bez-zargonu",
    "akademia lidera": "akademia-lidera-ngo-krakowski-obszar-metropolitalny",
    "akademia lidera malopolska zachodnia": "zapraszamy-do-akademii-lidera-ngo-malopolska-zachodnia",
    "wolontariat": "szkolenie-wolontariat-po-sasiedzku",
    "inicjatywa lokalna": "szkolenie-konkurs-ofert-maly-grant-inicjatywa-lokalna",
    "granty": "szkolenie-konkurs-ofert-maly-grant-inicjatywa-lokalna",
    "ABC dla NGO pytania": "abc-dla-ngo-piec-pytan",
    "rekrutacja": "rekrutacja-samorzadow-malopolska-zachodnia",
    "rekrutacja samorządów": "rekrutacja-samorzadow-malopolska-zachodnia",
    # The handbook.
    "po co KDO": "po-co-nam-kdo",
    "wniosek o utworzenie KDO": "wniosek-krok-po-kroku",
    "wnioski": "wniosek-krok-po-kroku",
    "jak napisać wniosek": "wniosek-krok-po-kroku",
    "podstawa prawna": "podstawy-prawne-prostym-jezykiem",
    "diagnoza": "diagnoza-tematu",
    "grupa inicjatywna": "grupa-inicjatywna",
    "rozmowy z urzędem": "rozmowa-z-urzedem",
    "pierwsze posiedzenie": "pierwsze-posiedzenie",
    "posiedzeń": "pierwsze-posiedzenie",
    "opinie i rzecznictwo": "opinie-i-rzecznictwo",
    "konflikt": "dostepnosc-jawnosc-konflikty",
    "RDPP": "mapa-cial-dialogu",
    # Pages that stay.
    "jak dołączyć": "dolacz",
    "dołączyć do koalicji": "dolacz",
    "doradztwo": "doradztwo",
    "porada": "doradztwo",
    "bezpłatna porada": "doradztwo",
    "bank wspierania partycypacji": "doradztwo",
    "kontakt": "kontakt",
    "telefon": "kontakt",
    "prasa": "dla-mediow",
    "logo": "dla-mediow",
    "deklaracja dostepnosci": "deklaracja-dostepnosci",
    "RODO": "polityka-prywatnosci",
    "prywatność": "polityka-prywatnosci",
    "o projekcie": "o-projekcie",
    # Members, by name and by where they are.
    "fundacja brama": "fundacja-brama",
    "Fundacji Dobre Progi": "fundacja-dobre-progi",
    "zielone grzegorzki": "stowarzyszenie-zielone-grzegorzki",
    "bank czasu": "bronowicki-bank-czasu",
    "Klub Seniora": "klub-seniora-zloty-wiek",
    "biblioteka": "biblioteka-sasiedzka-prokocim",
    "ul. Dietla": "grupa-podworko-przy-dietla",
    "Nadodrzu": "fundacja-nadodrze-wspolnie",
    "Ruczaju": "grupa-ruczaj-sadzi",
    "ogród społeczny": "stowarzyszenie-ogrody-bienczyc",
}
ENGLISH = {
    "gala": "allies-gala",
    "how to join": "join",
    "press": "media",
    "advise": "advice",
    "advice": "advice",
    "study visits": "study-visit-wroclaw",
    "debate": "pre-election-local-government-debate",
    "applications": "the-application",
    "apply for a KDO": "the-application",
    "civic dialogue commission": "why-a-kdo",
    "volunteers": "training-volunteering-next-door",
    "small grants": "training-open-call-small-grant-local-initiative",
    "leader academy krakow": "ngo-leader-academy-krakow-metropolitan-area",
    "accessibility": "accessibility-declaration",
    "bronowicki bank czasu": "bronowicki-bank-czasu",
}

ONCE_FOUND_NOTHING = {
    "pl": "Wroclaw Podgórze Krowodrza sąsiad sąsiedztwem szkoleń seniorzy niepełnosprawność granty logo prasa "
    "konsulatcje",
    "en": "Wroclaw neighborhood trainings press",
}
IN_WROCLAW = {
    *("fundacja-nadodrze-wspolnie", "stowarzyszenie-olbin-sasiedzki", "grupa-przedmiescie-olawskie"),
    *("centrum-sasiedzkie-krzyki", "klub-sportowy-psie-pole-razem"),
}


@pytest.fixture(scope="module", autouse=True)
def index(demo, django_db_blocker) -> None:
    """On PostgreSQL the demo comes as rows, without an index."""
    with django_db_blocker.unblock():
        if not any(get_index().keys()):
            indexing.rebuild(lambda done, of: None)


@pytest.mark.parametrize(("language", "table"), [("pl", POLISH), ("en", ENGLISH)])
def test_the_page_that_people_mean_comes_first(demo, language, table):
    with translation.override(language):
        first = {query: next((hit.page.slug for hit in search(query, language).hits), None) for query in table}
    assert first == table


@pytest.mark.parametrize("language", ONCE_FOUND_NOTHING)
def test_what_found_nothing_once_is_found(demo, language):
    queries = ONCE_FOUND_NOTHING[language].split()
    queries += ["tłumacz migowy", "bezpłatna porada"] if language == "pl" else []
    with translation.override(language):
        found = {query: search(query, language) for query in queries}
    assert [query for query, results in found.items() if not results.hits.object_list or results.is_any] == []


def test_members_are_found_by_their_city(demo):
    with translation.override("pl"):
        found = search("Wrocław", "pl", filters={"kind": "coalition"})
    assert {hit.page.slug for hit in found.hits} >= IN_WROCLAW
