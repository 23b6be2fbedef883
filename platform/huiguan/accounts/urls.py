"""Signing in on another host, accepting an invitation, choosing a language, one's own profile."""

from django.urls import path

from huiguan.accounts import views

urlpatterns = [
    path("switch/<slug:place>/<str:key>/", views.switch, name="switch"),
    path("enter/<str:token>/", views.enter, name="enter"),
    path("invitations/<str:token>/", views.accept_invitation, name="accept-invitation"),
    path("language/", views.choose_language, name="choose-language"),
    path("profile/", views.profile, name="profile"),
]
