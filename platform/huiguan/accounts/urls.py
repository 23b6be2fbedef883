"""Signing in on another host, accepting an invitation, choosing a language, one's own profile."""

from django.urls import path

from huiguan.accounts import places_signed_in, views

urlpatterns = [
    path("switch/<slug:place>/<str:key>/", views.switch, name="switch"),
    path("enter/<str:token>/", views.enter, name="enter"),
    path("invitations/<str:token>/", views.accept_invitation, name="accept-invitation"),
    path("language/", views.choose_language, name="choose-language"),
    path("second-factor/", views.second_factor, name="second-factor"),
    path("sessions/", places_signed_in.sessions, name="own-sessions"),
    path("sessions/others/end/", places_signed_in.end_others, name="end-other-sessions"),
    path("sessions/<slug:name>/end/", places_signed_in.end_one, name="end-session"),
    path("profile/", views.profile, name="profile"),
]
