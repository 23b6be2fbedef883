"""The site's settings without its apps: the sandbox needs words, templates and a secret, and no table (100 MB less)."""

from huiguan.settings import *  # noqa: F403
from huiguan.settings import LOCALE_PATHS, ROOT, TEMPLATES

INSTALLED_APPS = ["huiguan.kit"]
TEMPLATES = [{**TEMPLATES[0], "DIRS": [ROOT / "billing" / "templates"]}]
LOCALE_PATHS = [ROOT / "billing" / "locale", *LOCALE_PATHS]
LOGGING_CONFIG = ""
