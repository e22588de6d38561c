"""The tree that every installation has: a home page and the sections, in every language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, override
from wagtail.models import Collection, Locale, Page, Site

from approval import publish_guard
from approval.text_cleaning import slugify
from home.models import HomePage, SiteSettings
from home.sections import registry, section_models, setup_page_models
from translation.addresses import free_address


@dataclass
class SetupChange:
    """One thing that `setup_site` did, in a sentence for whoever runs it."""

    sentence: str


def create_missing() -> Iterable[SetupChange]:
    """Create what is missing; leave alone whatever somebody has edited."""
    with publish_guard.trusted_command("setup_site"):
        for locale in _locales():
            yield from _home(locale)
            yield from _sections(locale)
            yield from _settings(locale)
        yield from _roots()
        yield from _site()


def _roots() -> Iterable[SetupChange]:
    """Wagtail calls the roots of pages and of files "Root": staff read the names in their breadcrumbs and lists."""
    with override(settings.LANGUAGE_CODE):
        pages, files = gettext("All pages"), gettext("All files")
    if Page.objects.filter(depth=1, title="Root").update(title=pages, draft_title=pages):
        yield SetupChange("Root of all pages: named.")
    if Collection.objects.filter(depth=1, name="Root").update(name=files):
        yield SetupChange("Root of all files: named.")


def _locales() -> list[Locale]:
    """A Locale row for each configured language, the default one first."""
    codes = [code for code, _name in settings.LANGUAGES]
    codes.sort(key=lambda code: code != settings.LANGUAGE_CODE)
    return [Locale.objects.get_or_create(language_code=code)[0] for code in codes]


def home_of(locale: Locale) -> HomePage | None:
    return HomePage.objects.filter(locale=locale, depth=2).first()


def home_in(locale: Locale) -> HomePage:
    """The home page of a language that has been planted already."""
    return HomePage.objects.get(locale=locale, depth=2)


def _home(locale: Locale) -> Iterable[SetupChange]:
    if home_of(locale):
        return
    translation = HomePage.objects.filter(depth=2).first()
    with override(locale.language_code):
        title = str(SiteSettings.default_values(locale.language_code)["name"])
        home = HomePage(
            title=title,
            slug=locale.language_code,
            locale=locale,
            headline=gettext("The city begins behind the wall"),
        )
    if translation:
        home.translation_key, home.source_version = translation.translation_key, translation.source_version
    _remove_welcome_page()
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision().publish()
    yield SetupChange(f"Home page in {locale.language_code}: created.")


def _remove_welcome_page() -> None:
    """Wagtail's own migrations leave a placeholder home; it goes once ours takes its place."""
    for page in Page.objects.filter(depth=2, slug="home", numchild=0).exclude(content_type__app_label="home"):
        Site.objects.filter(root_page=page).update(root_page=Page.get_first_root_node())
        page.delete()


def _sections(locale: Locale) -> Iterable[SetupChange]:
    home = home_in(locale)
    for model in section_models():
        if not model.objects.child_of(home).exists():
            yield _planted(model, home, locale, show_in_menus=True)
    for model in setup_page_models():
        front = registry[model.section.below].objects.child_of(home).first()
        if front is not None and not model.objects.child_of(front).exists():
            yield _planted(model, front, locale)


def _planted(model: Any, parent: Page, locale: Locale, **fields: Any) -> SetupChange:
    with override(locale.language_code):
        page = model(
            title=str(model.section.title),
            slug=slugify(str(model.section.slug)),
            lead=str(model.section.lead),
            locale=locale,
            **fields,
        )
    translation = model.objects.exclude(locale=locale).first()
    if translation:
        page.translation_key, page.source_version = translation.translation_key, translation.source_version
    wanted, page.slug = page.slug, free_address(page.slug, parent)
    parent.add_child(instance=page)
    page.save_revision().publish()
    instead = "" if page.slug == wanted else f" Another page has the address “{wanted}”."
    return SetupChange(f"{'Page' if model.section.below else 'Section'} {page.url_path}: created.{instead}")


def _settings(locale: Locale) -> Iterable[SetupChange]:
    if SiteSettings.objects.filter(locale=locale).exists():
        return
    texts = SiteSettings(locale=locale, **SiteSettings.default_values(locale.language_code))
    translation = SiteSettings.objects.first()
    if translation:
        texts.translation_key, texts.source_version = translation.translation_key, translation.source_version
    texts.save()
    texts.save_revision().publish()
    yield SetupChange(f"Site settings in {locale.language_code}: created.")


def _site() -> Iterable[SetupChange]:
    """One Site at the address of SITE_URL. Its name and its start page are a superuser's, once it has them."""
    parts = urlsplit(settings.SITE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first() or Site(is_default_site=True)
    wanted: dict[str, str | int] = {"hostname": parts.hostname or "localhost", "port": port}
    if site.root_page_id is None or site.root_page.is_root():
        wanted["root_page_id"] = home_in(Locale.get_default()).pk
    if not site.site_name:
        wanted["site_name"] = settings.WAGTAIL_SITE_NAME
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
        yield SetupChange(f"Site: {settings.SITE_URL}.")
