"""Every setting, read from the environment in one place; a bad value is refused with its name."""

import pkgutil
import secrets
from pathlib import Path
from urllib.parse import quote, urlsplit

import django_stubs_ext
import environ
from csp.constants import NONCE
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from huiguan.files.places import backend_at
from huiguan.production import is_production, require_own_secrets

django_stubs_ext.monkeypatch()
ROOT = Path(__file__).resolve().parents[2]
env = environ.FileAwareEnv()

RUN_DIR = Path(env.str("HUIGUAN_RUN_DIR", default=str(ROOT / ".run"))).absolute()
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
GIVEN_SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY = GIVEN_SECRET_KEY or secrets.token_urlsafe(50)  # without one, sign-ins end with the process
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # what was signed before stays good
MASTER_KEY = env.str("MASTER_KEY", default="")  # base64 of 32 bytes; wraps the keys of chambers
MASTER_KEY_FALLBACKS = env.list("MASTER_KEY_FALLBACKS", default=[])  # what they wrapped is opened still
KEY_SECONDS = env.int("KEY_SECONDS", default=60)  # how long a process keeps a chamber's keys unwrapped
BASE_DOMAIN = env.str("BASE_DOMAIN", default="localhost")
PUBLIC_PORT = env.str("PUBLIC_PORT", default="8000")
TLS = env.bool("TLS", default=False)
ALLOWED_HOSTS = [BASE_DOMAIN, f".{BASE_DOMAIN}", *env.list("EXTRA_HOSTS", default=[])]
SITE_HOSTS = env.list("SITE_HOSTS", default=["127.0.0.1", "[::1]"])
ALLOWED_HOSTS += SITE_HOSTS
USE_X_FORWARDED_HOST = False


def sms_url(given: str) -> str:
    """`aliyun://KEY_ID:KEY_SECRET@dysmsapi.aliyuncs.com`, or empty: then text messages are shown and not sent."""
    found = urlsplit(given)
    if given and not (found.scheme in ("aliyun", "aliyun+http") and found.username and found.password):
        raise ImproperlyConfigured("SMS_URL is not of the form aliyun://KEY_ID:KEY_SECRET@HOST")
    return given


def folders(package: str) -> list[str]:
    """The capabilities found under a top-level folder: adding a folder with an `apps.py` is all it takes."""
    found = (m.name for m in pkgutil.iter_modules([str(ROOT / package)]) if m.ispkg)
    return [f"{package}.{name}" for name in found if (ROOT / package / name / "apps.py").exists()]


EXTRA_CAPABILITIES = env.list("EXTRA_CAPABILITIES", default=[])
SHARED_APPS = [
    "huiguan.tenancy",
    "django_tenants",
    "huiguan.ciphers",
    "huiguan.accounts",
    "huiguan.journal",
    "huiguan.inbox",
    "huiguan.kit",
    "huiguan.texts",
    "huiguan.observability",
    "huiguan.demo",
    "huiguan.verifying",
    *folders("federation"),
    "billing",
    "api",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "oauth2_provider",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "csp",
]
TENANT_APPS = [
    "huiguan.audit",
    "huiguan.outbox",
    "huiguan.deliveries",
    "huiguan.followups",
    "huiguan.files",
    "huiguan.papers",
    "huiguan.own",
    "huiguan.privacy",
    *folders("tenants"),
    *EXTRA_CAPABILITIES,
]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]

TENANT_MODEL = "tenancy.Chamber"
TENANT_DOMAIN_MODEL = "tenancy.Domain"
TENANT_SYNC_ROUTER = "huiguan.tenancy.routers.PlaceRouter"
DATABASE_ROUTERS = [TENANT_SYNC_ROUTER]
URLCONFS = {
    "chamber": "huiguan.urls_chamber",
    "federation": "huiguan.urls_federation",
    "site": "huiguan.urls_site",
}
SITE_VIEW_MODULES = (
    "allauth.",
    "oauth2_provider.",
    "drf_spectacular.",
    "huiguan.observability.",
    "django.views.",
    "django.contrib.staticfiles.",
)
ROOT_URLCONF = "huiguan.urls_site"
WSGI_APPLICATION = "huiguan.wsgi.application"


def database(variable: str, *, owner: bool) -> dict[str, object]:
    """One login of the database; the owner's is for DDL only."""
    found = env.db_url(variable, default="postgres://huiguan@127.0.0.1:1/huiguan")
    return {
        **found,
        "ENGINE": "huiguan.tenancy.engine",
        "ATOMIC_REQUESTS": not owner,
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=600),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "TENANCY_OWNER": owner,
        "TENANCY_CHAMBERS": env.int("CHAMBERS_PER_CONNECTION", default=40),
        "OPTIONS": {"application_name": "huiguan-owner"} if owner else {"application_name": "huiguan", **_timeout()},
    }


def _timeout() -> dict[str, str]:
    """How long one statement may take; PgBouncer needs `ignore_startup_parameters = options`, or 0 here."""
    milliseconds = env.int("STATEMENT_TIMEOUT_MS", default=120_000)
    return {"options": f"-c statement_timeout={milliseconds}"} if milliseconds else {}


DATABASES = {
    "default": database("DATABASE_URL", owner=False),
    "owner": database("DATABASE_OWNER_URL", owner=True),
}
CHAMBER_SHARE = env.float("CHAMBER_SHARE", default=0.4)  # of a web process, while others want some too; 0: no limit
PG_BIN = env.str("PG_BIN", default="")

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["huiguan.accounts.backends.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "huiguan.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "huiguan.accounts.adapter.InvitationOnly"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/300s/key,100/d/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if TLS else 0)  # who ends TLS says who is calling
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Huiguan"
OPERATORS_NEED_SECOND_FACTOR = env.bool("OPERATORS_NEED_SECOND_FACTOR", default=TLS)

SESSION_COOKIE_NAME = "__Host-session" if TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if TLS else "csrf"
DEVICE_COOKIE_NAME = "__Host-device" if TLS else "device"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "huiguan.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=2 * 3600)  # without a request
SECURE_SSL_REDIRECT = TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_HSTS_SECONDS = 365 * 86400 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

MIDDLEWARE = [
    "huiguan.observability.middleware.ObservabilityMiddleware",
    "huiguan.tenancy.middleware.HostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "huiguan.accounts.middleware.HostSessionMiddleware",
    "huiguan.accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "api.middleware.PartnerMiddleware",
    "huiguan.accounts.middleware.ActorMiddleware",
    "billing.gate.StandingMiddleware",
    "huiguan.tenancy.middleware.PlaceMiddleware",
]
CSP_SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": CSP_SELF,
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'", NONCE],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'", *env.list("PAYMENT_ORIGINS", default=["http://localhost:*", "https://*.stripe.com"])],
    }
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "huiguan.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "huiguan.kit.forms.FormRenderer"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["huiguan.formats"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(RUN_DIR / "static")))
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(RUN_DIR / "files")))
FILES_URL = env.str("FILES_URL", default="") or f"file://{quote(str(MEDIA_ROOT))}"
FILES_KEY_ID, FILES_SECRET = env.str("FILES_KEY_ID", default=""), env.str("FILES_SECRET", default="")
BACKUP_URL = env.str("BACKUP_URL", default="")  # where every chamber is backed up to each night, as FILES_URL
BACKUP_DAYS = env.int("BACKUP_DAYS", default=35)
STORAGES = {  # no "default": whatever is kept is kept by `huiguan.files`
    "files": backend_at(FILES_URL, key_id=FILES_KEY_ID, secret=FILES_SECRET),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if BACKUP_URL:
    STORAGES["backups"] = backend_at(
        BACKUP_URL, key_id=env.str("BACKUP_KEY_ID", default=""), secret=env.str("BACKUP_SECRET", default="")
    )
FILE_UPLOAD_HANDLERS = ["huiguan.files.uploading.LimitedUpload", *global_settings.FILE_UPLOAD_HANDLERS]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = env.str("CACHE_URL", default="")
_cache = (
    {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "huiguan"}
)
CACHES = {
    "default": {**_cache, "KEY_FUNCTION": "huiguan.tenancy.caches.key_of_the_place", "KEY_PREFIX": "place"},
    "shared": {**_cache, "KEY_PREFIX": "shared"},
    "progress": {**_cache, "KEY_PREFIX": "progress"},
}
if not CACHE_URL:  # the worker tells, the web asks: the memory of one of them will not do
    CACHES["progress"] |= {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(RUN_DIR / "progress"),
    }

BROKER_URL = env.str("BROKER_URL", default="filesystem://localhost//")
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_DB_REUSE_MAX = 1000
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT = "huiguan.embedded.queue:Transport"
    _queue = RUN_DIR / "queue"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),
        "processed_folder": str(_queue / "done"),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }

EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{RUN_DIR / 'mail'}")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
ANYMAIL_BACKEND = env.str("ANYMAIL_BACKEND", default="")  # a provider's interface instead of SMTP: "mailgun", "brevo"
EMAIL_BACKEND = f"anymail.backends.{ANYMAIL_BACKEND}.EmailBackend" if ANYMAIL_BACKEND else EMAIL_CONFIG["EMAIL_BACKEND"]
ANYMAIL = {"REQUESTS_TIMEOUT": EMAIL_TIMEOUT, **env.dict("ANYMAIL", default={})}
EMAIL_LEAVES = EMAIL_BACKEND.split(".")[-2] not in ("filebased", "console", "dummy", "locmem")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"huiguan@{BASE_DOMAIN}")
CALENDAR_ADDRESS = env.str("CALENDAR_ADDRESS", default=f"calendar@{BASE_DOMAIN}")  # to which calendars answer
CALENDAR_MAILBOX = env.str("CALENDAR_MAILBOX", default="")  # where that mail lies: see `huiguan.mailboxes`
SMS_URL = sms_url(env.str("SMS_URL", default=""))

STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="sk_test_huiguan")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", default="")  # without one no event is believed
STRIPE_CONNECT_WEBHOOK_SECRET = env.str("STRIPE_CONNECT_WEBHOOK_SECRET", default="")  # for events of chambers' accounts
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="")

# Every recommendation of RFC 9700 that the library leaves open for older clients: we have none.
OAUTH_RULES = (
    *("ACCESS_TOKEN_TRANSPORT", "AUTHZ_RESPONSE_ISS", "IMPLICIT_GRANT", "PASSWORD_GRANT", "PKCE_METHOD"),
    *("PKCE_REQUIRED", "REDIRECT_URI_MATCHING", "REDIRECT_URI_SCHEME", "REFRESH_TOKEN", "TOKEN_STORAGE"),
)
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
OAUTH2_PROVIDER = {
    "SCOPES_BACKEND_CLASS": "api.scopes.RegistryScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "PKCE_REQUIRED": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    **{f"COMPLIANT_BCP_RFC9700_{rule}": True for rule in OAUTH_RULES},
}
REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "api.problems.answer_problem",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer", "api.problems.ProblemRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "api.document.Described",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Huiguan API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": "For partners of chambers of commerce. Each call works on the host of the chamber that granted it.",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [],  # choices stand where they are used: their names would change with each folder
}
SENTRY_DSN = env.str("SENTRY_DSN", default="")
RELEASE = env.str("RELEASE", default="0.1.0")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
LOGGING_CONFIG = "huiguan.observability.logs.configure"
LOGGING = {"readable": DEBUG, "level": env.str("LOG_LEVEL", default="INFO")}
SILENCED_SYSTEM_CHECKS = [
    "django_tenants.W003",  # its own engine is wanted; ours stands on it
    "security.W021",  # a preload list binds every host of the domain for years: its owner's decision (HSTS_PRELOAD)
]
PRODUCTION = is_production(base_domain=BASE_DOMAIN, tls=TLS, debug=DEBUG)
if PRODUCTION:
    require_own_secrets(
        demo=DEMO,
        secret_key=GIVEN_SECRET_KEY,
        master_key=MASTER_KEY,
        stripe_key=STRIPE_SECRET_KEY,
        webhook_secret=STRIPE_WEBHOOK_SECRET,
        stripe_base=STRIPE_API_BASE,
    )
