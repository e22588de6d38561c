"""Files for outside translators: what goes out comes back, and what doesn't fit is refused line by line."""

import base64
import shutil
import subprocess
from typing import Any

import polib
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from news.models import NewsPage
from tests import factories
from tests.translation.fixtures import PARAGRAPHS, into_english
from tests.workflow import (
    draft_of,
    edit_url,
    fresh,
    nothing_changes_for_visitors,
    publish_properly,
    submit,
)
from translation import freshness, progress, segments
from translation.exchange import export, po
from translation.freshness import State
from translation.views import exchange

pytestmark = pytest.mark.usefixtures("polish")

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


@pytest.fixture(scope="module")
def polish(module_tree) -> int:
    """Live in Polish: a title, a lead, two paragraphs and a quotation."""
    return factories.news(title="Live", slug="live", lead="Text that was approved", body=BODY).pk


@pytest.fixture
def original(polish, db) -> NewsPage:
    return NewsPage.objects.get(pk=polish)


@pytest.fixture(scope="module")
def file(polish) -> str:
    """The file of `original`, filled in; what has no translation in ENGLISH stays empty."""
    return filled(given_out(NewsPage.objects.get(pk=polish), Locale.objects.get(language_code="en")))


def change(page: Any, keeps: bool = False, **fields: Any) -> None:
    """Another text of `page` is public."""
    text = fresh(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(text, name, value)
    text.keeps_source_version = keeps
    factories.publish(text)


def given_out(page: Any, locale: Any) -> str:
    return po.write(export.document_of(fresh(page), locale))


def filled(file: str, words: dict[str, str] = ENGLISH) -> str:
    """What a translator makes of a PO file, with a program of their own."""
    catalogue = polib.pofile(file)
    for entry in catalogue:
        entry.msgstr = words.get(entry.msgid, entry.msgstr)
    return str(catalogue)


def address_of(page: Any) -> str:
    return reverse("translation:exchange", args=(page.pk,))


def sent(browser: Any, page: Any, file: str | bytes) -> Any:
    """The preview of `file`, uploaded at the files of `page`."""
    content = file.encode() if isinstance(file, str) else file
    return browser.post(address_of(page), {"file": SimpleUploadedFile("page.po", content)})


def taken_over(browser: Any, answer: Any) -> Any:
    """Sends the form of the preview `answer`, or what a page without that button would send."""
    plan = answer.context["plan"]
    return browser.post(
        answer.request["PATH_INFO"], {"seen": plan.seen, "content": base64.b64encode(plan.content).decode()}
    )


def problems(answer: Any) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in answer.context["plan"].problems]


def line_of(file: str, words: str) -> int:
    return next(number for number, line in enumerate(file.splitlines(), 1) if words in line)


def refused(browser: Any, page: Any, file: str | bytes, words: str, line: int | None = None) -> None:
    """`file` is shown with one problem that says `words`, and can't be taken over."""
    answer = sent(browser, page, file)
    found = problems(answer)
    assert len(found) == 1, found
    assert words in found[0][1]
    assert line is None or found[0][0] == line
    assert 'name="seen"' not in answer.content.decode()
    assert taken_over(browser, answer).status_code == 409


def say(page: Any) -> dict[str, str]:
    """What the newest draft of `page` says, by path."""
    return {unit.path: unit.text for unit in segments.segments_of(fresh(page).get_latest_revision_as_object())}


# --- Out --------------------------------------------------------------------------------------


def test_a_page_goes_out_as_po_with_places_and_hints(browser, original, english):
    answer = browser.get(reverse("translation:download", args=(original.pk, "en")))
    assert answer["Content-Disposition"].endswith('.en.po"')
    catalogue = polib.pofile(answer.content.decode())
    assert catalogue.metadata["X-Site-Page"] == str(original.translation_key)
    assert catalogue.metadata["X-Site-Edition"] == original.source_version.isoformat()
    assert catalogue.metadata["Language"] == "en"
    assert {"PO-Revision-Date", "Last-Translator", "Language-Team"} <= set(catalogue.metadata)  # or msgfmt -c warns
    by_words = {entry.msgid: entry for entry in catalogue}
    bold = by_words["Drugi akapit o podwórku i <b>drzewach</b>."]
    assert bold.msgctxt.startswith("body.")
    assert "Keep what stands between" in bold.comment
    assert {entry.msgstr for entry in catalogue} == {""}


def test_only_translators_give_out_and_take_in(original, file, client_as, autorka):
    browser = client_as(autorka)
    for address in (address_of(original), reverse("translation:download", args=(original.pk, "en"))):
        answer = browser.get(address)
        assert answer.status_code == 302
        assert "msgid" not in answer.content.decode()
    assert sent(browser, original, file).status_code == 302


def test_what_is_not_public_has_no_file(browser, original, tlumaczka):
    draft = draft_of(tlumaczka, "Only a draft")
    assert "Only a public page" in browser.get(address_of(draft)).content.decode()
    for page, language in ((draft.pk, "en"), (original.pk, "pl"), (original.pk, "xx"), (10**9, "en")):
        assert browser.get(reverse("translation:download", args=(page, language))).status_code == 404


# --- In, and what it does -----------------------------------------------------------------------


def test_nothing_is_written_before_somebody_has_looked(browser, original, file, english):
    answer = sent(browser, original, file)
    plan = answer.context["plan"]
    assert problems(answer) == []
    assert {change.new for change in plan.changes} == set(ENGLISH.values())
    assert plan.empty == 2  # the quotation and who said it
    assert original.get_translation_or_none(english) is None


def test_taken_over_it_is_a_draft_of_its_translator(browser, original, file, english, tlumaczka):
    with nothing_changes_for_visitors(original):
        assert taken_over(browser, sent(browser, original, file)).status_code == 302
    page = original.get_translation(english)
    assert not page.live
    assert page.latest_revision.user == tlumaczka
    words = say(page)
    assert (words["title"], words["lead"], words["slug"]) == ("Alive", ENGLISH["Text that was approved"], "alive")
    assert ENGLISH["Drugi akapit o podwórku i <b>drzewach</b>."] in words.values()
    assert "Zaczęło się od ławki." in words.values()  # empty in the file: waits for somebody


def test_an_address_comes_from_the_title_when_the_file_names_none(browser, original, english):
    translated = filled(given_out(original, english), {"Live": "Alive and kicking"})
    taken_over(browser, sent(browser, original, translated))
    assert say(original.get_translation(english))["slug"] == "alive-and-kicking"


def test_unsure_entries_stay_out_and_are_named(browser, original, english, file):
    catalogue = polib.pofile(file)
    catalogue.find("Live").flags.append("fuzzy")
    answer = sent(browser, original, str(catalogue))
    plan = answer.context["plan"]
    assert "“Alive”" in plan.notices[0].message
    assert "Alive" not in {change.new for change in plan.changes}


def test_a_small_correction_meanwhile_is_told_and_no_hindrance(browser, original, file):
    change(original, keeps=True, lead="Text that was approved.")
    answer = sent(browser, original, file)
    assert problems(answer) == []
    assert "“Text that was approved.”" in answer.context["plan"].notices[0].message


# --- Refused ------------------------------------------------------------------------------------


def test_a_file_for_another_page_is_refused(browser, original, file):
    other = factories.news(title="Inna")
    refused(browser, other, file, "“Live”, not for “Inna”")


def test_a_file_of_another_site_is_refused(browser, original, file):
    strange = file.replace(str(original.translation_key), "12345678-1234-1234-1234-123456789012")
    refused(browser, original, strange, "No public page of this site")
    refused(browser, original, file.replace(str(original.translation_key), "?"), "No public page of this site")


def test_a_file_for_a_language_that_is_not_there_is_refused(browser, original, file):
    refused(browser, original, file.replace('"Language: en', '"Language: xx'), "“pl” into “xx”")
    refused(browser, original, file.replace('"Language: en', '"Language: pl'), "“pl” into “pl”")


def test_a_file_of_another_version_is_refused_and_says_what_changed(browser, original, file):
    change(original, lead="Another meaning", title="Alive")
    answer = sent(browser, original, file)
    [(_line, message)] = problems(answer)
    assert "“Another meaning”" in message
    assert "“Alive”" in message
    assert "Pierwszy akapit" not in message


def test_a_file_of_another_format_version_is_refused(browser, original, file):
    refused(browser, original, file.replace('"X-Site-Format: 1', '"X-Site-Format: 9'), "another version of it")


def test_an_unknown_place_is_refused(browser, original, file):
    refused(browser, original, file.replace('msgctxt "lead"', 'msgctxt "nowhere"'), "no such place: “nowhere”")


def test_words_of_the_original_that_were_changed_are_refused(browser, original, file):
    translated = file.replace('msgid "Live"', 'msgid "Dead"')
    refused(browser, original, translated, "“Dead”", line_of(translated, 'msgstr "Alive"'))


def test_the_same_entry_twice_is_refused(browser, original, file):
    part = next(part for part in file.split("\n\n") if 'msgctxt "title"' in part)
    first = line_of(file, 'msgstr "Alive"')
    refused(browser, original, f"{file}\n{part}\n", f"in line {first} already")


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
def test_broken_markup_is_refused_with_its_line(browser, original, file, words, said):
    [(line, message)] = problems(sent(browser, original, file.replace(MARKUP, f'msgstr "{words}"')))
    assert said in message
    assert line == line_of(file, MARKUP)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('msgstr "alive"', 'msgstr "not an address"', "small letters without accents"),
        ('msgstr "Alive"', 'msgstr "Ali\\nve"', "No line break"),
        ('msgstr "Alive"', f'msgstr "{"A" * 256}"', "At most 255 characters fit here. There are 256."),
        ('msgstr "Alive"', 'msgstr "Ali\\bve"', "control character (U+0008)"),
        ('msgstr "Alive"', 'msgstr "Ali\x1bve"', "control character (U+001B)"),
        ('msgstr "Alive"', 'msgstr "Ali\\qve"', "Unknown sign after a backslash"),
        ('msgstr "Alive"', 'msgstr "Ali"ve"', "This line can't be read"),
        ('msgstr "Alive"', 'msgstr "Alive', "This line can't be read"),
        ('msgstr "Alive"', 'msgstr "Alive"\nmsgstr "Again"', "twice in one entry"),
    ],
)
def test_words_that_do_not_fit_are_refused_with_their_line(browser, original, file, old, new, said):
    answer = sent(browser, original, file.replace(old, new))
    found = dict(problems(answer))
    assert said in " ".join(found.values())
    assert line_of(file, old) in found or line_of(file, old) + 1 in found


def test_an_address_that_is_taken_is_refused(browser, original, file, tlumaczka):
    taken = draft_of(tlumaczka, "Alive", language="en")
    assert taken.slug == "alive"
    refused(browser, original, file, "Another page of this section", line_of(file, 'msgstr "alive"'))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        ("msgid zażółć".encode("cp1250"), "encoding “UTF-8”"),
        ("msgid".encode("utf-16"), "UTF-16"),
        ("msgid".encode("utf-32"), "UTF-32"),
        ("msgid".encode("utf-16-le"), "encoding “UTF-8”"),
        (b"\x89PNG\r\n\x1a\n", "not a PO file"),
        (b"MZ\x90\x00\x03\x00\x00\x00\xff\xff msgid", "not a PO file"),
        ("zażółć".encode("cp1250"), "not a PO file"),
        (b"Hello", "not a PO file"),
        (b'msgid ""\nmsgstr ""\n', "No public page|another version"),
        (b"<html></html>", "not a PO file"),
        (b"/etc/passwd", "not a PO file"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(browser, original, content, said):
    answer = sent(browser, original, content)
    messages = " ".join(message for _line, message in problems(answer))
    assert any(words in messages for words in said.split("|")), messages


def test_the_line_that_is_not_utf8_is_named(browser, original, file):
    content = file.encode().replace(b"Alive", "Ż".encode("cp1250"))
    assert problems(sent(browser, original, content))[0][0] == line_of(file, 'msgstr "Alive"')


def test_a_file_that_is_too_large_is_refused(browser, original):
    answer = sent(browser, original, b"x" * (exchange.MOST_BYTES + 1))
    assert answer.status_code == 400
    assert "too large" in str(next(iter(answer.context["messages"])))


def test_what_is_no_upload_is_asked_for_again(browser, original):
    for data in ({}, {"seen": "1"}, {"seen": "1", "content": "no base64"}, {"seen": "1", "content": "żółw"}):
        answer = browser.post(address_of(original), data)
        assert answer.status_code == 400
        assert "Choose a file first" in str(next(iter(answer.context["messages"])))


# --- Everything or nothing, and only what was seen -----------------------------------------------


def test_a_crash_after_the_page_was_begun_takes_it_back(browser, original, file, english, monkeypatch):
    answer = sent(browser, original, file)
    save, calls = NewsPage.save_revision, []

    def fail_late(self: Any, *args: Any, **kwargs: Any) -> Any:
        calls.append(self)
        if kwargs.get("log_action"):
            raise OSError("the disk is full")
        return save(self, *args, **kwargs)

    monkeypatch.setattr(NewsPage, "save_revision", fail_late)
    with pytest.raises(OSError, match="disk"):
        taken_over(browser, answer)
    assert len(calls) > 1
    assert original.get_translation_or_none(english) is None


def test_the_form_of_the_preview_carries_the_file_to_the_byte(browser, original, file, english):
    windows = b"\xef\xbb\xbf" + file.replace("\n", "\r\n").encode()
    page = BeautifulSoup(sent(browser, original, windows).content, "html.parser")
    form = page.find("input", {"name": "content"}).find_parent("form")
    seen = form.find("button", {"name": "seen"})["value"]
    content = form.find("input", {"name": "content"})["value"]
    assert base64.b64decode(content) == windows
    assert browser.post(address_of(original), {"seen": seen, "content": content}).status_code == 302
    assert say(original.get_translation(english))["title"] == "Alive"


def test_the_largest_file_gets_through_the_preview(browser, original, file, english):
    """What was shown and can't be sent back, because a form is too large for Django, would be lost work."""
    largest = file.encode() + b"#" * (exchange.MOST_BYTES - len(file.encode()))
    assert taken_over(browser, sent(browser, original, largest)).status_code == 302
    assert original.get_translation_or_none(english)


def test_what_was_taken_over_is_not_taken_over_again(browser, original, file, english):
    answer = sent(browser, original, file)
    assert taken_over(browser, answer).status_code == 302
    page = original.get_translation(english)
    assert taken_over(browser, answer).status_code == 409
    assert page.revisions.count() == fresh(page).revisions.count() == 2


def test_only_what_the_preview_showed_is_taken(browser, original, file, english):
    seen = sent(browser, original, file).context["plan"].seen
    for other in (file.replace('msgstr "Alive"', 'msgstr "Replaced on its way"'), file.replace("yard", "yard</b>")):
        content = base64.b64encode(other.encode()).decode()
        assert browser.post(address_of(original), {"seen": seen, "content": content}).status_code == 409
    assert original.get_translation_or_none(english) is None


def test_a_child_waits_for_its_parent(browser, english):
    parent = factories.standard_page(title="Szkolenia dla sąsiadów")
    child = factories.grow(type(parent)(title="Terminy", lead="Kiedy to jest."), parent, live=True)
    refused(browser, child, given_out(child, english), "Translate “Szkolenia dla sąsiadów” first")


# --- A translation whose original changed -------------------------------------------------------


class TestAnOutdatedTranslation:
    @pytest.fixture(scope="class")
    @classmethod
    def changed(cls, tree, polish) -> int:
        """The live translation of `original`, whose lead changed since."""
        original = NewsPage.objects.get(pk=polish)
        page = into_english(original)
        content = segments.content_of(page.get_latest_revision_as_object())
        said = segments.rewritten(page, content, lambda unit: ENGLISH.get(unit.text, "Bench"))
        factories.publish(page.with_content_json(said), user=page.owner, clean=False)
        change(original, lead="Something else")
        return page.pk

    @pytest.fixture
    def outdated(self, changed, db) -> NewsPage:
        return NewsPage.objects.get(pk=changed)

    @pytest.fixture
    def whole(self, original, outdated, english) -> str:
        """The file of `original` with the words that are missing."""
        return filled(given_out(original, english), {"Something else": "Something new"})

    def test_what_changed_goes_out_empty_with_what_was_said_before(self, original, outdated, english):
        by_path = {entry.msgctxt: entry for entry in polib.pofile(given_out(original, english))}
        assert by_path["title"].msgstr == "Alive"
        lead = by_path["lead"]
        assert (lead.msgid, lead.msgstr) == ("Something else", "")
        assert lead.previous_msgid == "Text that was approved"
        assert ENGLISH["Text that was approved"] in lead.tcomment

    def test_the_page_has_a_way_to_its_files(self, browser, original, outdated, client_as, autorka):
        assert address_of(outdated) in browser.get(edit_url(outdated)).content.decode()
        for page in (original, outdated):
            assert reverse("translation:download", args=(original.pk, "en")) in (
                browser.get(address_of(page)).content.decode()
            )
        assert address_of(original) not in client_as(autorka).get(edit_url(original)).content.decode()

    @pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
    def test_gettext_itself_finds_no_fault_in_what_goes_out(self, original, outdated, english, tmp_path):
        for name, text in (("out", given_out(original, english)), ("back", filled(given_out(original, english)))):
            (tmp_path / name).write_text(text)
            command = ["msgfmt", "--check", "--output-file", str(tmp_path / "compiled"), str(tmp_path / name)]
            done = subprocess.run(command, capture_output=True, text=True)  # noqa: S603 (our own files)
            assert (done.returncode, done.stderr) == (0, "")

    def test_an_outdated_page_becomes_current_by_a_file(
        self, browser, original, outdated, english, tlumaczka, redaktorka, koordynatorka
    ):
        before = outdated.revisions.count()
        translated = filled(given_out(original, english), {"Something else": "Something new"})
        with nothing_changes_for_visitors(original, outdated):
            answer = sent(browser, original, translated)
            assert [(change.old, change.new) for change in answer.context["plan"].changes] == [
                (ENGLISH["Text that was approved"], "Something new")
            ]
            assert taken_over(browser, answer).status_code == 302
        assert outdated.revisions.count() == before + 1
        publish_properly(fresh(outdated), tlumaczka, redaktorka, koordynatorka)
        assert freshness.pair_of(fresh(outdated)).state == State.CURRENT

    @pytest.mark.parametrize("also", [{}, {"kind": "training"}])
    def test_a_translation_built_by_hand_keeps_its_blocks_and_claims_what_the_file_took_up(
        self, browser, original, outdated, english, tlumaczka, also
    ):
        change(original, lead="Something else again", **also)
        text = fresh(outdated).get_latest_revision_as_object()
        text.body.append(("quote", {"text": "Only in English", "author": "Ann", "role": ""}))
        text.save_revision(user=tlumaczka, log_action=True)
        translated = filled(given_out(fresh(original), english), {"Something else again": "Something new"})
        assert taken_over(browser, sent(browser, fresh(original), translated)).status_code == 302
        draft = fresh(outdated).get_latest_revision_as_object()
        assert draft.lead == "Something new"
        assert "Only in English" in say(outdated).values()
        assert (draft.source_version == fresh(original).source_version) is not bool(also)

    def test_a_short_change_that_the_file_leaves_empty_waits_for_somebody(self, browser, original, outdated, english):
        change(original, title="Life", lead="Something else again")
        translated = filled(given_out(original, english), {"Something else again": "Something new"})
        assert taken_over(browser, sent(browser, original, translated)).status_code == 302
        draft = fresh(outdated).get_latest_revision_as_object()
        assert [unit.text for unit in progress.untranslated(draft, fresh(original))] == ["Life"]

    def test_half_a_file_is_taken_as_half(self, browser, original, outdated, english):
        translated = filled(given_out(original, english), {})
        half = "\n\n".join(part for part in translated.split("\n\n") if 'msgctxt "title"' not in part)
        answer = sent(browser, original, half)
        plan = answer.context["plan"]
        assert (plan.missing, plan.empty, plan.problems, plan.changes) == (1, 1, [], [])
        assert 'name="seen"' not in answer.content.decode()

    def test_what_changed_since_somebody_looked_is_shown_anew(self, browser, original, outdated, english, tlumaczka):
        answer = sent(browser, original, filled(given_out(original, english), {"Something else": "Something new"}))
        text = fresh(outdated).get_latest_revision_as_object()
        text.title = "Edited meanwhile"
        text.save_revision(user=tlumaczka, log_action=True)
        again = taken_over(browser, answer)
        assert again.status_code == 409
        assert say(outdated)["lead"] != "Something new"
        assert taken_over(browser, again).status_code == 302
        assert say(outdated)["lead"] == "Something new"

    def test_nothing_is_written_while_it_is_in_review(self, browser, original, outdated, whole, tlumaczka):
        text = fresh(outdated).get_latest_revision_as_object()
        text.title = "Submitted"
        text.save_revision(user=tlumaczka, log_action=True)
        submit(fresh(outdated), tlumaczka)
        refused(browser, original, whole, "in review")

    def test_nothing_is_written_while_somebody_has_it_locked(self, browser, original, outdated, whole, koordynatorka):
        page = fresh(outdated)
        page.locked, page.locked_by = True, koordynatorka
        page.save(update_fields=["locked", "locked_by"])
        refused(browser, original, whole, "ocked")

    def test_a_submission_between_look_and_decision_wins(self, browser, original, outdated, whole, tlumaczka):
        answer = sent(browser, original, whole)
        text = fresh(outdated).get_latest_revision_as_object()
        text.save_revision(user=tlumaczka, log_action=True)
        submit(fresh(outdated), tlumaczka)
        assert taken_over(browser, answer).status_code == 409
        assert say(outdated)["lead"] != "Something new"
