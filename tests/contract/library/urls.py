"""Addresses of the library."""

from django.urls import path

from library import views

urlpatterns = [path("catalogue/", views.catalogue, name="library-catalogue")]
