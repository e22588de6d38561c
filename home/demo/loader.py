"""One run of `load_demo`: pages made, filled, and sent on the way that staff take."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, Page

from home.bootstrap import home_in
from home.models import HomePage, SiteSettings, User
from home.sections import registry
from newsroom import patterns
from newsroom.models import PagePattern
from translation import originals

from .entries import FINISH, HERE, PREPARE, DemoKind, Entry, read, read_entries
from .facts import load_facts
from .files import Files
from .ids import take_ids
from .people import load_people
from .words import Words


@dataclass
class Demo:
    """`say` gets a line for each step; `new_pages` are those that this run made."""

    say: Callable[[str], None]
    kinds: list[DemoKind]
    people: dict[str, User] = field(default_factory=dict)
    new_pages: list[tuple[Page, Entry, dict[str, Any], DemoKind]] = field(default_factory=list)

    def load(self) -> None:
        self.say("People…")
        self.people = load_people()
        self.say("Pictures and documents…")
        self.files = Files(self.people["autorka"])
        self.say("Facts…")
        load_facts(self)
        for kind in self.kinds:
            self.say(f"Pages: {kind.app}…")
            self.add_pages(kind)
        for prepare in PREPARE:
            prepare(self)
        self.say("Texts, links, publication…")
        for page, entry, words, kind in self.new_pages:
            self.fill(page, entry, words, kind)
        for page, _entry, words, _kind in self.new_pages:
            if "later" in words:
                self.write_on(page, words["later"])
        original = Locale.get_default()
        for locale in (original, *Locale.objects.exclude(pk=original.pk)):
            self.fill_bootstrapped(locale)
        for finish in FINISH:
            finish(self)

    def words(self, language: str) -> Words:
        return Words(self.files, language)

    # --- Pages

    def add_pages(self, kind: DemoKind) -> None:
        """Create the pages of `kind` without their body, so that links find all of them."""
        for entry in sorted(read_entries(kind.folder, kind.app), key=kind.sort):
            for language, words in entry.words.items():
                locale = Locale.objects.get(language_code=language)
                model, key = kind.model(entry), entry.translation_key
                if model.objects.filter(translation_key=key, locale=locale).exists():
                    continue
                page = model(
                    title=words["title"],
                    slug=words["slug"],
                    lead=words.get("lead", ""),
                    search_description=words.get("search_description", ""),
                    locale=locale,
                    translation_key=key,
                    owner=self.author(entry, locale),
                    live=False,
                    **kind.fields(entry, {**words, "language": language}, self),
                )
                with override(language):
                    self.parent(kind, locale).add_child(instance=page)
                self.new_pages.append((page, entry, words, kind))

    def parent(self, kind: DemoKind, locale: Locale) -> Page:
        home = home_in(locale)
        return registry[kind.section].objects.child_of(home).get() if kind.section else home

    def author(self, entry: Entry, locale: Locale) -> User:
        is_translation = locale != Locale.get_default()
        return self.people["tlumaczka" if is_translation else entry.facts.get("owner", "autorka")]

    def fill(self, page: Page, entry: Entry, words: dict[str, Any], kind: DemoKind) -> None:
        """Give a new page its words and bring it to its state in the workflow."""
        language = page.locale.language_code
        if "body" in words:
            page.body = self.words(language).stream(words["body"])
        if kind.children:
            kind.children(page, entry, {**words, "language": language}, self)
        _follow_original(page)
        with override(language):
            page.save_revision(user=page.owner)
            self.bring_to_state(page, entry)
        if kind.published and entry.state == "live":
            kind.published(page, entry, words)
        if "pattern" in words:
            self.keep_pattern(page, **words["pattern"])

    def write_on(self, page: Page, blocks: list[dict[str, Any]]) -> None:
        """A second version with more blocks, once its translation is approved: that one is out of date, to be seen."""
        page = type(page).objects.get(pk=page.pk)
        language = page.locale.language_code
        page.body.extend(self.words(language).stream(blocks))
        with override(language):
            self.publish(page)

    def keep_pattern(self, page: Page, name: str, description: str) -> None:
        PagePattern.objects.create(
            name=name,
            description=description,
            content_type=ContentType.objects.get_for_model(page),
            locale=page.locale,
            content=patterns.content_for_pattern(page),
            made_by=self.people["redaktorka"],
        )

    # --- The way through the workflow

    def bring_to_state(self, page: Page, entry: Entry) -> None:
        if entry.state == "draft":
            return
        self.submit(page, page.owner)
        if entry.state == "rejected":
            self.decide(page, "redaktorka", "reject", entry.facts.get("rejection_comment", ""))
        elif entry.state == "approval":
            self.decide(page, "redaktorka")
        elif entry.state == "live":
            self.decide(page, "redaktorka")
            self.decide(page, "koordynatorka")
            noon = timezone.make_aware(datetime.combine(entry.published_on, time(12)))
            Page.objects.filter(pk=page.pk).update(first_published_at=noon, last_published_at=noon)

    def submit(self, instance: Any, user: User) -> None:
        instance.get_workflow().start(instance, user)

    def decide(self, instance: Any, login: str, action: str = "approve", comment: str = "") -> None:
        """The next step of the workflow, taken by one of the demo people."""
        state = type(instance).objects.get(pk=instance.pk).current_workflow_task_state
        state.task.specific.on_action(state, self.people[login], action, comment=comment)

    def publish(self, instance: Any) -> None:
        """Written by the author, reviewed, approved: as in life."""
        _follow_original(instance)
        instance.save_revision(user=self.people["autorka"])
        self.submit(instance, self.people["autorka"])
        self.decide(instance, "redaktorka")
        self.decide(instance, "koordynatorka")

    # --- What setup_site planted

    def fill_bootstrapped(self, locale: Locale) -> None:
        """Fill home page, sections and settings, unless a person has worked on them."""
        language = locale.language_code
        home, words = home_in(locale), read(HERE / "home.toml").get(language)
        if words and not _touched(home):
            self.fill_home(home, words, language)
        for kind in self.kinds:
            page = self.parent(kind, locale)
            if kind.section_fields and not _touched(page):
                for name, value in kind.section_fields(self, language).items():
                    setattr(page, name, value)
                self.publish(page)
        settings = SiteSettings.objects.filter(locale=locale).first()
        words = read(HERE / "settings.toml").get(language)
        if settings and words and not _touched(settings):
            self.fill_settings(settings, words, language)

    def fill_home(self, home: HomePage, words: dict[str, Any], language: str) -> None:
        for name in ("title", "headline", "lead", "search_description"):
            setattr(home, name, words[name])
        home.body = self.words(language).stream(words["body"])
        self.publish(home)

    def fill_settings(self, settings: SiteSettings, words: dict[str, Any], language: str) -> None:
        make = self.words(language)
        streams: dict[str, Callable[[Any], Any]] = {
            "menu": lambda items: [("link", link) for link in make.links(items)],
            "footer": lambda columns: [
                ("column", {"heading": column["heading"], "links": make.links(column["links"])}) for column in columns
            ],
            "social": lambda profiles: [("profile", profile) for profile in profiles],
        }
        for name, value in words.items():
            setattr(settings, name, streams[name](value) if name in streams else value)
        self.publish(settings)


def _follow_original(instance: Any) -> None:
    """A translation says what its original says now, block by block."""
    original = originals.original_of(instance)
    if original:
        instance.source_version = original.source_version
        take_ids(instance, original)


def _touched(instance: Any) -> bool:
    """True when a person has saved a revision of what setup_site planted."""
    return instance.revisions.exclude(user=None).exists()
