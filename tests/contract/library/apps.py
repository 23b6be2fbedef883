"""Books that the chamber lends to its members."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"
    label = "library"
