"""Addresses of cards and offers beside the standard screens; those of phones are short."""

from django.urls import path

from huiguan.screens.errands import errand_pages
from tenants.benefits.models import CardRun
from tenants.benefits.tasks import work_on_run
from tenants.benefits.views import cards, importing, merchants, overview, own, scanning, uses

urlpatterns = [
    path("", overview.overview, name="benefits-overview"),
    path("c/<str:token>/", scanning.scan, name="benefits-scan"),
    path("m/<str:token>/", merchants.own_page, name="benefits-merchant"),
    path("o/<str:token>/", own.own_card, name="benefits-own"),
    path("mine/", own.my_card, name="benefits-mine"),
    path("use/by-hand/", uses.count_by_hand, name="benefits-use-by-hand"),
    path("merchants/import/", importing.import_merchants, name="benefits-import"),
    path("cards/issue/", cards.issue_many, name="benefits-issue-many"),
    path("cards/print/", cards.print_many, name="benefits-print-many"),
    path("cardrun/<uuid:pk>/", cards.run, name="benefits-cardrun-detail"),
    *errand_pages(CardRun, work_on_run, view="benefits.view", again="benefits.issue"),
    path("card/<uuid:pk>/card.pdf", cards.card_pdf, name="benefits-card-pdf"),
    path("card/<uuid:pk>/sending/", cards.send_card, name="benefits-card-sending"),
]
