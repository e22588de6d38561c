"""The tasks of newsroom_tasks.py in Wagtail as it comes, for comparison: only those that it knows.

A project made by `wagtail start` in a temporary folder, with one page type that has a lead, a picture and a body, its
own two groups (Editors, Moderators) and its own workflow; in English. Nothing is kept.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from _tasks.run import main
from _tasks.steps import MENU, PHONE, Body, Click, Drag, Picture, Task, Type, state_of

MODELS = """
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class HomePage(Page):
    pass


class NewsPage(Page):
    lead = models.TextField(blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    description = models.CharField(blank=True, max_length=200)
    body = StreamField([("text", RichTextBlock())], blank=True)
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("description"),
        FieldPanel("body"),
    ]
"""
SETTINGS = """
import os

import environ

SILENCED_SYSTEM_CHECKS = ["wagtailadmin.W003"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
DATABASES["default"]["NAME"] = os.environ.get("SITE_DATABASE") or BASE_DIR / "db.sqlite3"
if "://" in (address := os.environ.get("SITE_DATABASE", "")):
    DATABASES["default"] = environ.Env.db_url_config(address)
MEDIA_ROOT = os.environ.get("MEDIA_ROOT") or BASE_DIR / "media"
"""
CONTENT = """
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from home.models import HomePage, NewsPage
from io import BytesIO
from PIL import Image as Picture
from wagtail.images.models import Image
from wagtail.users.models import UserProfile

people = {}
for name, group in (("editor", "Editors"), ("moderator", "Moderators")):
    people[name] = User.objects.create_user(name, f"{name}@example.org", "demo", first_name=name.title())
    people[name].groups.add(Group.objects.get(name=group))
file = BytesIO()
Picture.new("RGB", (800, 600), "teal").save(file, "PNG")
Image.objects.create(title="Yard", file=ContentFile(file.getvalue(), "yard.png"))
home = HomePage.objects.get()
for title in ("First news", "Second news", "Third news"):
    home.add_child(instance=NewsPage(title=title, lead="Some words.", owner=people["editor"]))
old = NewsPage.objects.get(title="First news")
for words in ("The words of before.", "The words of today."):
    old.lead = words
    old.save_revision(user=people["editor"], log_action=True).publish()
for title in ("Waits for review", "Was returned"):
    page = home.add_child(instance=NewsPage(title=title, lead="Some words.", owner=people["editor"], live=False))
    page.save_revision(user=people["editor"])
    page.get_workflow().start(page, people["editor"])
returned = page.current_workflow_task_state
returned.task.specific.on_action(returned, people["moderator"], "reject", comment="Say when.")
"""

FOOTER = "footer, nav[aria-label*=footer i]"
TO_PAGES = (Click("^Pages", inside=MENU), Click("^Home", inside="[role=dialog]", leaves=True))
APPROVE = (
    Click("^Approve", via="More actions", via_inside=FOOTER, leaves=True),
    Click("^(Approve|Confirm)", inside=".modal", maybe=True, leaves=True),
)
SUBMIT = Click("^(Submit to|Resubmit)", via="More actions", via_inside=FOOTER, leaves=True)

TASKS = (
    Task(
        "news",
        "editor",
        (
            *TO_PAGES,
            Click("^Add child page", leaves=True),
            Click("^News page", leaves=True),
            Type("^Title", "A meeting about trees"),
            Type("^Lead", "We talk about trees and benches."),
            Picture("Choose an image", "^Description", "A yard with trees"),
            Body("Come on Saturday at eleven."),
            SUBMIT,
        ),
        state_of("A meeting about trees"),
        "in_progress",
    ),
    Task(
        "review",
        "moderator",
        (
            Click("^Waits for review", leaves=True),
            Click("^Toggle comments"),
            Click("^Add comment", inside="[id$=lead-section]"),
            Type("comment", "Say when.", maybe=True),
            Click("^Comment$", inside=".comment"),
            *APPROVE,
        ),
        state_of("Waits for review"),
        "approved",
    ),
    Task(
        "decide",
        "moderator",
        (
            Click("^Approve", row="Waits for review"),
            Click("^(Approve|Confirm)", inside=".modal, [role=dialog]", maybe=True, leaves=True),
        ),
        state_of("Waits for review"),
        "approved",
        PHONE,
        other_way=(
            Click("^Waits for review", leaves=True),
            *APPROVE,
        ),
    ),
    Task(
        "mend",
        "editor",
        (Click("^Was returned", leaves=True), Type("^Lead", "We meet on Saturday."), SUBMIT),
        state_of("Was returned"),
        "in_progress",
    ),
    Task(
        "restore",
        "editor",
        (
            *TO_PAGES,
            Click("^First news", inside="main", leaves=True),
            Click("^History", leaves=True),
            Click(
                "^Review this version",
                via="^(More options|Actions)",
                via_inside="tbody tr:not(:has-text('current draft')):has(.w-dropdown)",
                leaves=True,
            ),
            Click("^Replace current draft", leaves=True),
            SUBMIT,
        ),
        state_of("First news"),
        "in_progress",
    ),
    Task(
        "pattern",
        "editor",
        (
            *TO_PAGES,
            Click("^Copy", via="^(More options|Actions)", via_inside="tbody tr:has-text('First news')", leaves=True),
            Type("^New title", "A new training"),
            Type("^New slug", "a-new-training"),
            Click("^Copy this page", leaves=True),
            Click("^A new training", inside="main", leaves=True),
            SUBMIT,
        ),
        state_of("A new training"),
        "in_progress",
    ),
    Task(
        "reorder",
        "moderator",
        (
            *TO_PAGES,
            Click("^Sort menu order", via="^Actions", via_inside="main", leaves=True),
            Drag("^Drag"),
        ),
        "select title = 'Second news' from wagtailcore_page where depth = 3 order by path",
        1,
    ),
)


def made(folder: Path, database: str = "") -> Path:
    """The project, with its database, which is a file unless `database` is the address of an empty one; its folder."""
    root = folder / "stock"
    root.mkdir()
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "DJANGO_SETTINGS_MODULE": "stock.settings.dev"}
    environment |= {"SITE_DATABASE": database}

    def run(*words: str | Path) -> None:
        subprocess.run([sys.executable, *words], cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)

    start = "from wagtail.bin.wagtail import main; main()"
    environment.pop("DJANGO_SETTINGS_MODULE")
    run("-c", start, "start", "stock", root)
    environment["DJANGO_SETTINGS_MODULE"] = "stock.settings.dev"
    (root / "home" / "models.py").write_text(MODELS)
    (root / "home" / "templates" / "home" / "news_page.html").write_text("{{ page.lead }}")
    with (root / "stock" / "settings" / "base.py").open("a") as settings:
        settings.write(SETTINGS)
    run("manage.py", "makemigrations", "home", "--skip-checks")
    run("manage.py", "migrate", "--skip-checks")
    run("manage.py", "shell", "-c", CONTENT)
    (root / "var").mkdir()
    if not database:
        (root / "db.sqlite3").rename(root / "var" / "db.sqlite3")
    (root / "media").mkdir(exist_ok=True)
    (root / "media").rename(root / "var" / "media")
    return root


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(TASKS, made(Path(temporary)), "en-GB"))
