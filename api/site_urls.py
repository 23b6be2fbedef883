"""The API on the site's host: tokens, the OpenAPI document, its page."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from oauth2_provider.views import RevokeTokenView, TokenView

from api.views.document import documentation

urlpatterns = [
    path("oauth/token/", TokenView.as_view(), name="api-token"),
    path("oauth/revoke/", RevokeTokenView.as_view(), name="api-revoke-token"),
    path("openapi.json", SpectacularAPIView.as_view(urlconf="api.document_urls"), name="api-document"),
    path("", documentation, name="api-documentation"),
]
