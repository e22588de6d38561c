"""Readers say whether a chapter helped, staff look after it, and all chapters stand on one page."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import home.blocks.stream
import home.models.searched
import home.models.untitled
from home import page_types


class Migration(migrations.Migration):
    dependencies = [
        *page_types.NEEDS,
        ("catalog", "0007_write_down_changes_of_chapters"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WholeHandbookPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("source_version", models.DateTimeField(editable=False, null=True, verbose_name="source version")),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences. They stand under the title and in lists.",
                        max_length=400,
                        verbose_name="lead",
                    ),
                ),
            ],
            options={
                "verbose_name": "whole handbook",
                "verbose_name_plural": "whole handbooks",
            },
            bases=(
                home.models.untitled.UntitledDraftMixin,
                home.blocks.stream.StreamFieldsMixin,
                home.models.searched.SearchedMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        page_types.taken_back("catalog", "WholeHandbookPage"),
        migrations.CreateModel(
            name="ChapterCare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "review_by",
                    models.DateField(
                        blank=True,
                        help_text="Rules change. From the next day on it stands on the dashboard of whoever looks after it.",
                        null=True,
                        verbose_name="to be read again by",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looks after it",
                    ),
                ),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="care", to="catalog.chapterpage"
                    ),
                ),
            ],
            options={
                "verbose_name": "care of a chapter",
                "verbose_name_plural": "care of chapters",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ChapterFeedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(db_index=True, verbose_name="day")),
                ("helped", models.BooleanField(verbose_name="helped")),
                ("words", models.TextField(blank=True, max_length=500, verbose_name="what was missing")),
                ("handled_at", models.DateTimeField(null=True, verbose_name="handled")),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.chapterpage"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer of a reader",
                "verbose_name_plural": "answers of readers",
                "default_permissions": ("view", "change"),
            },
        ),
    ]
