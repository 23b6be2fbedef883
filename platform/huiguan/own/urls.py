"""Addresses of members' own pages, and of the secretariat's side of them."""

from django.urls import path

from huiguan.own import entering, views, views_of_mailings
from huiguan.own.capability import MAILING, OWN

_detail = views_of_mailings.MailingDetail.as_view(capability=OWN, resource=MAILING, permission="own.view")

urlpatterns = [
    path("", entering.start, name="own"),
    path("e/<str:token>", entering.enter, name="own-enter"),
    path("e/<str:token>/<slug:to>", entering.enter, name="own-enter-at"),
    path("again/<str:token>", entering.ask_again, name="own-ask-again"),
    path("ask/", entering.ask, name="own-ask"),
    path("leave/", entering.leave, name="own-leave"),
    path("contacts/<uuid:pk>/link/", views.make, name="own-make"),
    path("members/<uuid:pk>/revocation/", views.revoke_of_member, name="own-revoke-all"),
    path("mailing/send/", views_of_mailings.new, name="own-mailing-send"),
    path("mailing/<uuid:pk>/", _detail, name="own-mailing-detail"),
    path("mailing/<uuid:pk>/progress/", views_of_mailings.progress, name="own-mailing-progress"),
]
