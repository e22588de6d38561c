"""Screens of the project that stock_wagtail_tasks.py makes, where Wagtail has the like; needs Django set up."""

import io
import os
from typing import Any

from django.core.management import call_command
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

PEOPLE = {"autorka": "editor", "redaktorka": "moderator", "koordynatorka": "moderator", "tlumaczka": "editor"}
BLOCKS, WORDS = 16, "<p>" + "Words of a long text. " * 38 + "</p>"
"""As the longest chapter of the demo has them."""


def prepared() -> tuple[Any, Any, Any]:
    """The home page, one of its pages, and a long one, among as many as PAGES says."""
    from home.models import HomePage, NewsPage  # noqa: PLC0415 - of the other project

    home, first = HomePage.objects.get(), NewsPage.objects.get(title="First news")
    long = NewsPage(title="Long", lead="Words", body=[("text", WORDS)] * BLOCKS)
    home.add_child(instance=long)
    long.save_revision().publish()
    names = [field.attname for field in Page._meta.concrete_fields if field.name not in ("id", "translation_key")]
    rows, children = [], []
    for number in range(home.numchild + 1, int(os.environ["PAGES"]) + 1):
        values = {name: getattr(first.page_ptr, name) for name in names}
        values |= {"title": f"Number {number}", "draft_title": f"Number {number}", "slug": f"number-{number}"}
        values |= {"path": Page._get_path(home.path, 3, number), "url_path": f"{home.url_path}number-{number}/"}
        rows.append(Page(**values))
    for row in Page.objects.bulk_create(rows):
        copy = NewsPage(pk=row.pk, lead=first.lead, picture_id=first.picture_id)
        copy.page_ptr_id = row.pk
        children.append(copy)
    NewsPage._base_manager._insert(children, fields=NewsPage._meta.local_concrete_fields, using="default")
    Page.objects.filter(pk=home.pk).update(numchild=home.get_children().count())
    call_command("update_index", verbosity=0, stdout=io.StringIO())
    return HomePage.objects.get(), first, long


def addresses() -> dict[str, str]:
    home, news, long = prepared()

    def of(name: str, page: Any, *more: Any) -> str:
        return reverse(f"wagtailadmin_pages:{name}", args=(page.pk, *more))

    children = reverse("wagtailadmin_explore", args=[home.pk])
    picture = get_image_model().objects.first()
    return {
        "dashboard": reverse("wagtailadmin_home"),
        "explorer: root": reverse("wagtailadmin_explore_root"),
        "explorer: aktualnosci": children,
        "explorer: page 50": f"{children}?p=50",
        "explorer: by title": f"{children}?ordering=title",
        "explorer: sorting": f"{children}?ordering=ord",
        "explorer: menu": reverse("wagtailadmin_api:pages:listing") + f"?child_of={home.pk}&for_explorer=1",
        "search": reverse("wagtailadmin_pages:search") + "?q=number",
        "search: all types": reverse("wagtailadmin_pages:search"),
        "choose: page": reverse("wagtailadmin_choose_page"),
        "choose: in a section": reverse("wagtailadmin_choose_page_child", args=[home.pk]),
        "choose: search": reverse("wagtailadmin_choose_page_search") + "?q=number",
        "choose: picture": reverse("wagtailimages_chooser:choose"),
        "choose: file": reverse("wagtaildocs_chooser:choose"),
        "new: news": reverse("wagtailadmin_pages:add", args=("home", "newspage", home.pk)),
        "editor: news": of("edit", news),
        "editor: longest chapter": of("edit", long),
        "editor: section": of("edit", home),
        "page: history": of("history", news),
        "page: compare": of("revisions_compare", news, "earliest", "latest"),
        "page: usage": of("usage", news),
        "page: copy": of("copy", news),
        "page: move": of("move", news),
        "page: delete": of("delete", news),
        "page: take down": of("unpublish", news),
        "page: delete section": of("delete", home),
        "report: site history": reverse("wagtailadmin_reports:site_history"),
        "report: page types": reverse("wagtailadmin_reports:page_types_usage"),
        "use of a type": reverse("wagtailadmin_pages:type_use", args=["home", "newspage"]),
        "pictures": reverse("wagtailimages:index"),
        "picture": reverse("wagtailimages:edit", args=[picture.pk]),
        "files": reverse("wagtaildocs:index"),
        "snippets": reverse("wagtailsnippets:index"),
        "account": reverse("wagtailadmin_account"),
    } | (
        {"file": reverse("wagtaildocs:edit", args=[file.pk])} if (file := get_document_model().objects.first()) else {}
    )
