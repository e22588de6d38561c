"""Demo content: TOML files in every app's `demo_content/`, made into pages.

Each app's `demo.py` says how the facts of its files become fields. Loading is idempotent: a page
that is there is left alone, whatever somebody made of it.
"""

import re
import tomllib
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.base import File
from django.core.files.images import ImageFile
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page

from editorial import roles
from home.blocks.text import TEXT_FEATURES
from home.models import (
    AccessibilityPage,
    HomePage,
    SiteImage,
    SiteSettings,
    StandardPage,
    User,
)
from home.planting import home_of
from home.sections import registry

NAMESPACE = uuid.UUID("6f0f4f2e-6e7c-4a53-9a52-3a3d3d0a7b1c")
PASSWORD = "demo"  # noqa: S105 (demo logins exist only with DEBUG)
PAGE_LINK = re.compile(r'href="(page:[^"]+)"')
HERE = Path(__file__).parent / "demo_content"


@dataclass(frozen=True)
class Person:
    login: str
    first_name: str
    last_name: str
    role: roles.Role | None


PEOPLE = (
    Person("autorka", "Anna", "Autorska", roles.AUTHORS),
    Person("redaktorka", "Renata", "Redaktorska", roles.LANGUAGE_EDITORS),
    Person("koordynatorka", "Katarzyna", "Koordynacka", roles.COORDINATORS),
    Person("koordynator2", "Konrad", "Koordynowicz", roles.COORDINATORS),
    Person("tlumaczka", "Teresa", "Tłumacka", roles.TRANSLATORS),
    Person("admin", "Adam", "Administratorski", None),
)


@dataclass
class Entry:
    """One file: `key` is "app/file name", `facts` its top level, `words` its language tables."""

    key: str
    facts: dict[str, Any]
    words: dict[str, dict[str, Any]]

    @property
    def translation_key(self) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, self.key)

    @property
    def state(self) -> str:
        return self.facts.get("state", "live")

    @property
    def published_on(self):
        return timezone.localdate() - timedelta(days=self.facts.get("published_days_ago", 30))


@dataclass(frozen=True)
class Kind:
    """How the files of one folder become pages.

    `fields(entry, words, demo)` gives the model's field values for one language, without those
    of every page; `children(page, entry, words, demo)` adds what hangs on the saved page.
    """

    folder: Path
    app: str
    model: Callable[[Entry], type[Page]]
    fields: Callable[[Entry, dict[str, Any], "Demo"], dict[str, Any]]
    section: str = ""
    sort: Callable[[Entry], Any] = lambda entry: entry.key
    children: Callable[[Page, Entry, dict[str, Any], "Demo"], None] | None = None
    generate: Callable[[int, Callable[[str], None]], None] | None = None
    """Makes many pages to measure with (`load_demo --pages N`)."""


@dataclass
class Demo:
    """One run of the loader. `say` gets a line for each step."""

    say: Callable[[str], None]
    kinds: list[Kind] = field(default_factory=list)
    images: dict[str, SiteImage] = field(default_factory=dict)
    descriptions: dict[str, dict[str, str]] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    new_pages: list[tuple[Page, Entry, dict[str, Any], Kind]] = field(default_factory=list)

    def load(self) -> None:
        self.say("People…")
        self.load_people()
        self.say("Pictures and documents…")
        self.load_images()
        self.load_documents()
        for kind in self.kinds:
            self.say(f"Pages: {kind.app}…")
            self.add_pages(kind)
        self.say("Texts, links, publication…")
        for page, entry, words, kind in self.new_pages:
            self.fill(page, entry, words, kind)
        self.fill_planted()

    # --- People, pictures, documents

    def load_people(self) -> None:
        for person in PEOPLE:
            user, created = User.objects.get_or_create(
                username=person.login,
                defaults={
                    "first_name": person.first_name,
                    "last_name": person.last_name,
                    "email": f"{person.login}@koalicja.example",
                    "is_superuser": person.role is None,
                    "is_staff": person.role is None,
                },
            )
            if created:
                user.set_password(PASSWORD)
                user.save()
                user.preferred_language = "pl"
                if person.role:
                    user.groups.add(Group.objects.get(name=person.role.name))
            self.people[person.login] = user

    def load_images(self) -> None:
        for key, texts in _read(HERE / "images.toml").items():
            path = HERE / "images" / f"{key}.png"
            if not path.exists():
                continue
            self.descriptions[key] = texts
            image = SiteImage.objects.filter(title=texts["title_pl"]).first()
            if image is None:
                with path.open("rb") as file:
                    image = SiteImage.objects.create(
                        title=texts["title_pl"],
                        description=texts["description_pl"],
                        credit=texts.get("credit", ""),
                        uploaded_by_user=self.people["autorka"],
                        file=ImageFile(file, name=path.name),
                    )
            self.images[key] = image

    def load_documents(self) -> None:
        model = get_document_model()
        for key, texts in _read(HERE / "documents.toml").items():
            path = HERE / "documents" / f"{key}.pdf"
            if not path.exists():
                continue
            document = model.objects.filter(title=texts["title_pl"]).first()
            if document is None:
                with path.open("rb") as file:
                    document = model.objects.create(
                        title=texts["title_pl"],
                        uploaded_by_user=self.people["autorka"],
                        file=File(file, name=path.name),
                    )
            self.documents[key] = document

    def image_words(self, key: str | None, language: str) -> dict[str, Any]:
        """`{"lead_image", "lead_image_alt"}` for a picture's key, or nothing."""
        if key not in self.images:
            return {}
        return {"lead_image": self.images[key], "lead_image_alt": self.alt(key, language)}

    def alt(self, key: str, language: str) -> str:
        return self.descriptions[key][f"description_{language}"]

    # --- Pages

    def add_pages(self, kind: Kind) -> None:
        """Create the pages of `kind` without their body, so that links find all of them."""
        for entry in sorted(read_entries(kind.folder, kind.app), key=kind.sort):
            for language, words in entry.words.items():
                locale = Locale.objects.get(language_code=language)
                model = kind.model(entry)
                if model.objects.filter(translation_key=entry.translation_key, locale=locale).exists():
                    continue
                parent = self.parent(kind, locale)
                page = model(
                    title=words["title"],
                    slug=words["slug"],
                    lead=words.get("lead", ""),
                    search_description=words.get("search_description", ""),
                    locale=locale,
                    translation_key=entry.translation_key,
                    owner=self.author(entry, language),
                    live=False,
                    **kind.fields(entry, {**words, "language": language}, self),
                )
                with override(language):
                    parent.add_child(instance=page)
                self.new_pages.append((page, entry, words, kind))

    def parent(self, kind: Kind, locale: Locale) -> Page:
        home = home_of(locale)
        return registry[kind.section].objects.child_of(home).get() if kind.section else home

    def author(self, entry: Entry, language: str) -> User:
        if language != Locale.get_default().language_code:
            return self.people["tlumaczka"]
        return self.people[entry.facts.get("owner", "autorka")]

    def fill(self, page: Page, entry: Entry, words: dict[str, Any], kind: Kind) -> None:
        """Give a new page its words and bring it to its state in the workflow."""
        language = page.locale.language_code
        if "body" in words:
            page.body = self.stream(page, "body", words["body"], language)
        if kind.children:
            kind.children(page, entry, {**words, "language": language}, self)
        with override(language):
            revision = page.save_revision(user=page.owner)
            self.bring_to_state(page, entry, revision)

    def bring_to_state(self, page: Page, entry: Entry, revision: Any) -> None:
        if entry.state == "live":
            revision.publish(user=self.people["koordynatorka"])
            noon = timezone.make_aware(
                timezone.datetime.combine(entry.published_on, timezone.datetime.min.time())
            ) + timedelta(hours=12)
            Page.objects.filter(pk=page.pk).update(first_published_at=noon, last_published_at=noon)
        elif entry.state != "draft":
            state = page.get_workflow().start(page, page.owner)
            task = state.current_task_state
            if entry.state == "rejected":
                comment = entry.facts.get("rejection_comment", "")
                task.reject(user=self.people["redaktorka"], comment=comment)
            elif entry.state == "approval":
                task.approve(user=self.people["redaktorka"])

    # --- What setup_site planted

    def fill_planted(self) -> None:
        """Fill home page and settings, unless a person has worked on them."""
        home_words, settings_words = _read(HERE / "home.toml"), _read(HERE / "settings.toml")
        for locale in Locale.objects.all():
            language = locale.language_code
            home = home_of(locale)
            if home and language in home_words and not _touched(home):
                self.fill_home(home, home_words[language], language)
            settings = SiteSettings.objects.filter(locale=locale).first()
            if settings and language in settings_words and not _touched(settings):
                self.fill_settings(settings, settings_words[language], language)

    def fill_home(self, home: HomePage, words: dict[str, Any], language: str) -> None:
        for name in ("title", "headline", "lead", "search_description"):
            setattr(home, name, words[name])
        home.body = self.stream(home, "body", words["body"], language)
        home.save_revision(user=self.people["autorka"]).publish(user=self.people["koordynatorka"])

    def fill_settings(self, settings: SiteSettings, words: dict[str, Any], language: str) -> None:
        for name, value in words.items():
            if name == "menu":
                value = [("link", self.link(item, language)) for item in value]
            elif name == "footer":
                value = [
                    (
                        "column",
                        {
                            "heading": column["heading"],
                            "links": [self.link(item, language) for item in column["links"]],
                        },
                    )
                    for column in value
                ]
            elif name == "social":
                value = [("profile", item) for item in value]
            setattr(settings, name, value)
        revision = settings.save_revision(user=self.people["autorka"])
        revision.publish(user=self.people["koordynatorka"])

    # --- Words into blocks

    def stream(self, page: Page, name: str, blocks: Iterable[dict[str, Any]], language: str) -> list[tuple[str, Any]]:
        """The blocks of a file as the (type, value) pairs that a StreamField takes."""
        return [(block["type"], self.block(block, language)) for block in blocks if not self.lacks_picture(block)]

    def lacks_picture(self, block: dict[str, Any]) -> bool:
        """True for a picture that nobody has drawn yet: the page does without."""
        values = block["value"] if isinstance(block["value"], list) else [block["value"]]
        return block["type"] in ("image", "gallery") and any(value["image"] not in self.images for value in values)

    def block(self, block: dict[str, Any], language: str) -> Any:
        make = BLOCKS.get(block["type"], Demo.plain)
        return make(self, block["value"], language)

    def plain(self, value: Any, language: str) -> Any:
        """A value with its links resolved, however deep they stand."""
        if isinstance(value, str):
            return self.markup(value, language)
        if isinstance(value, list):
            return [self.plain(item, language) for item in value]
        if isinstance(value, dict):
            resolved = self.link(value, language) if "link" in value else value
            return {name: self.plain(item, language) for name, item in resolved.items()}
        return value

    def figure(self, value: dict[str, Any], language: str) -> dict[str, Any]:
        image = self.images[value["image"]]
        image.contextual_alt_text, image.decorative = self.alt(value["image"], language), False
        return {"image": image, "caption": value.get("caption", "")}

    def figures(self, values: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
        return [self.figure(value, language) for value in values]

    def files(self, keys: list[str], language: str) -> list[Any]:
        return [self.documents[key] for key in keys if key in self.documents]

    def table(self, value: dict[str, Any], language: str) -> dict[str, Any]:
        return {
            "data": value["rows"],
            "table_caption": value["caption"],
            "first_row_is_table_header": value["header"] in ("row", "both"),
            "first_col_is_header": value["header"] in ("column", "both"),
            "table_header_choice": value["header"],
        }

    def link(self, item: dict[str, Any], language: str) -> dict[str, Any]:
        """A `link = "page:…"` or an address as the fields of a LinkBlock or a CardBlock."""
        rest = {name: value for name, value in item.items() if name != "link"}
        target = item.get("link", "")
        if target.startswith("page:"):
            return {**rest, "page": self.find(target, language)}
        return {**rest, "address": target}

    def markup(self, html: str, language: str) -> str:
        """Rich text with its `page:` links as Wagtail stores them."""

        def replace(match: re.Match[str]) -> str:
            return f'linktype="page" id="{self.find(match[1], language).pk}"'

        linked = PAGE_LINK.sub(replace, html)
        return as_edited(linked) if linked.lstrip().startswith("<") else linked

    def find(self, target: str, language: str) -> Page:
        """The page behind "page:app/name" or "page:section", in `language` if it exists there."""
        app, _slash, name = target.removeprefix("page:").partition("/")
        locale = Locale.objects.get(language_code=language)
        if not name:
            return registry[app].objects.child_of(home_of(locale)).get()
        pages = Page.objects.filter(translation_key=Entry(f"{app}/{name}", {}, {}).translation_key)
        found = pages.filter(locale=locale).first() or pages.first()
        if found is None:
            raise LookupError(f"Demo content links to {target}, which doesn't exist.")
        return found


BLOCKS: dict[str, Callable[[Demo, Any, str], Any]] = {
    "image": Demo.figure,
    "gallery": Demo.figures,
    "documents": Demo.files,
    "table": Demo.table,
}


def as_edited(html: str) -> str:
    """Rich text as the editor saves it: whoever approves it unchanged must not be taken for having changed it."""
    converter = ContentstateConverter(TEXT_FEATURES)
    return converter.to_database_format(converter.from_database_format(html))


def read_entries(folder: Path, app: str) -> list[Entry]:
    """All files of a folder as entries."""
    codes = set(Locale.objects.values_list("language_code", flat=True))
    entries = []
    for path in sorted(folder.glob("*.toml")):
        content = _read(path)
        words = {code: content[code] for code in ("pl", "en") if code in content and code in codes}
        facts = {name: value for name, value in content.items() if name not in words}
        entries.append(Entry(f"{app}/{path.stem}", facts, words))
    return entries


def content_folder(app: str) -> Path:
    return Path(apps.get_app_config(app).path) / "demo_content"


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _touched(instance: Any) -> bool:
    """True when a person has saved a revision of what setup_site planted."""
    return instance.revisions.exclude(user=None).exists()


def _standard_page(entry: Entry) -> type[Page]:
    is_declaration = "declaration" in entry.words[Locale.get_default().language_code]
    return AccessibilityPage if is_declaration else StandardPage


def _standard_fields(entry: Entry, words: dict[str, Any], demo: Demo) -> dict[str, Any]:
    names = {field.name for field in AccessibilityPage._meta.get_fields()}
    declaration = words.get("declaration", {})
    return {name: value for name, value in declaration.items() if name in names}


KINDS: list[Kind] = [
    Kind(HERE / "pages", "home", _standard_page, _standard_fields),
]
"""Standard pages, then whatever the apps' `demo.py` add, in the order of INSTALLED_APPS."""
