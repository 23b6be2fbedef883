"""Addresses of the members' folder beside the standard screens."""

from typing import Any

from django.urls import path

from huiguan.capability import Resource
from tenants.members.capability import MEMBERS
from tenants.members.resources import GROUP, MEMBER
from tenants.members.views import (
    bulk_edits,
    chambers,
    engagement,
    exits,
    groups,
    importing,
    merging,
    own_consents,
    own_data,
    profile,
    proposals,
    segments,
    terms,
)
from tenants.members.views.groups import GroupDetail
from tenants.members.views.members import MemberDetail, MemberList


def _screen(view: Any, resource: Resource) -> Any:
    return view.as_view(capability=MEMBERS, resource=resource, permission="members.view")


urlpatterns = [
    path("member/", _screen(MemberList, MEMBER), name="members-member-list"),
    path("member/<uuid:pk>/", _screen(MemberDetail, MEMBER), name="members-member-detail"),
    path("member/<uuid:pk>/profile/<slug:name>/", profile.edit_section, name="members-profile-section"),
    path("member/<uuid:pk>/chamber/", chambers.link, name="members-chamber"),
    path("engagement/", engagement.engagement, name="members-engagement"),
    path("segments/", segments.segments, name="members-segments"),
    path("segments/new/", segments.keep, name="members-segment-new"),
    path("segments/<uuid:pk>/", segments.change, name="members-segment-change"),
    path("segments/<uuid:pk>/removal/", segments.remove, name="members-segment-removal"),
    path("duplicates/", merging.duplicates, name="members-duplicates"),
    path("duplicates/chosen/", merging.choose, name="members-merge-chosen"),
    path("duplicates/<uuid:kept>/<uuid:gone>/", merging.compare, name="members-merge"),
    path("duplicates/<uuid:one>/<uuid:other>/dismissal/", merging.dismiss, name="members-not-the-same"),
    path("group/<uuid:pk>/", _screen(GroupDetail, GROUP), name="members-group-detail"),
    path("group/<uuid:pk>/members/", groups.take_in, name="members-group-take-in"),
    path("group/places/<uuid:pk>/<slug:name>/", groups.step, name="members-group-step"),
    path("term/begin/", terms.begin, name="members-term-begin"),
    path("rotation/", terms.rotation, name="members-rotation"),
    path("rotation/plan/", terms.plan, name="members-rotation-plan"),
    path("changes/", bulk_edits.change, name="members-change-many"),
    path("exits/", exits.exits, name="members-exits"),
    path("mine/", own_data.show, name="members-own-data"),
    path("mine/confirmation/", own_data.confirm, name="members-own-confirmation"),
    path("mine/firm/", own_data.correct_company, name="members-own-company"),
    path("mine/me/", own_data.correct_me, name="members-own-me"),
    path("mine/people/new/", own_data.add_person, name="members-own-person-new"),
    path("mine/people/<uuid:pk>/leaving/", own_data.person_left, name="members-own-person-left"),
    path("mine/corrections/<uuid:pk>/undoing/", own_data.take_back, name="members-own-take-back"),
    path("mine/consents/", own_consents.show, name="members-own-consents"),
    path("mine/consents/<slug:purpose>/", own_consents.decide, name="members-own-consent"),
    path("mine/messages/<slug:channel>/", own_consents.decide_messages, name="members-own-messages"),
    path("member/<uuid:pk>/corrections/", proposals.decide_of_member, name="members-proposals-decide"),
    path("profiles/", profile.profiles, name="members-profiles"),
    path("import/", importing.import_register, name="members-import"),
    path("registerimport/<uuid:pk>/", importing.check_import, name="members-registerimport-detail"),
    path("registerimport/<uuid:pk>/progress/", importing.import_progress, name="members-import-progress"),
    path("registerimport/<uuid:pk>/columns/", importing.map_columns, name="members-import-columns"),
    path("registerimport/rows/<uuid:pk>/", importing.decide_row, name="members-import-row"),
]
