"""The addresses that files are given back at. Pages of the folders whose files they are link to them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, register
from huiguan.files import views

register(
    Capability(
        name="files",
        label=_("Files"),
        icon="file",
        order=94,
        urls=[
            path("<uuid:pk>/", views.kept_file, name="kept-file"),
            path("<uuid:pk>/small/", views.small_picture, name="kept-file-small"),
            path("link/<str:token>/", views.by_link, name="kept-file-link"),
        ],
    )
)
