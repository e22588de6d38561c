"""Settings of the site: what differs between installations comes from the environment.

The typed block at the top is the whole list (see `.env.example`). Safe by default: without
`SECRET_KEY` the site refuses to start unless `DEBUG=1`.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from site_config.storage_url import storage_of

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# --- The environment -------------------------------------------------------------------------

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG: bool = env.bool("DEBUG", default=False)
SECRET_KEY: str = env.str("SECRET_KEY", default="not-a-secret-only-for-debug" if DEBUG else "")
SITE_URL: str = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS",
    default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [urlsplit(SITE_URL).hostname],
)
DATABASES = {
    "default": env.db_url("DATABASE_URL")
    if env.str("DATABASE_URL", default="")
    # No address: a folder's name may hold signs that mean something in one.
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "db.sqlite3"}
}
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
EMAIL = env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
EMAIL_FROM: str = env.str("EMAIL_FROM", default="Koalicja na rzecz sąsiedztw <biuro@koalicja.example>")
MAIL_QUEUE: str = env.str("MAIL_QUEUE", default="at-once" if DEBUG else "database")
PROCESSES_EXPECTED: list[str] = env.list(
    "PROCESSES_EXPECTED", default=[] if DEBUG else ["scheduler", *(["worker"] if MAIL_QUEUE == "database" else [])]
)
BACKUP_EVERY_HOURS: int = env.int("BACKUP_EVERY_HOURS", default=0 if DEBUG else 24)
DISK_FREE_MB: int = env.int("DISK_FREE_MB", default=500)
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")
METRICS_ROOT: str = env.str("METRICS_ROOT", default=str(VAR_DIR / "metrics"))
LOG_FORMAT: str = env.str("LOG_FORMAT", default="plain")
ADMINS: list[tuple[str, str]] = [("", address) for address in env.list("ADMINS", default=[])]
SENTRY_DSN: str = env.str("SENTRY_DSN", default="")
HSTS_SECONDS: int = env.int("HSTS_SECONDS", default=3600)
HSTS_INCLUDE_SUBDOMAINS: bool = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=False)
HSTS_PRELOAD: bool = env.bool("HSTS_PRELOAD", default=False)
SECOND_FACTOR_REQUIRED: bool = env.bool("SECOND_FACTOR_REQUIRED", default=not DEBUG)
SECOND_FACTOR_GRACE_DAYS: int = env.int("SECOND_FACTOR_GRACE_DAYS", default=14)
SECOND_FACTOR_FROM: str = env.str("SECOND_FACTOR_FROM", default="")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
PROXIES: int = env.int("PROXIES", default=1)
SECURITY_CONTACT: str = env.str("SECURITY_CONTACT", default="mailto:biuro@koalicja.example")
APPROVAL_IN_ONE_STEP: bool = env.bool("APPROVAL_IN_ONE_STEP", default=False)
MACHINE_TRANSLATOR: dict[str, object] = env.json("MACHINE_TRANSLATOR", default={})
LANGUAGE_CODES: list[str] = env.list("LANGUAGES", default=["pl", "en"])
MEDIA_ROOT: str = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGE_URL: str = env.str("STORAGE_URL", default="")
SEARCH_FOLDER: str = env.str("SEARCH_FOLDER", default="")
SEARCH_AUTO_UPDATE: bool = env.bool("SEARCH_AUTO_UPDATE", default=True)
FACT_CHECK_MONTHS: int = env.int("FACT_CHECK_MONTHS", default=12)
DOCUMENT_MAX_MB: int = env.int("DOCUMENT_MAX_MB", default=25)
CLAMD_URL: str = env.str("CLAMD_URL", default="")
PAGES_ROOT: str = env.str("PAGES_ROOT", default="" if DEBUG else str(VAR_DIR / "pages"))
PAGES_ON_ONE_MACHINE: bool = env.bool("PAGES_ON_ONE_MACHINE", default=True)
BACKUP_ROOT: str = env.str("BACKUP_ROOT", default=str(VAR_DIR / "backups"))
BACKUP_KEY: str = env.str("BACKUP_KEY", default="")
BACKUP_KEEP: list[int] = env.list("BACKUP_KEEP", cast=int, default=[7, 5, 12])
FRONTEND_CACHE: dict[str, dict[str, object]] = env.json("FRONTEND_CACHE", default={})

if LOG_FORMAT not in ("plain", "json"):
    raise ImproperlyConfigured("LOG_FORMAT is plain or json.")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY (any long random text), or DEBUG=1 to try the site.")

vars().update(EMAIL)  # EMAIL_BACKEND, EMAIL_HOST, … as Django names them
EMAIL_TIMEOUT = 30  # for each line; a mail server that looks into mails before it takes them needs a while
EMAIL_SUBJECT_PREFIX = f"[{urlsplit(SITE_URL).hostname}] "  # of mails to ADMINS
DEFAULT_FROM_EMAIL = SERVER_EMAIL = WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = EMAIL_FROM

# --- Rooms -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "wagtail.contrib.redirects",  # before approval, which removes some that it makes
    "home",
    "approval",
    "translation",
    "notifications",
    "newsroom",
    "accounts",
    "operations",
    "search",
    "news",
    "catalog",
    "coalition",
    "events",
    "translation.localize_app.LocalizeLibraryConfig",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.locales",
    "wagtail.sites",
    "accounts.users_app.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "notifications.admin_app.AdminConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.humanize",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "site_config.middleware.SitePolicyMiddleware",
    "site_config.middleware.PicturesMiddleware",
    "site_config.middleware.CompressionMiddleware",
    "site_config.middleware.ProbesMiddleware",
    "operations.request_context.RouteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "approval.middleware.ReaderMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "site_config.middleware.CleanAddressMiddleware",
    "site_config.middleware.AdminLanguageMiddleware",
    "home.upload_bounds.UploadBoundsMiddleware",
    "accounts.middleware.SessionListMiddleware",
    "newsroom.middleware.LostSessionMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "newsroom.middleware.RefusalMiddleware",
    "site_config.middleware.PublicErrorPagesMiddleware",
    "approval.redirects.PublicRedirectMiddleware",
]

ROOT_URLCONF = "site_config.urls"
WSGI_APPLICATION = "site_config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database --------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        # Readers go on while one writes; a second writer waits instead of failing.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})}  # seconds

# --- Cache -----------------------------------------------------------------------------------

# For home/cache.py: in the memory of each process.
CACHES["near"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES["texts"] = {**CACHES["near"], "LOCATION": "texts", "OPTIONS": {"MAX_ENTRIES": 200}}
if CACHES["default"]["BACKEND"].startswith("django_redis."):
    # All that is in it can be made again, so readers wait for it a second at most, and then do without.
    CACHES["default"]["OPTIONS"] = {
        "IGNORE_EXCEPTIONS": True,
        "SOCKET_CONNECT_TIMEOUT": 1,
        "SOCKET_TIMEOUT": 1,
        **CACHES["default"].get("OPTIONS", {}),
    }

# --- Queues ----------------------------------------------------------------------------------

QUEUES = {"at-once": "django_tasks.backends.immediate.ImmediateBackend", "database": "django_tasks_db.DatabaseBackend"}
TASKS = {
    # Wagtail's own tasks: its index of references decides which picture may change, so it never lags behind.
    "default": {"BACKEND": QUEUES["at-once"]},
    # What nobody waits for: mails, and the sizes of pictures.
    "mail": {"BACKEND": QUEUES[MAIL_QUEUE]},
}
NOTIFICATIONS_LETTERHEAD = "home.site_context.for_language"

# --- People and passwords --------------------------------------------------------------------

AUTH_USER_MODEL = "home.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["accounts.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}  # what is typed may be the e-mail address: accounts/people.py
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by administrators
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# A shared office has one address: what is counted closely is tries for one account.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/5m/ip,5/5m/key", "reset_password": "20/m/ip"}
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Languages -------------------------------------------------------------------------------

# One more code in the environment (or here) and `setup_site` is all that a language takes. Django knows their names.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [(code, _(LANG_INFO[code]["name"])) for code in LANGUAGE_CODES]
LANGUAGE_CODE = LANGUAGE_CODES[0]  # of the originals; its addresses have no prefix
TIME_ZONE = "Europe/Warsaw"
USE_I18N = USE_TZ = WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "upstream"]
WAGTAIL_USER_TIME_ZONES = ["Europe/Warsaw"]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# The date fields put today where they can't read a date, so they read what a Pole types.
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y", "%d.%m.%Y %H:%M"
FORMAT_MODULE_PATH = "site_config.formats"  # English accepts that too

# --- Files -----------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
STORAGES = {
    "default": storage_of(STORAGE_URL) if STORAGE_URL else {"BACKEND": "home.own_folders.LocalFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Wagtail ---------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = MFA_TOTP_ISSUER = "Koalicja na rzecz sąsiedztw"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"  # one door for everybody
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "notifications.password.QueuedPasswordResetForm"  # noqa: S105 - a class
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no request to another host
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # likewise
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = MACHINE_TRANSLATOR or None
WAGTAILIMAGES_IMAGE_MODEL = "home.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.uploads.SiteImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.uploads.SiteDocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60 * 1000 * 1000
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "avif", "webp": "webp"}
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_WEBP_QUALITY = 78
WAGTAILIMAGES_JPEG_QUALITY = 78
WAGTAILDOCS_MAX_UPLOAD_SIZE = DOCUMENT_MAX_MB * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "home.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # whoever may have it gets it from the site, wherever it is kept
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "epub", "ics", "odt", "ods", "odp", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILEMBEDS_FINDERS = []  # a video is a link until a visitor asks for it
WAGTAILFRONTENDCACHE = FRONTEND_CACHE
WAGTAILFRONTENDCACHE_LANGUAGES = []  # each language has addresses of its own, and the keeper names them all
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # an address that can be read out and typed: podworku, not podw%C3%B3rku
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False  # of a newer version it goes on; what is published ends its own (gated.py)
WAGTAIL_FINISH_WORKFLOW_ACTION = "approval.workflow.finish"
SEARCH_INDEX = "search.tantivy_index.TantivyIndex" if SEARCH_FOLDER else "search.database.DatabaseIndex"  # of visitors
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": f"search.admin.{'sqlite' if IS_SQLITE else 'postgresql'}",
        "SEARCH_CONFIG": "simple",  # for PostgreSQL: what it gets are terms already
        "ATOMIC_REBUILD": False,  # `update_index` in parts, while others work
    }
}
SEARCH_STATISTICS_SECONDS = 60  # how often a process writes down what was searched for; 0: never
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "home.rich_text.RichTextArea"}}
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "home.topics.names_from_text"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
UPLOAD_MAX_SIZE = max(WAGTAILDOCS_MAX_UPLOAD_SIZE, WAGTAILIMAGES_MAX_UPLOAD_SIZE)  # of one file
UPLOAD_MAX_BODY = 4 * UPLOAD_MAX_SIZE  # of a request: up to here a form comes back with all that was typed
FILE_UPLOAD_HANDLERS = [
    "home.upload_bounds.BoundedUploadHandler",
    *(f"django.core.files.uploadhandler.{kept}FileUploadHandler" for kept in ("Memory", "Temporary")),
]

# --- Web manners -----------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        # Facade and district tiles carry their place as custom properties in style attributes.
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "frame-src": [SELF, "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # subdomains and
    "security.W021",  # preloading are the operator's word (HSTS_INCLUDE_SUBDOMAINS, HSTS_PRELOAD)
    "security.W019",  # not DENY: the editor shows previews in a frame
]
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "newsroom.views.session.csrf_failure"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"

HTTPS = SITE_URL.startswith("https://")
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]  # asked on this machine, without TLS
if not DEBUG:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
    # Browsers don't forget: what is said too early shuts a site, or a neighbour's subdomain, for as long.
    SECURE_HSTS_SECONDS = HSTS_SECONDS if HTTPS else 0
    SECURE_HSTS_INCLUDE_SUBDOMAINS, SECURE_HSTS_PRELOAD = HSTS_INCLUDE_SUBDOMAINS, HSTS_PRELOAD
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "operations.log_lines.PlainFormatter"},
        "json": {"()": "operations.log_lines.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT},
        "mail": {"class": "operations.error_mail.ErrorMailHandler", "level": "ERROR"},
    },
    "root": {"handlers": ["console", *(["mail"] if ADMINS else [])], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # all lines come together in the root
        "accounts.sign_in_log": {"level": "INFO"},  # successes too
        **{
            name: {"handlers": ["console"], "propagate": False, "level": "INFO"}
            for name in ("gunicorn.error", "gunicorn.access")
            if LOG_FORMAT != "plain"
        },
    },
}
