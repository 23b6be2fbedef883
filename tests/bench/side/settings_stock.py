"""The same apps on django-tenants as it comes: its engine, its middleware, its commands."""

import os

from huiguan.settings import *  # noqa: F403
from huiguan.settings import DATABASES, SHARED_APPS, TENANT_APPS

SHARED_APPS = [*SHARED_APPS, "bench_client"]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]
TENANT_MODEL = "bench_client.Client"
TENANT_DOMAIN_MODEL = "bench_client.Address"
TENANT_SYNC_ROUTER = "django_tenants.routers.TenantSyncRouter"
DATABASE_ROUTERS = [TENANT_SYNC_ROUTER]
DATABASES = {
    name: {**database, "ENGINE": "django_tenants.postgresql_backend", "OPTIONS": {}}
    for name, database in DATABASES.items()
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CACHES["shared"] = CACHES["default"]
ROOT_URLCONF = PUBLIC_SCHEMA_URLCONF = "bench_work.views"
MIDDLEWARE = [
    "django_tenants.middleware.main.TenantMainMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
LOGGING = {"version": 1, "disable_existing_loggers": True}
LOGGING_CONFIG = "logging.config.dictConfig"
CELERY_DB_REUSE_MAX = None  # as Celery has it when nobody sets it: a connection for each task
SENTRY_DSN = ""
os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)
