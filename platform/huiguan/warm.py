"""What a web process does once, before the first request, so that no request pays for it."""

import gc

from django.conf import settings
from django.urls import get_resolver


def warm_up() -> None:
    """Load the code of every page; then keep it out of the collector's rounds, for which some request waits."""
    for pages in settings.URLCONFS.values():
        list(get_resolver(pages).reverse_dict)
    gc.collect()
    gc.freeze()
    gc.enable()
