"""Addresses of the screens of this project, by name, as its demo has them; needs Django set up."""

from typing import Any

from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, TaskState

from catalog.models import ChapterPage
from events.models import EventPage
from home.models import HomePage, StandardPage
from news.models import NewsIndexPage, NewsPage

PEOPLE = {name: name for name in ("autorka", "redaktorka", "koordynatorka", "tlumaczka")}
REPORTS = {
    "publications": "approval:ledger",
    "texts under way": "newsroom:under_way",
    "archive": "newsroom:archive",
    "translations": "translation:report",
}


def _of_page(name: str, page: Any, *more: Any) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=(page.pk, *more))


def _new(model: Any, parent: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=(model._meta.app_label, model._meta.model_name, parent.pk))


def _longest(pages: Any) -> Any:
    return max(pages, key=lambda page: len(str(page.body.get_prep_value())))


def addresses() -> dict[str, str]:
    first, other = Locale.get_default(), Locale.objects.exclude(pk=Locale.get_default().pk).first()
    home = HomePage.objects.get(locale=first)
    sections = {page.slug: page for page in home.get_children().specific()}
    index = NewsIndexPage.objects.get(locale=first)
    news = NewsPage.objects.child_of(index).filter(live=True).exclude(slug__startswith="pomiar-").first()
    chapter = _longest(ChapterPage.objects.filter(live=True, locale=first))
    english = _longest(ChapterPage.objects.filter(live=True, locale=other))
    event = EventPage.objects.filter(live=True, locale=first).first()
    step = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).order_by("pk").first()
    picture, file = get_image_model().objects.first(), get_document_model().objects.first()
    api = reverse("wagtailadmin_api:pages:listing")
    return {
        "dashboard": reverse("wagtailadmin_home"),
        "decision": reverse("newsroom:decide", args=[step.pk]),
        "explorer: root": reverse("wagtailadmin_explore_root"),
        "explorer: home": reverse("wagtailadmin_explore", args=[home.pk]),
        **{f"explorer: {slug}": reverse("wagtailadmin_explore", args=[page.pk]) for slug, page in sections.items()},
        "explorer: page 50": reverse("wagtailadmin_explore", args=[index.pk]) + "?p=50",
        "explorer: by title": reverse("wagtailadmin_explore", args=[index.pk]) + "?ordering=title",
        "explorer: sorting": reverse("wagtailadmin_explore", args=[index.pk]) + "?ordering=ord",
        "explorer: menu": f"{api}?child_of={index.pk}&for_explorer=1",
        **{f"list: {key}": reverse(f"{key}:index") for key in ("news", "catalog", "coalition", "events")},
        "list: filtered": reverse("news:index") + "?q=numer",
        "search": reverse("wagtailadmin_pages:search") + "?q=numer",
        "search: all types": reverse("wagtailadmin_pages:search"),
        "choose: page": reverse("wagtailadmin_choose_page"),
        "choose: in a section": reverse("wagtailadmin_choose_page_child", args=[index.pk]),
        "choose: search": reverse("wagtailadmin_choose_page_search") + "?q=numer",
        "choose: picture": reverse("wagtailimages_chooser:choose"),
        "choose: file": reverse("wagtaildocs_chooser:choose"),
        "choose: topics": reverse("topic_suggestions", args=["pl"]) + "?term=s",
        "new: kind": _of_page("add_subpage", home),
        "new: news": _new(NewsPage, index),
        "new: chapter": _new(ChapterPage, chapter.get_parent()),
        "new: event": _new(EventPage, event.get_parent()),
        "new: page": _new(StandardPage, home),
        "editor: news": _of_page("edit", news),
        "editor: longest chapter": _of_page("edit", chapter),
        "editor: event": _of_page("edit", event),
        "editor: home": _of_page("edit", home),
        "editor: section": _of_page("edit", index),
        "editor: translation": _of_page("edit", english),
        "editor: whole translation": _of_page("edit", english) + "?whole=1",
        "page: history": _of_page("history", news),
        "page: compare": _of_page("revisions_compare", chapter, "earliest", "latest"),
        "page: usage": _of_page("usage", news),
        "page: copy": _of_page("copy", news),
        "page: move": _of_page("move", news),
        "page: delete": _of_page("delete", news),
        "page: take down": _of_page("unpublish", news),
        "page: delete section": _of_page("delete", index),
        "translation files": reverse("translation:exchange", args=[news.pk]),
        **{f"report: {name}": reverse(address) for name, address in REPORTS.items()},
        "report: translations, filtered": reverse("translation:report") + "?state=none&title=numer",
        "report: publications, filtered": reverse("approval:ledger") + "?title=numer",
        **{f"export: {name}": reverse(address) + "?export=csv" for name, address in REPORTS.items()},
        "report: site history": reverse("wagtailadmin_reports:site_history"),
        "report: page types": reverse("wagtailadmin_reports:page_types_usage"),
        "use of a type": reverse("wagtailadmin_pages:type_use", args=["news", "newspage"]),
        "pictures": reverse("wagtailimages:index"),
        "picture": reverse("wagtailimages:edit", args=[picture.pk]),
        "files": reverse("wagtaildocs:index"),
        "file": reverse("wagtaildocs:edit", args=[file.pk]),
        "snippets": reverse("wagtailsnippets:index"),
        "venues": reverse("wagtailsnippets_events_venue:list"),
        "new: venue": reverse("wagtailsnippets_events_venue:add"),
        "patterns": reverse("patterns:index"),
        "account": reverse("wagtailadmin_account"),
        "help": reverse("newsroom:help"),
        "public page, userbar": news.url,
    }
