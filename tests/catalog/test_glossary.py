"""The glossary: its page, what chapters mark of it, and who else knows its words."""

import io
import json

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approval.diff import content_lines
from catalog import demo
from catalog.models import GlossaryPage, GlossaryTerm, glossary
from home.alphabet import initial
from home.demo.entries import content_folder, read, translation_key
from home.demo.words import Words
from home.rich_text import RichTextArea
from search import indexing
from tests import factories
from tests.reading import document, found, source, words
from translation import glossary as agreed_words
from translation import markup

pytestmark = pytest.mark.django_db
SEARCHES = True
WORDS = {"term": "radny", "definition": "Wybrany w wyborach.", "synonyms": ""}
ADDRESS, ENGLISH = "/katalog/slownik/", "/en/catalogue/glossary/"


def rows(client, address: str = ADDRESS) -> dict[str, str]:
    """Term → all that the page says of it, in its order. Nothing is remembered, as no test commits."""
    cache.clear()
    listed = document(client.get(address)).xpath("//li[contains(@class, 'glossary-row')]")
    return {words(row.find("h3")): words(row) for row in listed}


def letters(client, address: str = ADDRESS) -> list[str]:
    return [words(one) for one in document(client.get(address)).xpath("//ul[contains(@class, 'letters')]/li")]


def chapter_with(markup: str, **fields):
    return factories.chapter(body=[("text", markup)], **fields)


def explained(answer) -> list[str]:
    return [words(one) for one in document(answer).xpath("//section[@role='doc-glossary']//dt")]


# --- A new installation, and one from before


def test_each_language_has_its_glossary(client):
    assert "Słowniczek" in source(client.get(ADDRESS))
    assert "Glossary" in source(client.get(ENGLISH))
    one, other = factories.glossary(), factories.glossary("en")
    assert one.translation_key == other.translation_key
    assert one.get_parent().specific == factories.section("catalog")


def test_a_site_from_before_gets_it_with_the_next_setup(client):
    for language in ("pl", "en"):
        factories.remove(factories.glossary(language))
    said = io.StringIO()
    call_command("setup_site", stdout=said)
    assert said.getvalue().count("/slownik/: created.") == 1
    assert client.get(ADDRESS).status_code == client.get(ENGLISH).status_code == 200
    call_command("setup_site", stdout=said)
    assert GlossaryPage.objects.count() == 2


# --- The page


def test_terms_stand_by_the_polish_alphabet(client):
    for word in ("świetlica", "Zebranie", "łączność", "lokal", "„Sala”", "ćwiczenie", "żaba", "cel"):
        factories.term(word)
    assert list(rows(client)) == ["cel", "ćwiczenie", "lokal", "łączność", "„Sala”", "świetlica", "Zebranie", "żaba"]
    assert letters(client) == ["C", "Ć", "L", "Ł", "S", "Ś", "Z", "Ż"]


def test_what_begins_with_no_letter_stands_apart():
    assert [initial(word) for word in ("1% podatku", "„Ława”", "élan", " KDO")] == ["#", "Ł", "E", "K"]


def test_a_term_says_what_it_means_how_else_and_in_the_other_language(client):
    kdo = factories.term("KDO", definition="Ciało doradcze.", synonyms="Komisja Dialogu Obywatelskiego\nkomisja")
    assert "angielski" not in rows(client)["KDO"]  # a draft waits for its translator
    factories.term("Civic Dialogue Commission", language="en", translates=kdo, definition="An advisory body.")
    said = rows(client)["KDO"]
    assert "Ciało doradcze." in said
    assert "Komisja Dialogu Obywatelskiego, komisja" in said
    assert "Angielski: Civic Dialogue Commission" in said
    assert "An advisory body." in rows(client, ENGLISH)["Civic Dialogue Commission"]
    assert "KDO" in rows(client, ENGLISH)["Civic Dialogue Commission"]


def test_two_terms_refer_to_each_other_once_however_often_it_was_said(client):
    one = factories.term("radny")
    other = factories.term("sesja", see_also=[one])
    for _twice in range(2):
        assert rows(client)["radny"].count("Zobacz też: sesja") == 1
        assert rows(client)["sesja"].count("Zobacz też: radny") == 1
        one.see_also.set([other])
        factories.publish(one)  # a circle


def test_what_an_original_refers_to_holds_in_its_translations(client):
    one = factories.term("radny")
    other = factories.term("sesja", see_also=[one])
    factories.term("councillor", language="en", translates=one)
    assert "See also" not in rows(client, ENGLISH)["councillor"]  # the other one isn't translated
    factories.term("session", language="en", translates=other)
    assert "See also: session" in rows(client, ENGLISH)["councillor"]


def test_a_term_that_refers_to_itself_in_spite_of_all_shows_once():
    one = factories.term("radny")
    GlossaryTerm.see_also.through.objects.create(from_glossaryterm=one, to_glossaryterm=one)
    cache.clear()
    assert glossary.known("pl").entries[0].see_also == ()


def test_the_page_names_the_chapters_that_mark_a_term(client):
    one = factories.term("radny")
    chapter_with(factories.marked(one), title="Rozmowa z urzędem", slug="rozmowa")
    chapter_with("<p>radny</p>", title="Inny", slug="inny")
    chapter_with(factories.marked(one), title="Szkic", slug="szkic", live=False)
    said = rows(client)["radny"]
    assert "W rozdziałach: 1. Rozmowa z urzędem" in said
    assert "Inny" not in said and "Szkic" not in said


def test_machines_read_it_as_a_set_of_terms(client):
    factories.term("KDO", synonyms="komisja")
    data = document(client.get(ADDRESS)).xpath("//script[@type='application/ld+json']")
    found_sets = [
        one for script in data for one in json.loads(script.text)["@graph"] if one["@type"] == "DefinedTermSet"
    ]
    (term,) = found_sets[0]["hasDefinedTerm"]
    assert (term["name"], term["alternateName"]) == ("KDO", ["komisja"])
    assert term["url"].endswith("/katalog/slownik/#slownik-kdo")


NO_KEYS = ["9" * 5000, "9" * 19, "²", "-1", "x", "", "1 OR 1"]


@pytest.mark.parametrize("sent", NO_KEYS, ids=lambda sent: sent[:20] or "nothing")
def test_a_mark_whose_number_is_none_is_plain_words(client, sent):
    page = chapter_with(f'<p><a linktype="term" id="{sent}">radny</a></p>', title="Rozdział", slug="rozdzial")
    (shown,) = document(client.get(page.url)).xpath("//main//p[.='radny']")
    assert not shown.xpath(".//a[@href]")
    rich_text_area = RichTextArea(features=["term"])
    assert "radny" in rich_text_area.format_value(f'<p><a linktype="term" id="{sent}">radny</a></p>')


@pytest.mark.parametrize("sent", [*NO_KEYS, None, [], {}], ids=lambda sent: str(sent)[:20] or "nothing")
def test_a_mark_whose_number_is_none_is_stored_as_plain_words(sent):
    block = {"key": "a", "text": "radny", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    ranges = [{"offset": 0, "length": 5, "key": 0}]
    entity = {"type": "TERM", "mutability": "MUTABLE", "data": {"id": sent}}
    kept = json.dumps({"blocks": [{**block, "entityRanges": ranges}], "entityMap": {"0": entity}})
    stored = RichTextArea(features=["term"]).value_from_datadict({"words": kept}, {}, "words")
    assert "radny" in stored and "<a" not in stored


def test_words_of_a_term_are_words(client):
    attack = "<script>alert(1)</script>"
    one = factories.term(f"radny {attack}", definition=attack, synonyms=attack)
    page = chapter_with(f'<p><a linktype="term" id="{one.pk}">on</a></p>', title="Rozdział", slug="rozdzial")
    for address in (ADDRESS, page.url):
        assert attack not in source(client.get(address))


def test_it_costs_the_same_with_five_terms_and_with_sixty(client):
    def cost() -> list[int]:
        cache.clear()
        asked = []
        for _cold_and_warm in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(ADDRESS).status_code == client.get(page.url).status_code == 200
            asked.append(len(queries))
        return asked

    terms = [factories.term(f"słowo {number}") for number in range(5)]
    page = chapter_with(factories.marked(*terms), title="Rozdział", slug="rozdzial")
    client.get(page.url)
    few = cost()
    terms += [factories.term(f"inne {number}", see_also=terms[:3]) for number in range(55)]
    page.body = [("text", factories.marked(*terms))]
    factories.publish(page)
    assert cost() == few
    assert len(explained(client.get(page.url))) == 60


# --- In chapters


def test_a_chapter_explains_what_it_marks_once_with_the_way_back(client):
    one, other = factories.term("radny"), factories.term("sesja")
    page = chapter_with(factories.marked(other, one) + factories.marked(one), title="Rozdział", slug="rozdzial")
    answer = client.get(page.url)
    assert explained(answer) == ["sesja", "radny"]  # as they come in the text
    shown = document(answer)
    marks = shown.xpath("//a[@role='doc-glossref']")
    assert [mark.get("href") for mark in marks] == ["#slownik-sesja", "#slownik-radny"]
    ways_back = shown.xpath("//a[@role='doc-backlink']")
    assert [way.get("href")[1:] for way in ways_back] == [mark.get("id") for mark in marks]
    assert len(shown.xpath("//*[@id='slownik-radny']")) == 1
    assert source(answer).count("radny</a>") == 2  # the words stay where they aren't marked again


def test_the_whole_handbook_on_one_page_explains_each_term_once(client):
    one, other = factories.term("radny"), factories.term("sesja")
    for slug, markup_of in (("jeden", factories.marked(one)), ("dwa", factories.marked(other, one))):
        chapter_with(markup_of, title=slug, slug=slug)
    shown = client.get("/katalog/calosc/")
    assert explained(shown) == ["radny", "sesja"]
    assert words(document(shown).get_element_by_id("chapter-glossary")) == "Słowniczek"


def test_a_chapter_without_marks_has_no_glossary(client):
    assert explained(client.get(chapter_with("<p>radny</p>", title="A", slug="a").url)) == []


def test_a_translated_chapter_explains_the_term_of_its_language(client):
    one = factories.term("radny")
    factories.term("councillor", language="en", translates=one, definition="Elected.")
    page = chapter_with(factories.marked(one), title="Rozdział", slug="rozdzial")
    english = factories.translated(page, slug="chapter", title="Chapter")
    assert explained(client.get(english.url)) == ["councillor"]


def test_elsewhere_a_mark_leads_to_the_glossary(client):
    page = factories.standard_page(body=[("text", factories.marked(factories.term("radny")))])
    (mark,) = document(client.get(page.url)).xpath("//main//a[@class='term']")
    assert mark.get("href") == f"{ADDRESS}#slownik-radny"


def test_what_is_no_term_is_words(client):
    page = chapter_with(
        '<p><a linktype="term" id="999">jeden</a> <a linktype="term" id="x">dwa</a> <a linktype="term">trzy</a></p>',
        title="Rozdział",
        slug="rozdzial",
    )
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert "jeden</a> <a>dwa</a> <a>trzy</a>" in source(answer)


def test_the_editor_keeps_a_mark_as_it_is():
    one = factories.term("radny")
    kept = f'<p data-block-key="a1b2c">Pan <a linktype="term" id="{one.pk}">radnego</a>.</p>'
    editor = RichTextArea(features=["bold"])
    assert "TERM" in editor.format_value(kept)
    assert editor.value_from_datadict({"text": editor.format_value(kept)}, {}, "text") == kept


# --- What is taken for one name


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"term": "radny"}, "term"),
        ({"term": " RADNY  "}, "term"),
        ({"term": "rajca"}, "term"),
        ({"term": "wójt", "synonyms": "Radny"}, "synonyms"),
        ({"term": "wójt", "synonyms": "gospodarz\nRajca"}, "synonyms"),
        ({"term": "wójt", "synonyms": "gospodarz\nWójt"}, "synonyms"),
    ],
)
def test_two_terms_with_one_name_are_refused_beside_the_field(fields, field):
    existing = factories.term("Radny", synonyms="rajca", live=False)
    with pytest.raises(ValidationError) as refused:
        GlossaryTerm(locale=existing.locale, definition="Co to.", **fields).full_clean()
    assert list(refused.value.message_dict) == [field]


def test_another_language_may_have_the_same_name():
    existing = factories.term("KDO")
    factories.term("KDO", language="en", translates=existing).full_clean()
    existing.full_clean()


def test_a_name_may_be_one_of_another_language_until_it_is_translated():
    """Who approves a Polish term isn't kept back by an English one that happens to be called so."""
    factories.term("list", language="en", translates=factories.term("lista"))
    letter = factories.term("list")
    draft = GlossaryTerm.objects.get(translation_key=letter.translation_key, locale__language_code="en")
    factories.term("list of signatures", language="en", translates=factories.term("podpisy"), synonyms="letter")
    with pytest.raises(ValidationError):
        draft.full_clean()


def test_the_form_refuses_a_term_that_refers_to_itself(client_as, autorka):
    one, other = factories.term("radny"), factories.term("sesja")
    address = f"/admin/snippets/catalog/glossaryterm/edit/{one.pk}/"
    browser = client_as(autorka)
    answer = browser.post(address, {**WORDS, "see_also": [one.pk]})
    assert "nie do samego siebie" in source(answer)
    assert browser.post(address, {**WORDS, "see_also": [other.pk]}).status_code == 302
    draft = GlossaryTerm.objects.get(pk=one.pk).get_latest_revision_as_object()
    assert list(draft.see_also.all()) == [other]
    assert not GlossaryTerm.objects.get(pk=one.pk).see_also.exists()


# --- Search, translators


def test_whoever_asks_for_a_term_or_its_other_words_finds_its_definition(client):
    factories.term("KDO", definition="Ciało doradcze przy prezydencie.", synonyms="Komisja Dialogu Obywatelskiego")
    indexing.update([factories.glossary().pk])
    for asked in ("co to jest KDO", "komisji dialogu obywatelskiego", "doradczych ciał"):
        assert "Słowniczek" in found(client.get("/szukaj/", {"q": asked})), asked


def test_a_published_term_is_found_at_once_and_one_that_is_taken_down_no_more(client):
    one = factories.term("wihajster")
    assert found(client.get("/szukaj/?q=wihajster")) == ["Słowniczek"]
    with factories.publish_guard.trusted_command("tests"):
        GlossaryTerm.objects.get(pk=one.pk).unpublish()
    assert found(client.get("/szukaj/?q=wihajster")) == []
    assert rows(client) == {}


def test_readers_get_a_changed_definition_with_the_next_page(client, django_capture_on_commit_callbacks):
    one = factories.term("radny", definition="Przedtem.")
    page = chapter_with(factories.marked(one), title="Rozdział", slug="rozdzial")
    assert all("Przedtem." in source(client.get(address)) for address in (ADDRESS, page.url))
    one.definition = "Potem."
    with django_capture_on_commit_callbacks(execute=True):
        factories.publish(one)
    assert all("Potem." in source(client.get(address)) for address in (ADDRESS, page.url))


def test_words_that_mean_the_same_find_each_other_in_both_languages(client):
    one = factories.term("wihajster", synonyms="dynks")
    factories.term("gizmo", language="en", translates=one)
    factories.news(title="Nowy dynks w bibliotece", slug="dynks")
    for asked in ("wihajstry", "gizmo"):
        assert "Nowy dynks w bibliotece" in found(client.get("/szukaj/", {"q": asked})), asked


def test_translators_are_offered_approved_terms_in_any_form():
    one = factories.term("panel obywatelski", synonyms="POB")
    text = "O panelu obywatelskim (POB) i panelach."
    assert [hit.term for hit in agreed_words.split(text, "en")] == [""]
    factories.term("citizens’ assembly", language="en", translates=one, synonyms="citizens’ jury")
    cache.clear()
    hits = [(hit.words, hit.term) for hit in agreed_words.split(text, "en") if hit.term]
    assert hits == [("panelu obywatelskim", "citizens’ assembly"), ("POB", "citizens’ assembly")]
    assert "".join(hit.words for hit in agreed_words.split(text, "en")) == text
    assert agreed_words.unused_in(text, "About the panel.", "en")
    for said in ("Citizens’ assemblies", "A citizens’ jury", "The POB"):
        assert not agreed_words.unused_in(text, said, "en"), said


def test_what_staff_approved_goes_before_what_is_built_in():
    one = factories.term("rzecznictwo")
    factories.term("advocacy work", language="en", translates=one)
    cache.clear()
    assert [hit.term for hit in agreed_words.split("rzecznictwem", "en")] == ["advocacy work"]
    assert not agreed_words.unused_in("rzecznictwem", "by advocacy", "en")  # accepted before, accepted now


def test_a_public_term_gets_a_draft_for_its_translator():
    one = factories.term("radny", definition="Wybrany.")
    draft = GlossaryTerm.objects.get(translation_key=one.translation_key, locale__language_code="en")
    assert (draft.live, draft.term, draft.definition) == (False, "radny", "Wybrany.")


# --- Whoever decides, translates, or loads the demo


def test_whoever_compares_two_versions_reads_which_term_is_marked():
    public, draft = factories.term("radny"), factories.term("sesja", live=False)
    page = chapter_with(factories.marked(public, draft), title="Rozdział", slug="rozdzial")
    (line,) = content_lines.lines(page, "body")
    assert "radny [→ hasło „radny”]" in line.text
    assert "sesja [→ hasło „sesja”]" in line.text


def test_a_translation_by_segments_keeps_the_mark_in_its_sentence():
    one = factories.term("radny")
    source_text = f'<p data-block-key="a1b2c">Pan <a linktype="term" id="{one.pk}">radny</a> mówi.</p>'
    said = markup.rewritten(source_text, lambda index, words, links: words.replace("radny", "councillor"), int)
    assert f'<a linktype="term" id="{one.pk}">councillor</a>' in said


def test_the_demo_marks_terms_by_their_keys():
    one = factories.term("KDO")
    GlossaryTerm.objects.filter(pk=one.pk).update(translation_key=translation_key("catalog/glossary/kdo"))
    make = Words(None, "pl")
    kept = make.markup('<p>O <term key="kdo">krakowskiej <b>KDO</b></term>.</p>')
    assert f'<a linktype="term" id="{one.pk}">krakowskiej <b>KDO</b></a>' in kept
    with pytest.raises(LookupError, match="nieznane"):
        make.markup('<p><term key="nieznane">x</term></p>')


def test_each_term_that_the_demo_marks_is_in_its_glossary():
    folder = content_folder("catalog")
    terms = {one["key"]: one for one in read(folder / "glossary" / "terms.toml")["term"]}
    marks = {key for path in folder.glob("*.toml") for key, _words in demo.TERM_MARK.findall(path.read_text())}
    assert marks and marks <= terms.keys()
    assert {other for one in terms.values() for other in one.get("see_also", ())} <= terms.keys()


def test_the_editor_offers_originals_by_the_alphabet_and_finds_them_by_part_of_a_word(client_as, autorka):
    sesja, radny = factories.term("sesja", synonyms="posiedzenie rady"), factories.term("radny")
    factories.term("councillor", language="en", translates=radny)
    browser, chooser = client_as(autorka), "/admin/snippets/choose/catalog/glossaryterm/"
    for address, offered in (("", ["radny", "sesja"]), ("results/", ["radny", "sesja"]), ("results/?q=dny", ["radny"])):
        shown = browser.get(f"{chooser}{address}")
        assert [one.term for one in shown.context["results"]] == offered, address
    found_by = browser.get(f"{chooser}results/?q=posiedzenie").context["results"]
    assert [one.pk for one in found_by] == [sesja.pk]


def test_the_list_has_originals_first_by_the_alphabet_whichever_way_round(client_as, autorka):
    bench, *_others = [factories.term(word) for word in ("ławka", "żłobek", "lipa")]
    factories.term("bench", language="en", translates=bench)
    browser, address = client_as(autorka), "/admin/snippets/catalog/glossaryterm/"
    for query, listed in {
        "": ["lipa", "ławka", "żłobek", "bench"],
        "?ordering=-term": ["żłobek", "ławka", "lipa", "bench"],
        "?locale=en": ["bench"],
    }.items():
        rows = browser.get(f"{address}{query}").context["object_list"]
        assert [row.term for row in rows if row.live] == listed, query


def test_words_that_the_term_says_itself_are_found_and_not_said_again(client):
    factories.term("radny, radna", synonyms="radny\nradna\nradny miejski")
    assert glossary.known("pl").entries[0].synonyms == ("radny miejski",)
    assert [phrase for phrase, _code in glossary.synonyms()[0].phrases][1:3] == ["radny", "radna"]
