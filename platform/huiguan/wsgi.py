"""The web process's entrance."""

import gc
import os

gc.disable()  # a fifth of the time to load was its looking through what stays anyway; `warm_up` lets it begin

from django.core.wsgi import get_wsgi_application  # noqa: E402 -- after the line above, or it would be no use

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiguan.settings")
application = get_wsgi_application()

from huiguan.warm import warm_up  # noqa: E402 -- the settings are there now

warm_up()
