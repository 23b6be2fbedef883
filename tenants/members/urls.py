"""Addresses of the members' folder beside the standard screens."""

from typing import Any

from django.urls import path

from tenants.members.capability import MEMBERS
from tenants.members.resources import MEMBER
from tenants.members.views import engagement, importing, merging, profile, segments
from tenants.members.views.members import MemberDetail, MemberList


def _member(view: Any) -> Any:
    return view.as_view(capability=MEMBERS, resource=MEMBER, permission="members.view")


urlpatterns = [
    path("member/", _member(MemberList), name="members-member-list"),
    path("member/<uuid:pk>/", _member(MemberDetail), name="members-member-detail"),
    path("member/<uuid:pk>/profile/<slug:name>/", profile.edit_section, name="members-profile-section"),
    path("engagement/", engagement.engagement, name="members-engagement"),
    path("segments/", segments.segments, name="members-segments"),
    path("segments/new/", segments.keep, name="members-segment-new"),
    path("segments/<uuid:pk>/", segments.change, name="members-segment-change"),
    path("segments/<uuid:pk>/removal/", segments.remove, name="members-segment-removal"),
    path("duplicates/", merging.duplicates, name="members-duplicates"),
    path("duplicates/chosen/", merging.choose, name="members-merge-chosen"),
    path("duplicates/<uuid:kept>/<uuid:gone>/", merging.compare, name="members-merge"),
    path("duplicates/<uuid:one>/<uuid:other>/dismissal/", merging.dismiss, name="members-not-the-same"),
    path("profiles/", profile.profiles, name="members-profiles"),
    path("import/", importing.import_register, name="members-import"),
    path("registerimport/<uuid:pk>/", importing.check_import, name="members-registerimport-detail"),
    path("registerimport/<uuid:pk>/columns/", importing.map_columns, name="members-import-columns"),
    path("registerimport/rows/<uuid:pk>/", importing.decide_row, name="members-import-row"),
]
