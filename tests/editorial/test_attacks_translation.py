"""Attacks with wagtail-localize, through each of its views and functions."""

import contextlib
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object
from wagtail_localize.synctree import synchronize_tree
from wagtail_localize.wagtail_hooks import register_admin_urls

from editorial import gate
from editorial.refusals import RefusedError
from editorial.translation import drafts
from home.models import SiteSettings
from news.models import NewsAttachment
from tests import factories
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
    publish_properly,
    refused_politely,
)

pytestmark = pytest.mark.usefixtures("furnished")

TRANSLATORS = ("tlumaczka", "koordynatorka", "admin")


def localize_url(name, *args):
    return reverse(f"wagtail_localize:{name}", args=args)


@pytest.fixture
def english(db):
    return Locale.objects.get(language_code="en")


@pytest.fixture
def pair(live_page, tlumaczka, redaktorka, koordynatorka, english):
    """A live page and its live English translation, with the records that an older version of the site left."""
    page = draft_of(tlumaczka, "Live in English", language="en")
    page.translation_key = live_page.translation_key
    page.save()
    page = publish_properly(page, tlumaczka, redaktorka, koordynatorka)
    leave_records(live_page, english)
    return live_page, page


def leave_records(instance, locale, enabled=True):
    """What wagtail-localize would keep about `instance` and its translation; nobody can make it any more."""
    with gate.planting("an older version"):
        source, _created = TranslationSource.update_or_create_from_instance(instance)
        Translation.objects.update_or_create(source=source, target_locale=locale, defaults={"enabled": enabled})
        translate_all(source, locale)
    return source


def translate_all(source, locale, user=None):
    """Words for every segment, as the segment editor and PO files leave them."""
    with gate.planting("an older version"):
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
    client_as(koordynatorka).post(
        reverse("wagtailadmin_pages:unpublish", args=[original.pk]), {"translations": "alone"}
    )
    with nothing_changes_for_visitors(translated):
        url = localize_url("convert_to_alias", translated.pk)
        assert refused_politely(client_as(tlumaczka).post(url))
    assert fresh(translated).live


def test_a_language_that_mirrors_another_one_shows_nothing(client_as, autorka, redaktorka, koordynatorka, english):
    with gate.planting("an older version"):
        LocaleSynchronization.objects.bulk_create(
            [LocaleSynchronization(locale=english, sync_from=Locale.get_default())]
        )
    client_as(autorka).post(create_url(news_index()), new_form(lead=APPROVED))
    page = fresh(draft_of(autorka, "Mirrored"))
    assert publish_properly(page, autorka, redaktorka, koordynatorka).live
    assert not [copy for copy in page.get_translations() if copy.live]


@pytest.mark.parametrize("publish", (True, False))
def test_create_or_update_translation_in_a_shell(pair, english, tlumaczka, publish):
    original, translated = pair
    source = Translation.objects.get().source
    translate_all(source, english)
    with nothing_changes_for_visitors(original, translated), pytest.raises(RefusedError):
        source.create_or_update_translation(english, user=tlumaczka, publish=publish)


def test_copy_for_translation_in_a_shell(live_page, english):
    for alias in (False, True):
        with nothing_changes_for_visitors(live_page):
            try:
                copied = live_page.copy_for_translation(english, copy_parents=True, alias=alias)
            except RefusedError:
                continue
            assert not copied.live
            copied.delete()


def test_site_settings_translated_and_published(client_as, tlumaczka, admin, english):
    settings = SiteSettings.objects.get(locale=Locale.get_default())
    with nothing_changes_for_visitors():
        url = localize_url("submit_snippet_translation", "home", "sitesettings", settings.pk)
        for someone in (tlumaczka, admin):
            assert refused_politely(client_as(someone).post(url, {"locales": [english.pk]}))
        source = leave_records(settings, english)
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


# --- The doors --------------------------------------------------------------------------------


def test_every_view_is_closed_but_the_words_of_its_scripts(client_as, admin, pair):
    original, translated = pair
    translation = Translation.objects.get()
    segment = StringSegment.objects.filter(source=translation.source).first()
    numbers = {
        "page_id": original.pk,
        "translation_source_id": translation.source.pk,
        "translation_id": translation.pk,
        "string_segment_id": segment.pk,
        "overridable_segment_id": 1,
        "app_label": "home",
        "model_name": "sitesettings",
        "pk": SiteSettings.objects.first().pk,
        "mode": "",
    }
    before = edits_of(translated)
    browser = client_as(admin)
    names = localize_patterns()
    assert len(names) >= 15, "the list of its views was read"
    with nothing_changes_for_visitors(original, translated):
        for name, pattern in names:
            values = {key: numbers[key] or "x" for key in pattern.converters}
            url = reverse(f"wagtail_localize:{name}", kwargs=values)
            for answer in (browser.get(url), browser.post(url, {}), browser.put(url, b"value=x")):
                if name == "javascript_catalog":
                    continue
                assert answer.status_code in (302, 403), (name, answer.status_code)
    assert browser.get(localize_url("javascript_catalog")).status_code == 200
    assert edits_of(translated) == before, "edits by hand survive"


def localize_patterns():
    included = register_admin_urls()[0]
    return [(each.name, each.pattern) for each in included.url_patterns]


def edits_of(page):
    return [(each.pk, each.content) for each in page.revisions.order_by("pk")]


def test_its_buttons_are_gone_and_the_editor_is_the_ordinary_one(client_as, tlumaczka, admin, pair):
    original, translated = pair
    for someone in (tlumaczka, admin):
        browser = client_as(someone)
        for enabled in (True, False):
            Translation.objects.update(enabled=enabled)
            for page in (original, translated):
                shown = browser.get(edit_url(page)).content.decode()
                assert "localize/" not in shown.replace("wagtail_localize/", "")
                assert "localize-restart" not in shown
                assert "localize-convert" not in shown
                assert 'name="lead"' in shown
            listed = browser.get(reverse("wagtailadmin_explore", args=[original.get_parent().pk])).content.decode()
            assert "/admin/localize/" not in listed
        texts = browser.get(reverse("wagtailsnippets_home_sitesettings:list")).content.decode()
        assert "/admin/localize/" not in texts


def test_edits_by_hand_survive_a_restart_and_a_sync(client_as, tlumaczka, pair):
    _original, translated = pair
    client_as(tlumaczka).post(edit_url(translated), form_of(translated, lead="By hand"))
    assert fresh(translated).get_latest_revision_as_object().lead == "By hand"
    Translation.objects.update(enabled=False)
    form = form_of(translated, lead="By hand, again", **{"localize-restart-translation": "1"})
    client_as(tlumaczka).post(edit_url(translated), form)
    source = Translation.objects.get().source
    client_as(tlumaczka).post(localize_url("update_translations", source.pk), {"publish_translations": "on"})
    assert fresh(translated).get_latest_revision_as_object().lead == "By hand, again"


# --- As a command or a shell would do it --------------------------------------------------------


def test_its_tables_stay_empty(live_page, english):
    before = TranslationSource.objects.count()
    for deed in (
        lambda: TranslationSource.update_or_create_from_instance(live_page),
        lambda: TranslationSource.get_or_create_from_instance(live_page),
        lambda: LocaleSynchronization.objects.create(locale=english, sync_from=Locale.get_default()),
        lambda: translate_object(live_page, [english]),
    ):
        with nothing_changes_for_visitors(live_page), pytest.raises(RefusedError), transaction.atomic():
            deed()
    assert TranslationSource.objects.count() == before
    assert not live_page.get_translations().exists()


def rich(page, author):
    """Everything that wagtail-localize was seen to stumble over: pictures in structs and lists, inline rows, tags."""
    picture, file = factories.image(), factories.document()
    page.body = [
        ("text", "<p>Akapit z <b>tłustym</b>.</p>"),
        ("image", {"image": picture, "caption": "Podpis"}),
        ("gallery", [{"image": picture, "caption": "Raz"}, {"image": picture, "caption": "Dwa"}]),
        ("quote", {"text": "Cytat", "author": "Ktoś", "role": "sąsiadka"}),
    ]
    page.attachment_items = [NewsAttachment(document=file)]
    page.tags.add("podwórka")
    page.save_revision(user=author, log_action=True)
    return picture


def changed_blocks(page, source, picture):
    """A block that the site no longer has, in what was recorded and in the recorded schema."""
    content = json.loads(source.content_json)
    content["body"] = json.dumps([{"type": "gone", "value": {"was": "here"}, "id": str(uuid.uuid4())}])
    TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content), schema_version="0001")


def deleted_picture(page, source, picture):
    with gate.planting("an older version"):
        picture.delete()


def nothing_odd(page, source, picture):
    pass


def ways(source, translation, english):
    return {
        "draft": lambda: source.create_or_update_translation(english, publish=False),
        "publish": lambda: source.create_or_update_translation(english, publish=True),
        "fall back": lambda: source.create_or_update_translation(english, publish=True, fallback=True),
        "save the target": lambda: translation.save_target(publish=True),
        "save a draft of the target": lambda: translation.save_target(publish=False),
        "upload": lambda: translation.import_po(translation.export_po()),
        "update": lambda: source.update_from_db(),
        "segments": lambda: source.refresh_segments(),
        "ephemeral": lambda: source.get_ephemeral_translated_instance(english, fallback=True).save(),
        "privacy": lambda: source.update_target_view_restrictions(english),
        "mirror": lambda: synchronize_tree(Locale.get_default(), english),
        "command": lambda: call_command("sync_locale_trees"),
    }


@pytest.mark.parametrize("oddity", [nothing_odd, deleted_picture, changed_blocks])
def test_direct_calls_change_nothing_public(
    oddity, autorka, tlumaczka, redaktorka, koordynatorka, english, django_capture_on_commit_callbacks
):
    page = draft_of(autorka, "Rich")
    picture = rich(page, autorka)
    original = publish_properly(page, autorka, redaktorka, koordynatorka)
    draft = drafts.begin(original, english, tlumaczka).get_latest_revision_as_object()
    draft.title, draft.slug, draft.lead = "Rich in English", "rich-in-english", "Approved in English"
    draft.save_revision(user=tlumaczka, log_action=True)
    translated = publish_properly(fresh(draft), tlumaczka, redaktorka, koordynatorka)
    translated.lead = "By hand, not approved yet"
    translated.save_revision(user=tlumaczka, log_action=True)
    translated = fresh(translated)
    leave_records(original, english)
    translation = Translation.objects.get(target_locale=english)
    oddity(original, translation.source, picture)
    source = TranslationSource.objects.get(pk=translation.source.pk)
    before = edits_of(translated)
    with nothing_changes_for_visitors():
        for name, deed in ways(source, translation, english).items():
            later = django_capture_on_commit_callbacks(execute=True)
            with contextlib.suppress(Exception), transaction.atomic(), later:  # a no and a crash change as little
                deed()
            assert fresh(translated).live, name
            assert edits_of(translated) == before, name
    assert fresh(translated).lead == "Approved in English"


# --- Languages --------------------------------------------------------------------------------


@pytest.fixture
def as_manager(client_as, admin):
    return client_as(admin)


@pytest.fixture
def ukrainian(settings):
    """Wagtail forgets the languages it knew when these settings change."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("uk", "Ukrainian")]


def test_new_language_makes_no_pages_and_mirrors_nothing(as_manager, live_page, ukrainian):
    count = Page.objects.count()
    component = {"wagtail_localize_localesynchronization-enabled": "on"}
    component["wagtail_localize_localesynchronization-sync_from"] = Locale.get_default().pk
    assert "sync_from" not in as_manager.get(reverse("wagtaillocales:add")).content.decode()
    with nothing_changes_for_visitors(live_page):
        as_manager.post(reverse("wagtaillocales:add"), {"language_code": "uk", **component})
    assert Locale.all_objects.filter(language_code="uk").exists()
    assert not LocaleSynchronization.objects.exists()
    assert Page.objects.count() == count


def test_language_with_pages_is_neither_deleted_nor_turned_into_another(as_manager, pair, english, ukrainian):
    with nothing_changes_for_visitors(*pair):
        for locale in (english, Locale.get_default()):
            assert refused_politely(as_manager.post(reverse("wagtaillocales:delete", args=[locale.pk]), {}))
            url = reverse("wagtaillocales:edit", args=[locale.pk])
            assert refused_politely(as_manager.post(url, {"language_code": "uk"}))
            with pytest.raises(ProtectedError), transaction.atomic():
                locale.delete()
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"pl", "en"}
