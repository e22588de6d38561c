"""Files for outside translators: what goes out comes back, and what doesn't fit is refused line by line."""

import io
import zipfile
from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import etree
from wagtail.users.models import UserProfile

from editorial.translation import drafts, freshness, segments
from editorial.translation.files import export, upload
from editorial.translation.freshness import State
from news.models import NewsPage
from tests import factories
from tests.editorial.newsroom import (
    draft_of,
    edit_url,
    fresh,
    log_in,
    nothing_changes_for_visitors,
    publish_properly,
    submit,
)
from tests.editorial.translation.conftest import PARAGRAPHS

ENGLISH = {
    "Live": "Alive",
    "Text that was approved": "What is approved, in “English” & more",
    "Pierwszy akapit o sąsiadach.": "First paragraph, about neighbours.",
    "Drugi akapit o podwórku i <b>drzewach</b>.": "Second one, about a yard and <b>trees</b>.",
    "live": "alive",
}
BODY = [("text", PARAGRAPHS), ("quote", {"text": "Zaczęło się od ławki.", "author": "Joanna", "role": ""})]


@pytest.fixture
def browser(tlumaczka) -> Any:
    """Of a translator who reads the admin in English."""
    UserProfile.objects.create(user=tlumaczka, preferred_language="en")
    found = Client()
    found.force_login(tlumaczka)
    return found


@pytest.fixture
def original(tree) -> NewsPage:
    """Live in Polish: a title, a lead, two paragraphs and a quotation."""
    return factories.news(title="Live", slug="live", lead="Text that was approved", body=BODY)


@pytest.fixture
def po(original, english) -> str:
    """The file of `original`, filled in; what has no translation in ENGLISH stays empty."""
    return filled(given_out(original, english))


@pytest.fixture
def outdated(original, english, tlumaczka) -> NewsPage:
    """The live translation of `original`, whose lead changed since."""
    page = drafts.begin(original, english, tlumaczka)
    content = segments.rewritten(
        page, segments.content_of(page.get_latest_revision_as_object()), lambda piece: ENGLISH.get(piece.text, "Bench")
    )
    factories.publish(page.with_content_json(content), user=tlumaczka, clean=False)
    change(original, lead="Something else")
    return fresh(page)


def change(page: Any, keeps: bool = False, **fields: Any) -> None:
    """Another text of `page` is public."""
    text = fresh(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(text, name, value)
    text.keeps_edition = keeps
    factories.publish(text)


def given_out(page: Any, locale: Any, format: export.Format = "po") -> str:
    return export.download([fresh(page)], locale, format).content.decode()


def filled(file: str, words: dict[str, str] = ENGLISH) -> str:
    """What a translator makes of a PO file, with a program of their own."""
    catalogue = polib.pofile(file)
    for entry in catalogue:
        entry.msgstr = words.get(entry.msgid, entry.msgstr)
    return str(catalogue)


def sent(browser: Any, *files: str | bytes, query: str = "", **named: bytes) -> Any:
    """The preview of an upload; names end in .po unless they are `named`."""
    parts = [(f"file-{number}.po", content) for number, content in enumerate(files)]
    parts += [(name.replace("_", "."), content) for name, content in named.items()]
    uploads = [
        SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content) for name, content in parts
    ]
    return browser.post(reverse("editorial:translation_import") + query, {"files": uploads})


def taken_over(browser: Any, answer: Any) -> Any:
    return browser.post(answer.request["PATH_INFO"], {"seen": answer.context["found"].seen})


def problems(answer: Any) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for plan in answer.context["found"].plans for problem in plan.problems]


def line_of(file: str, words: str) -> int:
    return next(number for number, line in enumerate(file.splitlines(), 1) if words in line)


def refused(browser: Any, file: str | bytes, words: str, line: int | None = None, query: str = "") -> None:
    """`file` is shown with one problem that says `words`, and can't be taken over."""
    answer = sent(browser, file, query=query)
    found = problems(answer)
    assert len(found) == 1, found
    assert words in found[0][1]
    assert line is None or found[0][0] == line
    assert not answer.context["is_possible"]
    assert taken_over(browser, answer).status_code == 409


def say(page: Any) -> dict[str, str]:
    """What the newest draft of `page` says, by path."""
    return {piece.path: piece.text for piece in segments.segments_of(fresh(page).get_latest_revision_as_object())}


# --- Out --------------------------------------------------------------------------------------


def test_a_page_goes_out_as_po_with_places_and_hints(browser, original, english):
    answer = browser.get(reverse("editorial:translation_export"), {"page": original.pk, "format": "po"})
    assert answer["Content-Disposition"].endswith('.en.po"')
    catalogue = polib.pofile(answer.content.decode())
    assert catalogue.metadata["X-Site-Page"] == str(original.translation_key)
    assert catalogue.metadata["X-Site-Edition"] == original.edition.isoformat()
    assert catalogue.metadata["Language"] == "en"
    assert {"PO-Revision-Date", "Last-Translator", "Language-Team"} <= set(catalogue.metadata)  # or msgfmt -c warns
    by_words = {entry.msgid: entry for entry in catalogue}
    bold = by_words["Drugi akapit o podwórku i <b>drzewach</b>."]
    assert bold.msgctxt.startswith("body.")
    assert "Keep what stands between" in bold.comment
    assert {entry.msgstr for entry in catalogue} == {""}


def test_a_page_goes_out_as_xliff_that_others_can_read(browser, original, english):
    answer = browser.get(
        reverse("editorial:translation_export"), {"page": original.pk, "format": "xliff", "language": "en"}
    )
    root = etree.fromstring(answer.content)
    space = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
    assert root.xpath("//x:file/@target-language", namespaces=space) == ["en"]
    assert "Drugi akapit o podwórku i <b>drzewach</b>." in root.xpath("//x:source/text()", namespaces=space)


def test_a_section_goes_out_as_a_zip(browser, original, english):
    other = factories.news()
    answer = browser.get(
        reverse("editorial:translation_export"), {"section": original.get_parent().pk, "format": "xliff"}
    )
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert len([name for name in names if f"-{other.pk}." in name or f"-{original.pk}." in name]) == 2
    assert len(names) == 3  # and the section itself


def test_all_that_is_out_of_date_goes_out(browser, original, outdated):
    answer = browser.get(reverse("editorial:translation_export"), {"state": "outdated", "format": "po"})
    catalogue = polib.pofile(answer.content.decode())
    assert catalogue.metadata["X-Site-Page"] == str(original.translation_key)


def test_what_changed_goes_out_empty_with_what_was_said_before(original, outdated, english):
    by_path = {entry.msgctxt: entry for entry in polib.pofile(given_out(original, english))}
    assert by_path["title"].msgstr == "Alive"
    lead = by_path["lead"]
    assert (lead.msgid, lead.msgstr) == ("Something else", "")
    assert lead.previous_msgid == "Text that was approved"
    assert ENGLISH["Text that was approved"] in lead.tcomment


def test_only_translators_give_out_and_take_in(original, client_as, autorka):
    for name in ("translation_export", "translation_import"):
        answer = client_as(autorka).get(reverse(f"editorial:{name}"), {"page": original.pk, "format": "po"})
        assert answer.status_code == 302
        assert "msgid" not in answer.content.decode()


def test_nonsense_in_the_address_is_answered_politely(browser, original):
    address = reverse("editorial:translation_export")
    for query in ({"page": "x"}, {"page": 10**12}, {"section": -1}):
        assert browser.get(address, {**query, "format": "po"}).status_code == 404
    for query in ({"format": "doc"}, {"format": "po", "language": "xx"}, {"format": "po", "state": "odd"}):
        assert browser.get(address, query).status_code == 400


def test_the_page_has_a_way_to_its_files(browser, original, outdated, client_as, autorka):
    address = reverse("editorial:translation_export")
    for page in (original, outdated):
        assert address in browser.get(edit_url(page)).content.decode()
        assert browser.get(address, {"page": page.pk}).context["wanted"].pk == original.pk
    assert address not in client_as(autorka).get(edit_url(original)).content.decode()


# --- In, and what it does -----------------------------------------------------------------------


def test_nothing_is_written_before_somebody_has_looked(browser, original, po, english):
    answer = sent(browser, po)
    plan = answer.context["found"].plans[0]
    assert problems(answer) == []
    assert {change.new for change in plan.changes} == set(ENGLISH.values())
    assert plan.empty == 2  # the quotation and who said it
    assert original.get_translation_or_none(english) is None


def test_taken_over_it_is_a_draft_of_its_translator(browser, original, po, english, tlumaczka):
    with nothing_changes_for_visitors(original):
        assert taken_over(browser, sent(browser, po)).status_code == 302
    page = original.get_translation(english)
    assert not page.live
    assert page.latest_revision.user == tlumaczka
    words = say(page)
    assert (words["title"], words["lead"], words["slug"]) == ("Alive", ENGLISH["Text that was approved"], "alive")
    assert ENGLISH["Drugi akapit o podwórku i <b>drzewach</b>."] in words.values()
    assert "Zaczęło się od ławki." in words.values()  # empty in the file: waits for somebody


def test_an_outdated_page_becomes_current_by_a_file(
    browser, original, outdated, english, tlumaczka, redaktorka, koordynatorka
):
    before = outdated.revisions.count()
    file = filled(given_out(original, english), {"Something else": "Something new"})
    with nothing_changes_for_visitors(original, outdated):
        answer = sent(browser, file)
        assert [(change.old, change.new) for change in answer.context["found"].plans[0].changes] == [
            (ENGLISH["Text that was approved"], "Something new")
        ]
        assert taken_over(browser, answer).status_code == 302
    assert outdated.revisions.count() == before + 1
    publish_properly(fresh(outdated), tlumaczka, redaktorka, koordynatorka)
    assert freshness.pair_of(fresh(outdated)).state == State.CURRENT


def test_a_short_change_that_the_file_leaves_empty_waits_for_somebody(browser, original, outdated, english):
    change(original, title="Life", lead="Something else again")
    file = filled(given_out(original, english), {"Something else again": "Something new"})
    assert taken_over(browser, sent(browser, file)).status_code == 302
    draft = fresh(outdated).get_latest_revision_as_object()
    assert [piece.text for piece in drafts.untranslated(draft, fresh(original))] == ["Life"]


def test_hand_made_blocks_of_a_translation_survive(browser, original, outdated, english, tlumaczka):
    text = fresh(outdated).get_latest_revision_as_object()
    text.body.append(("quote", {"text": "Only in English", "author": "Ann", "role": ""}))
    text.save_revision(user=tlumaczka, log_action=True)
    file = filled(given_out(original, english), {"Something else": "Something new"})
    assert taken_over(browser, sent(browser, file)).status_code == 302
    words = say(outdated)
    assert words["lead"] == "Something new"
    assert "Only in English" in words.values()


def test_an_address_comes_from_the_title_when_the_file_names_none(browser, original, english):
    file = filled(given_out(original, english), {"Live": "Alive and kicking"})
    taken_over(browser, sent(browser, file))
    assert say(original.get_translation(english))["slug"] == "alive-and-kicking"


def test_xliff_comes_back_too(browser, original, english):
    root = etree.fromstring(given_out(original, english, "xliff").encode())
    space = root.nsmap[None]
    for unit in root.iter(f"{{{space}}}trans-unit"):
        words = ENGLISH.get(unit.find(f"{{{space}}}source").text)
        if words:
            target = etree.SubElement(unit, f"{{{space}}}target")
            target.text = words
    answer = sent(browser, file_xlf=etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    assert problems(answer) == []
    assert taken_over(browser, answer).status_code == 302
    assert say(original.get_translation(english))["title"] == "Alive"


def test_a_zip_of_a_section_comes_back_parents_first(browser, original, english, koordynatorka):
    parent = factories.standard_page(title="Szkolenia dla sąsiadów")
    child = factories.grow(type(parent)(title="Terminy szkoleń", lead="Kiedy to jest."), parent, live=True)
    pages = [fresh(child), fresh(parent)]
    packed = export.download(pages, english, "po").content
    archive = zipfile.ZipFile(io.BytesIO(packed))
    words = {"Szkolenia dla sąsiadów": "Training", "Terminy szkoleń": "Dates", "Kiedy to jest.": "When it is."}
    done = io.BytesIO()
    with zipfile.ZipFile(done, "w") as target:
        for name in archive.namelist():
            target.writestr(name, filled(archive.read(name).decode(), words))
    answer = sent(browser, files_zip=done.getvalue())
    assert problems(answer) == []
    assert taken_over(browser, answer).status_code == 302
    there = child.get_translation(english)
    assert (there.draft_title, there.get_parent().specific.draft_title) == ("Dates", "Training")


def test_half_a_file_is_taken_as_half(browser, original, outdated, english):
    file = filled(given_out(original, english), {})
    half = "\n\n".join(part for part in file.split("\n\n") if 'msgctxt "title"' not in part)
    answer = sent(browser, half)
    plan = answer.context["found"].plans[0]
    assert (plan.missing, plan.empty, plan.problems, plan.changes) == (1, 1, [], [])
    assert not answer.context["is_possible"]


def test_unsure_entries_stay_out_and_are_named(browser, original, english, po):
    catalogue = polib.pofile(po)
    catalogue.find("Live").flags.append("fuzzy")
    answer = sent(browser, str(catalogue))
    plan = answer.context["found"].plans[0]
    assert "“Alive”" in plan.notices[0].message
    assert "Alive" not in {change.new for change in plan.changes}


def test_a_small_correction_meanwhile_is_told_and_no_hindrance(browser, original, po):
    change(original, keeps=True, lead="Text that was approved.")
    answer = sent(browser, po)
    assert problems(answer) == []
    assert "“Text that was approved.”" in answer.context["found"].plans[0].notices[0].message


# --- Refused ------------------------------------------------------------------------------------


def test_a_file_for_another_page_is_refused(browser, original, po):
    other = factories.news(title="Inna")
    refused(browser, po, "“Live”, not for “Inna”", query=f"?page={other.pk}")


def test_a_file_of_another_site_is_refused(browser, original, po):
    strange = po.replace(str(original.translation_key), "12345678-1234-1234-1234-123456789012")
    refused(browser, strange, "No public page of this site")
    refused(browser, po.replace(str(original.translation_key), "?"), "No public page of this site")


def test_a_file_for_a_language_that_is_not_there_is_refused(browser, po):
    refused(browser, po.replace('"Language: en', '"Language: xx'), "“pl” into “xx”")
    refused(browser, po.replace('"Language: en', '"Language: pl'), "“pl” into “pl”")


def test_a_file_of_another_version_is_refused_and_says_what_changed(browser, original, po):
    change(original, lead="Another meaning", title="Alive")
    answer = sent(browser, po)
    [(_line, message)] = problems(answer)
    assert "“Another meaning”" in message
    assert "“Alive”" in message
    assert "Pierwszy akapit" not in message


def test_a_file_of_another_format_version_is_refused(browser, po):
    refused(browser, po.replace('"X-Site-Format: 1', '"X-Site-Format: 9'), "another version of it")


def test_an_unknown_place_is_refused(browser, po):
    refused(browser, po.replace('msgctxt "lead"', 'msgctxt "nowhere"'), "no such place: “nowhere”")


def test_words_of_the_original_that_were_changed_are_refused(browser, po):
    file = po.replace('msgid "Live"', 'msgid "Dead"')
    refused(browser, file, "“Dead”", line_of(file, 'msgstr "Alive"'))


def test_the_same_entry_twice_is_refused(browser, po):
    part = next(part for part in po.split("\n\n") if 'msgctxt "title"' in part)
    first = line_of(po, 'msgstr "Alive"')
    refused(browser, f"{po}\n{part}\n", f"in line {first} already")


def test_the_same_file_twice_is_refused(browser, po):
    answer = sent(browser, po, po)
    assert "twice" in problems(answer)[0][1]
    answer = sent(browser, po, po + "\n# changed a little\n")
    assert "Two files are for the same page" in problems(answer)[0][1]


MARKUP = 'msgstr "Second one, about a yard and <b>trees</b>."'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("about <b>trees", "A tag is open"),
        ("about </b>trees<b>", "A tag is open"),
        ("about trees", "Missing tags: <b>"),
        ("about <b>trees</b> and <i>birds</i>", "Tags that the original hasn't: <i>"),
        ("about <b>trees</b> and <b>birds</b>", "Tags that the original hasn't: <b>"),
        ("about <b onclick='x()'>trees</b>", "Only the tags of the original"),
        ("about <b>trees</b><script>x()</script>", "Only the tags of the original"),
        ("about <b>trees</b><p>x</p>", "Only the tags of the original"),
        (r"about <b>trees</b><a id=\"a1\">x</a>", "Tags that the original hasn't: <a id="),
    ],
)
def test_broken_markup_is_refused_with_its_line(browser, po, words, said):
    file = po.replace(MARKUP, f'msgstr "{words}"')
    refused(browser, file, said, line_of(po, MARKUP))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('msgstr "alive"', 'msgstr "not an address"', "small letters without accents"),
        ('msgstr "Alive"', 'msgstr "Ali\\nve"', "No line break"),
        ('msgstr "Alive"', f'msgstr "{"A" * 256}"', "At most 255 characters fit here. There are 256."),
        ('msgstr "Alive"', 'msgstr "Ali\\bve"', "control character (U+0008)"),
        ('msgstr "Alive"', 'msgstr "Ali\x1bve"', "control character (U+001B)"),
        ('msgstr "Alive"', 'msgstr "Ali\\qve"', "Unknown sign after a backslash"),
        ('msgstr "Alive"', 'msgstr "Ali"ve"', "This line is no PO"),
        ('msgstr "Alive"', 'msgstr "Alive', "This line is no PO"),
        ('msgstr "Alive"', 'msgstr "Alive"\nmsgstr "Again"', "twice in one entry"),
    ],
)
def test_words_that_do_not_fit_are_refused_with_their_line(browser, po, old, new, said):
    answer = sent(browser, po.replace(old, new))
    found = dict(problems(answer))
    assert said in " ".join(found.values())
    assert line_of(po, old) in found or line_of(po, old) + 1 in found


def test_an_address_that_is_taken_is_refused(browser, po, tlumaczka):
    taken = draft_of(tlumaczka, "Alive", language="en")
    assert taken.slug == "alive"
    refused(browser, po, "Another page of this section", line_of(po, 'msgstr "alive"'))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        ("zażółć".encode("cp1250"), "not in UTF-8"),
        ("msgid".encode("utf-16"), "UTF-16"),
        ("msgid".encode("utf-32"), "UTF-32"),
        ("msgid".encode("utf-16-le"), "not in UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "not in UTF-8"),
        (b"Hello", "no PO"),
        (b'msgid ""\nmsgstr ""\n', "No public page|another version"),
        (b"<html></html>", "no XLIFF"),
        (b"<xliff", "no correct XML"),
        (b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"></xliff>', "XLIFF 2.0"),
        (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"></xliff>', "no <file>"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>', "document type or entities"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xliff/>', "document type or entities"),
        (b"/etc/passwd", "no PO"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(browser, tree, content, said):
    answer = sent(browser, content)
    messages = " ".join(message for _line, message in problems(answer))
    assert any(words in messages for words in said.split("|")), messages


def test_the_line_that_is_not_utf8_is_named(browser, po):
    content = po.encode().replace(b"Alive", "Ż".encode("cp1250"))
    assert problems(sent(browser, content))[0][0] == line_of(po, 'msgstr "Alive"')


def test_a_file_that_is_too_large_is_refused(browser, monkeypatch):
    monkeypatch.setattr(upload, "MOST_BYTES_OF_FILE", 1000)
    answer = sent(browser, b"x" * 1001)
    assert answer.status_code == 400
    assert "too large" in str(next(iter(answer.context["messages"])))


def test_a_zip_bomb_is_refused_unopened(browser):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("large.po", b"\0" * (upload.MOST_BYTES_OF_FILE + 1))
    assert len(packed.getvalue()) < 10_000
    assert "too large" in str(next(iter(sent(browser, files_zip=packed.getvalue()).context["messages"])))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(upload.MOST_FILES + 1):
            archive.writestr(f"{number}.po", b"")
    assert "500" in str(next(iter(sent(browser, files_zip=packed.getvalue()).context["messages"])))
    broken = packed.getvalue()[:500]
    assert "damaged" in str(next(iter(sent(browser, files_zip=broken).context["messages"])))


# --- Everything or nothing ------------------------------------------------------------------------


def test_one_bad_file_keeps_all_out(browser, original, po, english):
    other = factories.news(title="Druga wiadomość")
    good = filled(given_out(other, english), {"Druga wiadomość": "Second news"})
    answer = sent(browser, good, po.replace(MARKUP, 'msgstr "no tags"'))
    assert not answer.context["is_possible"]
    assert taken_over(browser, answer).status_code == 409
    assert other.get_translation_or_none(english) is None


def test_a_crash_in_the_second_page_takes_the_first_one_back(browser, original, po, english, monkeypatch):
    other = factories.news(title="Druga wiadomość")
    good = filled(given_out(other, english), {"Druga wiadomość": "Second news"})
    answer = sent(browser, good, po)
    assert answer.context["is_possible"]
    save, calls = NewsPage.save_revision, []

    def fail_late(self: Any, *args: Any, **kwargs: Any) -> Any:
        calls.append(self)
        if len(calls) == 4:
            raise OSError("the disk is full")
        return save(self, *args, **kwargs)

    monkeypatch.setattr(NewsPage, "save_revision", fail_late)
    with pytest.raises(OSError, match="disk"):
        taken_over(browser, answer)
    assert other.get_translation_or_none(english) is None
    assert original.get_translation_or_none(english) is None


def test_what_changed_since_somebody_looked_is_shown_anew(browser, original, outdated, english, tlumaczka):
    answer = sent(browser, filled(given_out(original, english), {"Something else": "Something new"}))
    text = fresh(outdated).get_latest_revision_as_object()
    text.title = "Edited meanwhile"
    text.save_revision(user=tlumaczka, log_action=True)
    again = taken_over(browser, answer)
    assert again.status_code == 409
    assert say(outdated)["lead"] != "Something new"
    assert taken_over(browser, again).status_code == 302
    assert say(outdated)["lead"] == "Something new"


def test_an_upload_is_its_senders_alone_and_used_once(browser, original, po, english, client_as, koordynatorka):
    answer = sent(browser, po)
    assert taken_over(log_in(koordynatorka), answer).status_code in (302, 400)
    assert original.get_translation_or_none(english) is None
    assert taken_over(browser, answer).status_code == 302
    assert taken_over(browser, answer).status_code == 400


def test_only_what_the_preview_showed_is_taken(browser, original, po, english):
    first = sent(browser, po)
    sent(browser, po.replace('msgstr "Alive"', 'msgstr "Replaced in another tab"'))
    assert taken_over(browser, first).status_code == 409
    assert original.get_translation_or_none(english) is None


# --- Who may, and when ----------------------------------------------------------------------------


@pytest.fixture
def whole(original, outdated, english) -> str:
    return filled(given_out(original, english), {"Something else": "Something new"})


def test_nothing_is_written_while_it_is_in_review(browser, outdated, whole, tlumaczka):
    text = fresh(outdated).get_latest_revision_as_object()
    text.title = "Submitted"
    text.save_revision(user=tlumaczka, log_action=True)
    submit(fresh(outdated), tlumaczka)
    refused(browser, whole, "in review")


def test_nothing_is_written_while_somebody_has_it_locked(browser, outdated, whole, koordynatorka):
    page = fresh(outdated)
    page.locked, page.locked_by = True, koordynatorka
    page.save(update_fields=["locked", "locked_by"])
    refused(browser, whole, "ocked")


def test_a_submission_between_look_and_decision_wins(browser, outdated, whole, tlumaczka):
    answer = sent(browser, whole)
    text = fresh(outdated).get_latest_revision_as_object()
    text.save_revision(user=tlumaczka, log_action=True)
    submit(fresh(outdated), tlumaczka)
    assert taken_over(browser, answer).status_code == 409
    assert say(outdated)["lead"] != "Something new"


def test_a_child_waits_for_its_parent(browser, english, tree):
    parent = factories.standard_page(title="Szkolenia dla sąsiadów")
    child = factories.grow(type(parent)(title="Terminy", lead="Kiedy to jest."), parent, live=True)
    refused(browser, given_out(child, english), "Translate “Szkolenia dla sąsiadów” first")
