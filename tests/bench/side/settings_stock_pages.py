"""The product's pages on django-tenants as it comes: its engine, its middleware, connections as Django keeps them.

It works in the product's own database by a login that may read every schema, as a stock installation does. Everything
else is the product's: what is compared is how a request finds its tenant and how it is bound to it.
"""

from huiguan.settings import *  # noqa: F403
from huiguan.settings import DATABASES, MIDDLEWARE

TENANT_SYNC_ROUTER = "django_tenants.routers.TenantSyncRouter"
DATABASE_ROUTERS = [TENANT_SYNC_ROUTER]
DATABASES = {
    name: {**database, "ENGINE": "django_tenants.postgresql_backend", "OPTIONS": {}, "CONN_MAX_AGE": 0}
    for name, database in DATABASES.items()
}
_host = MIDDLEWARE.index("huiguan.tenancy.middleware.HostMiddleware") + 1
MIDDLEWARE = [
    "tests.bench.side.stock_pages.begin_in_public",
    *MIDDLEWARE[:_host],
    "django_tenants.middleware.main.TenantMainMiddleware",
    *MIDDLEWARE[_host:],
]
PUBLIC_SCHEMA_URLCONF = ROOT_URLCONF = "huiguan.urls_chamber"
CHAMBER_SHARE = 0
LOGGING_CONFIG = "huiguan.observability.logs.configure"
LOGGING = {"readable": False, "level": "WARNING"}
