"""People and roles, on every chamber's and every federation's host."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from huiguan.accounts import guarding, people
from huiguan.accounts.places import has_colleagues
from huiguan.capability import Capability, Permission, Place, Step, register
from huiguan.roles import ADMINISTRATORS, COORDINATORS, FEDERATION_READERS, READERS

urlpatterns = [
    path("", people.people, name="people"),
    path("invite/", people.invite_person, name="invite-person"),
    path("<uuid:pk>/", people.change_person, name="change-person"),
    path("<uuid:pk>/end/", people.end_appointment, name="end-appointment"),
    path("invitations/<uuid:pk>/withdrawal/", people.withdraw_invitation, name="withdraw-invitation"),
    path("second-factor/", guarding.second_factor, name="people-second-factor"),
    path("matrix/", people.matrix, name="permission-matrix"),
]
INVITE = Step(_("Invite your secretariat"), "invite-person", has_colleagues, order=20)
for place, see, change, steps in (
    (Place.CHAMBER, READERS, ADMINISTRATORS, [INVITE]),
    (Place.FEDERATION, FEDERATION_READERS, COORDINATORS, []),
):
    register(
        Capability(
            name="people",
            label=_("People and roles"),
            icon="user-cog",
            order=92,
            place=place,
            home="people",
            permissions=[
                Permission("people.view", _("See people and roles"), see),
                Permission("people.change", _("Invite people and give roles"), change),
            ],
            steps=steps,
            urls=urlpatterns,
        )
    )
