"""Addresses of reports beside the standard screens; that of a member is short."""

from django.urls import path

from huiguan.screens.errands import errand_pages
from tenants.value.models import ReportRun
from tenants.value.tasks import work_on_run
from tenants.value.views import desk, shown

urlpatterns = [
    path("", desk.overview, name="value-overview"),
    path("r/<str:token>/", shown.report, name="value-shown"),
    path("r/<str:token>/report.pdf", shown.report_paper, name="value-shown-pdf"),
    path("mine/", shown.my_reports, name="value-mine"),
    path("mine/<uuid:pk>/", shown.my_report, name="value-mine-report"),
    path("mine/<uuid:pk>/report.pdf", shown.my_report_paper, name="value-mine-pdf"),
    path("make/", desk.make_many, name="value-make"),
    path("of/<uuid:pk>/making/", desk.make_one, name="value-make-one"),
    path("reportrun/<uuid:pk>/", desk.run, name="value-reportrun-detail"),
    *errand_pages(ReportRun, work_on_run, view="value.view", again="value.make"),
    path("reportrun/<uuid:pk>/sending/", desk.send_many, name="value-reportrun-sending"),
    path("report/<uuid:pk>/report.pdf", desk.report_pdf, name="value-report-pdf"),
]
