"""What the site's host answers: opening a chamber, the operators' pages, partners' tokens and documents, webhooks."""

from django.urls import include, path

from huiguan import errors
from huiguan.capability import Place
from huiguan.tenancy import views
from huiguan.urls import everywhere, urls_of

urlpatterns = [
    path("", views.home, name="home"),
    path("open/", views.open_a_chamber, name="open-chamber"),
    *urls_of(Place.SITE),
    path("api/", include("api.site_urls")),
    *everywhere(),
]
handler400, handler403, handler404, handler500 = errors.handlers
