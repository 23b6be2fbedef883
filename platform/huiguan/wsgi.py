"""The web process's entrance."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiguan.settings")
application = get_wsgi_application()

from huiguan.warm import warm_up  # noqa: E402 -- the settings are there now

warm_up()
