"""On the site's host, below /billing/."""

from django.urls import path

from billing.console import views

urlpatterns = [
    path("", views.overview, name="billing-overview"),
    path("webhooks/stripe/", views.stripe_webhook, name="stripe-webhook"),
]
