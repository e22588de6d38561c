"""The addresses of the site. Pages come last: whatever is no fixed address is a page."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy
from django.views import defaults
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from approval.views.collections import EditCollectionView
from approval.views.opening import PrivacyView
from catalog import feedback
from catalog import views as catalog_views
from catalog.editions import views as edition_views
from events import views as event_views
from home import downloads, search_page, sitemaps
from home import views as home_views
from home.page_cache import kept
from home.search_feeds import AtomSearchFeed, RssSearchFeed
from operations import views as operations_views

SEARCH = pgettext_lazy("address", "search/")
EDITION = r"\d{1,3}(?:\.\d{1,3}){1,2}"
CATALOGUE = format_lazy("{}/", pgettext_lazy("address", "catalogue"))
TEMPLATES = format_lazy("{}/", pgettext_lazy("address", "templates"))

topics_of_originals = require_admin_access(home_views.topic_suggestions)

urlpatterns = [
    path("admin/failwhale/", defaults.page_not_found, {"exception": Exception()}),  # Wagtail's fails on purpose
    path("admin/tag-autocomplete/", topics_of_originals, {"language": settings.LANGUAGE_CODE}),  # Wagtail's offers all
    path("admin/", include("accounts.urls")),
    # In the place of Wagtail's.
    path("admin/pages/<int:page_id>/privacy/", require_admin_access(PrivacyView.as_view())),
    path("admin/collections/<int:pk>/", require_admin_access(EditCollectionView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", downloads.document, name="document"),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", kept(sitemaps.index), name="sitemap"),
    path("sitemap-<int:section>.xml", kept(sitemaps.part), name="sitemap_part"),
    path("robots.txt", home_views.robots, name="robots"),
    path(".well-known/security.txt", home_views.security_txt, name="security"),
    path("site.webmanifest", home_views.manifest, name="manifest"),
    path("favicon.ico", home_views.favicon, name="favicon"),
    path("health/live", operations_views.live, name="live"),
    path("health/ready", operations_views.ready, name="ready"),
    path("metrics", operations_views.metrics, name="metrics"),
]

if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

urlpatterns += i18n_patterns(
    path(SEARCH, search_page.results, name="search"),
    path(
        format_lazy("{}{}", SEARCH, pgettext_lazy("address", "suggestions/")),
        search_page.suggestions,
        name="search_suggestions",
    ),
    path(format_lazy("{}rss/", SEARCH), RssSearchFeed(), name="search_rss"),
    path(format_lazy("{}atom/", SEARCH), AtomSearchFeed(), name="search_atom"),
    path(
        format_lazy("{}<int:number>/", pgettext_lazy("address", "not-translated/")),
        home_views.not_translated,
        name="not_translated",
    ),
    re_path(rf"^(?P<path>(?:[\w-]+/)+)(?P<number>{EDITION})/$", edition_views.edition, name="edition"),
    re_path(
        rf"^(?P<path>(?:[\w-]+/)+)(?P<number>{EDITION})/(?P<name>[\w.-]+)$", edition_views.file, name="edition_file"
    ),
    re_path(
        format_lazy(r"^{}{}(?P<key>[a-z0-9-]+)\.(?P<extension>docx|odt|pdf)$", CATALOGUE, TEMPLATES),
        catalog_views.template_file,
        name="template_file",
    ),
    path(
        format_lazy("{}<int:number>/", pgettext_lazy("address", "catalogue/feedback/")),
        feedback.answer,
        name="chapter_feedback",
    ),
    re_path(r"^(?P<path>[\w/-]+)\.ics$", event_views.calendar_file, name="calendar_file"),
    # Below is Wagtail's form for private pages; its form to log in would be a second door.
    re_path(
        "^(?!_util/authenticate)" + wagtail_urls.serve_pattern.removeprefix("^"),
        home_views.serve_page,
        name="wagtail_serve",
    ),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler404 = "home.views.page_not_found"
handler429 = "accounts.views.too_many"  # django-allauth's
handler500 = "home.views.server_error"
