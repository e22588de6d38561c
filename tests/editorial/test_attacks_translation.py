"""Attacks with wagtail-localize, through each of its views and functions."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from editorial import roles
from editorial.gate import NotApprovedError
from home.models import SiteSettings
from tests.editorial.newsroom import (
    APPROVED,
    SMUGGLED,
    create_url,
    draft_of,
    edit_url,
    form_of,
    fresh,
    new_form,
    news_index,
    nothing_changes_for_visitors,
    person,
    publish_properly,
    refused_politely,
    submit,
    take_step,
    task_url,
)

TRANSLATORS = ("tlumaczka", "koordynatorka", "admin")


def localize_url(name, *args):
    return reverse(f"wagtail_localize:{name}", args=args)


@pytest.fixture
def english(db):
    return Locale.objects.get(language_code="en")


@pytest.fixture
def pair(live_page, tlumaczka, redaktorka, koordynatorka, english):
    """A live page and its live English translation, with a synced translation record (as after a restart)."""
    page = draft_of(tlumaczka, "Live in English", language="en")
    page.translation_key = live_page.translation_key
    page.save()
    page = publish_properly(page, tlumaczka, redaktorka, koordynatorka)
    source, _created = TranslationSource.get_or_create_from_instance(live_page)
    Translation.objects.create(source=source, target_locale=english, enabled=True)
    return live_page, page


def translate_all(source, locale, user=None):
    """Words for every segment, as the segment editor and PO files leave them."""
    for segment in StringSegment.objects.filter(source=source):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": SMUGGLED, "translation_type": "manual", "last_translated_by": user},
        )


@pytest.mark.parametrize("who", TRANSLATORS)
def test_translating_a_live_page_makes_a_draft(client_as, pages, live_page, english, who):
    url = localize_url("submit_page_translation", live_page.pk)
    with nothing_changes_for_visitors(live_page):
        answer = client_as(pages(who)).post(url, {"locales": [english.pk], "include_subtree": "on"})
        assert refused_politely(answer)
    translated = live_page.get_translations().first()
    assert translated is None or not translated.live


def test_translating_a_whole_live_section(client_as, tlumaczka, live_page, english):
    index = news_index()
    with nothing_changes_for_visitors(live_page):
        url = localize_url("submit_page_translation", index.pk)
        assert refused_politely(client_as(tlumaczka).post(url, {"locales": [english.pk], "include_subtree": "on"}))


def test_the_publish_button_of_the_segment_editor(client_as, tlumaczka, admin, pair, english):
    original, translated = pair
    translate_all(Translation.objects.get().source, english)
    with nothing_changes_for_visitors(original, translated):
        for someone in (tlumaczka, admin):
            assert refused_politely(client_as(someone).post(edit_url(translated), {"action": "publish"}))


@pytest.mark.parametrize("who", TRANSLATORS)
@pytest.mark.parametrize("publish", ({"publish_translations": "on"}, {}))
def test_sync_translated_pages(client_as, pages, pair, english, who, publish):
    original, translated = pair
    source = Translation.objects.get().source
    translate_all(source, english)
    with nothing_changes_for_visitors(original, translated):
        assert refused_politely(client_as(pages(who)).post(localize_url("update_translations", source.pk), publish))


def test_sync_does_not_revive_a_translation_that_was_taken_down(client_as, tlumaczka, koordynatorka, pair, english):
    original, translated = pair
    client_as(koordynatorka).post(reverse("wagtailadmin_pages:unpublish", args=[translated.pk]))
    source = Translation.objects.get().source
    translate_all(source, english)
    with nothing_changes_for_visitors(original):
        url = localize_url("update_translations", source.pk)
        assert refused_politely(client_as(tlumaczka).post(url, {"publish_translations": "on"}))
    assert not fresh(translated).live


def test_strings_and_overrides_saved_one_by_one(client_as, tlumaczka, pair, english):
    original, translated = pair
    translation = Translation.objects.get()
    segment = StringSegment.objects.filter(source=translation.source).first()
    with nothing_changes_for_visitors(original, translated):
        url = localize_url("edit_string_translation", translation.pk, segment.pk)
        answer = client_as(tlumaczka).put(url, f"value={SMUGGLED}", content_type="application/x-www-form-urlencoded")
        assert refused_politely(answer)
        for name in ("upload_pofile", "machine_translate", "preview_translation", "stop_translation"):
            file = SimpleUploadedFile("words.po", str(translation.export_po()).encode())
            assert refused_politely(client_as(tlumaczka).post(localize_url(name, translation.pk), {"file": file}))


def test_strings_uploaded_as_a_file(client_as, tlumaczka, koordynatorka, pair):
    original, translated = pair
    url = localize_url("upload_pofile", Translation.objects.get().pk)
    for someone in (tlumaczka, koordynatorka):
        for content in (b"garbage", b'msgid "a"\nmsgstr "b"\n', b"\xff\x00"):
            with nothing_changes_for_visitors(original, translated):
                answer = client_as(someone).post(url, {"file": SimpleUploadedFile("x.po", content)})
                assert refused_politely(answer)
    assert not StringTranslation.objects.filter(data="b").exists()


def test_restarting_the_synced_translation(client_as, tlumaczka, pair):
    original, translated = pair
    Translation.objects.update(enabled=False)
    with nothing_changes_for_visitors(original, translated):
        form = form_of(translated, **{"localize-restart-translation": "1"})
        assert refused_politely(client_as(tlumaczka).post(edit_url(translated), form))
    assert not Translation.objects.get().enabled


@pytest.mark.parametrize("who", TRANSLATORS)
def test_converting_a_live_translation_to_an_alias(client_as, pages, pair, who):
    original, translated = pair
    with nothing_changes_for_visitors(original, translated):
        url = localize_url("convert_to_alias", translated.pk)
        assert refused_politely(client_as(pages(who)).post(url))
    assert fresh(translated).alias_of_id is None


def test_hiding_a_live_translation_as_an_alias_of_a_draft(client_as, tlumaczka, koordynatorka, pair):
    """The alias takes the state of its original: who may not take down could do it so."""
    original, translated = pair
    client_as(koordynatorka).post(reverse("wagtailadmin_pages:unpublish", args=[original.pk]))
    with nothing_changes_for_visitors(translated):
        url = localize_url("convert_to_alias", translated.pk)
        assert refused_politely(client_as(tlumaczka).post(url))
    assert fresh(translated).live


def test_a_language_that_mirrors_another_one_shows_nothing(client_as, autorka, redaktorka, koordynatorka, english):
    LocaleSynchronization.objects.create(locale=english, sync_from=Locale.get_default())
    client_as(autorka).post(create_url(news_index()), new_form(lead=APPROVED))
    page = fresh(draft_of(autorka, "Mirrored"))
    assert publish_properly(page, autorka, redaktorka, koordynatorka).live
    assert not [copy for copy in page.get_translations() if copy.live]


@pytest.mark.parametrize("publish", (True, False))
def test_create_or_update_translation_in_a_shell(pair, english, tlumaczka, publish):
    original, translated = pair
    source = Translation.objects.get().source
    translate_all(source, english)
    with nothing_changes_for_visitors(original, translated), pytest.raises(NotApprovedError):
        source.create_or_update_translation(english, user=tlumaczka, publish=publish)


def test_copy_for_translation_in_a_shell(live_page, english):
    for alias in (False, True):
        with nothing_changes_for_visitors(live_page):
            try:
                copied = live_page.copy_for_translation(english, copy_parents=True, alias=alias)
            except NotApprovedError:
                continue
            assert not copied.live
            copied.delete()


def test_a_translator_of_segments_approves(client_as, koordynatorka, redaktorka, pair, english):
    """Segments leave no versions; whoever wrote them counts all the same."""
    _original, translated = pair
    Translation.objects.update(enabled=False)
    source = Translation.objects.get().source
    translate_all(source, english, user=koordynatorka)
    translated.lead = SMUGGLED
    translated.save_revision(user=redaktorka)
    submit(translated, redaktorka)
    take_step(translated, person("redaktor2", roles.LANGUAGE_EDITORS))
    with nothing_changes_for_visitors(translated):
        state = fresh(translated).current_workflow_task_state
        assert refused_politely(client_as(koordynatorka).post(task_url(translated, "approve", state.pk)))


def test_site_settings_translated_and_published(client_as, tlumaczka, admin, english):
    settings = SiteSettings.objects.get(locale=Locale.get_default())
    with nothing_changes_for_visitors():
        url = localize_url("submit_snippet_translation", "home", "sitesettings", settings.pk)
        for someone in (tlumaczka, admin):
            assert refused_politely(client_as(someone).post(url, {"locales": [english.pk]}))
        source, _created = TranslationSource.get_or_create_from_instance(settings)
        Translation.objects.update_or_create(source=source, target_locale=english, defaults={"enabled": True})
        translate_all(source, english)
        for someone in (tlumaczka, admin):
            url = localize_url("update_translations", source.pk)
            assert refused_politely(client_as(someone).post(url, {"publish_translations": "on"}))
            other = SiteSettings.objects.get(locale=english)
            url = reverse("wagtailsnippets_home_sitesettings:edit", args=[other.pk])
            assert refused_politely(client_as(someone).post(url, {"action": "publish"}))


def test_privacy_follows_nobody_into_the_translation(client_as, tlumaczka, pair):
    """Syncing would copy the original's openness onto a translation that a coordinator has closed."""
    _original, translated = pair
    PageViewRestriction.objects.create(page=translated, restriction_type="login")
    source = Translation.objects.get().source
    client_as(tlumaczka).post(localize_url("update_translations", source.pk))
    assert PageViewRestriction.objects.filter(page=translated).exists()
