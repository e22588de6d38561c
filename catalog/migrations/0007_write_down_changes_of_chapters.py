"""Chapters say what changed, and a page says it of all of them."""

import django.db.models.deletion
import wagtail.contrib.routable_page.models
from django.conf import settings
from django.db import migrations, models

import home.blocks.stream
import home.models.searched
import home.models.untitled
from home import page_types


class Migration(migrations.Migration):
    dependencies = [
        *page_types.NEEDS,
        ("catalog", "0006_create_editions"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangesPage",
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
                "verbose_name": "page of changes",
                "verbose_name_plural": "pages of changes",
            },
            bases=(
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                home.models.untitled.UntitledDraftMixin,
                home.blocks.stream.StreamFieldsMixin,
                home.models.searched.SearchedMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        page_types.taken_back("catalog", "ChangesPage"),
        migrations.AddField(
            model_name="chapterpage",
            name="change_corrects",
            field=models.BooleanField(
                default=False,
                help_text="Readers see the sentence marked as a correction of a mistake.",
                verbose_name="the chapter was wrong here",
            ),
        ),
        migrations.AddField(
            model_name="chapterpage",
            name="change_summary",
            field=models.CharField(
                blank=True,
                help_text="Only for a change of substance; leave it empty when you correct typing errors. It is approved with the text, and then stands in the chapter's history, on the page of changes and in its feed.",
                max_length=200,
                verbose_name="what changed, in one sentence for readers",
            ),
        ),
        migrations.CreateModel(
            name="ChapterChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, verbose_name="when")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new", "new chapter"),
                            ("change", "change"),
                            ("correction", "correction of a mistake"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=200, verbose_name="what changed")),
                ("revision_number", models.PositiveBigIntegerField(null=True)),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="catalog.chapterpage"
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a chapter",
                "verbose_name_plural": "changes of chapters",
                "default_permissions": (),
            },
        ),
    ]
