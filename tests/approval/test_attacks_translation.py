"""Attacks with wagtail-localize, through each of its views and functions."""

import contextlib
import json
import uuid

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import resolve, reverse
from wagtail import hooks
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from approval import publish_guard
from approval.refusals import RefusedError
from home.models import SiteImage, SiteSettings
from news.models import NewsAttachment
from tests import factories
from tests.approval.scene import crew
from tests.translation import localize
from tests.workflow import (
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
    whole_url,
)
from translation import drafts

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(db):
    return Locale.objects.get(language_code="en")


@pytest.fixture(scope="module")
def pair_of_all(module_tree):
    author, reviewer, approver, translator = crew()
    english = Locale.objects.get(language_code="en")
    page = draft_of(author, "Rich")
    rich(page, author)
    original = publish_properly(page, author, reviewer, approver)
    draft = drafts.begin(original, english, translator).get_latest_revision_as_object()
    draft.title, draft.slug, draft.lead = "Rich in English", "rich-in-english", "Approved in English"
    draft.save_revision(user=translator, log_action=True)
    translated = publish_properly(fresh(draft), translator, reviewer, approver)
    leave_records(original, english)
    return original, translated


@pytest.fixture
def pair(pair_of_all):
    """A live page and its live English translation, with the records that an older version of the site left."""
    return tuple(map(fresh, pair_of_all))


def leave_records(instance, locale, enabled=True):
    """What wagtail-localize would keep about `instance` and its translation; nobody can make it any more."""
    with publish_guard.trusted_command("an older version"):
        source, _created = TranslationSource.update_or_create_from_instance(instance)
        Translation.objects.update_or_create(source=source, target_locale=locale, defaults={"enabled": enabled})
        translate_all(source, locale)
    return source


def translate_all(source, locale, user=None):
    """Words for every segment, as the segment editor and PO files leave them."""
    with publish_guard.trusted_command("an older version"):
        for segment in StringSegment.objects.filter(source=source):
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": SMUGGLED, "translation_type": "manual", "last_translated_by": user},
            )


def test_the_publish_button_of_the_segment_editor(client_as, tlumaczka, admin, pair, english):
    original, translated = pair
    translate_all(Translation.objects.get().source, english)
    with nothing_changes_for_visitors(original, translated):
        for someone in (tlumaczka, admin):
            assert refused_politely(client_as(someone).post(edit_url(translated), {"action": "publish"}))


def test_restarting_the_synced_translation(client_as, tlumaczka, pair):
    original, translated = pair
    Translation.objects.update(enabled=False)
    with nothing_changes_for_visitors(original, translated):
        form = form_of(translated, **{"localize-restart-translation": "1"})
        assert refused_politely(client_as(tlumaczka).post(edit_url(translated), form))
    assert not Translation.objects.get().enabled


def test_a_language_that_mirrors_another_one_shows_nothing(client_as, autorka, redaktorka, koordynatorka, english):
    with publish_guard.trusted_command("an older version"):
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


def test_the_publish_button_of_the_segment_editor_of_site_settings(client_as, tlumaczka, admin, english):
    settings = SiteSettings.objects.get(locale=Locale.get_default())
    with nothing_changes_for_visitors():
        leave_records(settings, english)
        for someone in (tlumaczka, admin):
            other = SiteSettings.objects.get(locale=english)
            url = reverse("wagtailsnippets_home_sitesettings:edit", args=[other.pk])
            assert refused_politely(client_as(someone).post(url, {"action": "publish"}))


# --- Its part of the admin --------------------------------------------------------------------


@pytest.fixture
def addresses(pair):
    """All that it has, with numbers of records that are there."""
    original, _translated = pair
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
        "mode": "x",
    }
    found = {localize.address(pattern, numbers) for pattern in localize.patterns()}
    assert len(found) >= 15, "the list of its views was read"
    return sorted(found)


def test_none_of_its_addresses_answers_anybody(client_as, tlumaczka, admin, addresses):
    """There is nothing there, whoever asks: who may translate, and who may do everything."""
    nothing = resolve("/admin/there-is-no-such-address/").func
    assert {resolve(url).func for url in addresses} == {nothing}
    for someone in (tlumaczka, admin):
        browser = client_as(someone)
        assert {url: browser.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 404), someone


def test_none_of_its_addresses_takes_anything_in(client_as, admin, pair, addresses):
    original, translated = pair
    before = edits_of(translated)
    browser = client_as(admin)
    with nothing_changes_for_visitors(original, translated):
        for url in addresses:
            assert browser.post(url, {}).status_code == 404, url
            assert browser.put(url, b"value=x").status_code == 404, url
    assert edits_of(translated) == before, "edits by hand survive"


def test_none_of_its_hooks_is_registered():
    """Its buttons, menus, reports, its editor in the place of Wagtail's, its copies into mirrored languages."""
    hooks.get_hooks("register_admin_urls")
    owners = {function.__module__ for registered in hooks._hooks.values() for function, _order in registered}
    assert not {owner for owner in owners if owner.startswith("wagtail_localize")}


def edits_of(page):
    return [(each.pk, each.content) for each in page.revisions.order_by("pk")]


def test_its_buttons_are_gone_and_the_editor_is_the_ordinary_one(client_as, tlumaczka, admin, pair):
    """Whoever may do everything would see all of them; its editor would open for a translation that is enabled."""
    original, translated = pair
    explorer = reverse("wagtailadmin_explore", args=[original.get_parent().pk])
    texts = reverse("wagtailsnippets_home_sitesettings:list")
    for enabled, someone, places in (
        (True, tlumaczka, [whole_url(translated)]),
        (True, admin, [whole_url(translated), whole_url(original), explorer, texts]),
        (False, admin, [whole_url(translated), explorer]),
    ):
        Translation.objects.update(enabled=enabled)
        for place in places:
            shown = client_as(someone).get(place).content.decode()
            assert "localize/" not in shown.replace("wagtail_localize/", ""), place
            assert "localize-restart" not in shown, place
            assert "localize-convert" not in shown, place
            assert place in (explorer, texts) or 'name="lead"' in shown, place


def test_edits_by_hand_survive_a_restart(client_as, tlumaczka, pair):
    _original, translated = pair
    client_as(tlumaczka).post(edit_url(translated), form_of(translated, lead="By hand"))
    assert fresh(translated).get_latest_revision_as_object().lead == "By hand"
    Translation.objects.update(enabled=False)
    form = form_of(translated, lead="By hand, again", **{"localize-restart-translation": "1"})
    client_as(tlumaczka).post(edit_url(translated), form)
    assert fresh(translated).get_latest_revision_as_object().lead == "By hand, again"


# --- As a command or a shell would do it --------------------------------------------------------


def test_its_tables_stay_empty(live_page, english):
    before = TranslationSource.objects.count()
    for kind in (
        lambda: TranslationSource.update_or_create_from_instance(live_page),
        lambda: TranslationSource.get_or_create_from_instance(live_page),
        lambda: LocaleSynchronization.objects.create(locale=english, sync_from=Locale.get_default()),
        lambda: translate_object(live_page, [english]),
    ):
        with nothing_changes_for_visitors(live_page), pytest.raises(RefusedError), transaction.atomic():
            kind()
    assert TranslationSource.objects.count() == before
    assert not live_page.get_translations().exists()


def rich(page, author):
    """Everything that wagtail-localize was seen to stumble over: pictures in structs and lists, inline rows, tags."""
    picture, file = factories.image(), factories.document()
    picture.contextual_alt_text = "Podwórko"
    page.body = [
        ("text", "<p>Akapit z <b>tłustym</b>.</p>"),
        ("image", {"image": picture, "caption": "Podpis"}),
        ("gallery", [{"image": picture, "caption": "Raz"}, {"image": picture, "caption": "Dwa"}]),
        ("quote", {"text": "Cytat", "author": "Ktoś", "role": "sąsiadka"}),
    ]
    page.attachment_items = [NewsAttachment(document=file)]
    page.tags.add("podwórka")
    page.save_revision(user=author, log_action=True)


def changed_blocks(source):
    """A block that the site no longer has, in what was recorded and in the recorded schema."""
    content = json.loads(source.content_json)
    content["body"] = json.dumps([{"type": "gone", "value": {"was": "here"}, "id": str(uuid.uuid4())}])
    TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content), schema_version="0001")


def deleted_picture(source):
    with publish_guard.trusted_command("an older version"):
        SiteImage.objects.get().delete()


def nothing_odd(source):
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
        "mirror": lambda: localize.synchronize_tree(Locale.get_default(), english),
        "command": lambda: call_command("sync_locale_trees"),
    }


@pytest.mark.parametrize("oddity", [nothing_odd, deleted_picture, changed_blocks])
def test_direct_calls_change_nothing_public(oddity, tlumaczka, english, pair, django_capture_on_commit_callbacks):
    _original, translated = pair
    translated.lead = "By hand, not approved yet"
    translated.save_revision(user=tlumaczka, log_action=True)
    translated = fresh(translated)
    translation = Translation.objects.get()
    oddity(translation.source)
    source = TranslationSource.objects.get(pk=translation.source.pk)
    before = edits_of(translated)
    with nothing_changes_for_visitors():
        for name, kind in ways(source, translation, english).items():
            later = django_capture_on_commit_callbacks(execute=True)
            with contextlib.suppress(Exception), transaction.atomic(), later:  # a no and a crash change as little
                kind()
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
