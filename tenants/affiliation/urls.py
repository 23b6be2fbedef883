"""The addresses of a chamber's federations, below `/affiliation/`. A move is a POST to a noun."""

from django.urls import path

from tenants.affiliation.views import entries, invitations, memberships, overview

urlpatterns = [
    path("", overview.overview, name="affiliation-home"),
    path("application/", overview.apply, name="affiliation-apply"),
    path(
        "applications/<uuid:pk>/withdrawal/", overview.withdraw_application, name="affiliation-application-withdrawal"
    ),
    path("invitations/<uuid:pk>/", invitations.invitation, name="affiliation-invitation"),
    path("invitations/<uuid:pk>/acceptance/", invitations.accept, name="affiliation-invitation-acceptance"),
    path("invitations/<uuid:pk>/refusal/", invitations.decline, name="affiliation-invitation-refusal"),
    path("<uuid:pk>/", memberships.membership, name="affiliation-detail"),
    path("<uuid:pk>/items/", memberships.change_items, name="affiliation-items"),
    path("<uuid:pk>/departure/", memberships.leave, name="affiliation-departure"),
    path("<uuid:pk>/directory/", memberships.directory, name="affiliation-directory"),
    path("<uuid:pk>/entry/", entries.edit, name="affiliation-entry"),
    path("<uuid:pk>/entry/preview/", entries.preview, name="affiliation-entry-preview"),
    path("<uuid:pk>/entry/publication/", entries.publish, name="affiliation-entry-publication"),
    path("<uuid:pk>/entry/withdrawal/", entries.withdraw, name="affiliation-entry-withdrawal"),
]
