"""What the register holds about chambers, and what of it the federation makes itself."""

from federation.registry.holding import hold, of_the_federation
from federation.registry.models import (
    Acceptance,
    Application,
    Clause,
    Federation,
    Membership,
    MembershipInvitation,
    Profile,
    SharingAgreement,
)

hold(Membership, "chamber_id", made={"status": "joined or left, as the chamber's messages say"})
hold(Acceptance, "membership__chamber_id", federation="membership__federation_id")
hold(Profile, "membership__chamber_id")
hold(
    Application,
    "chamber_id",
    made={"status": "what the coordinator made of it", "answer": "the coordinator's words"},
)
hold(
    MembershipInvitation,
    "chamber_id",
    made={
        "chamber_name": "from the chamber's public page, to address the invitation",
        "message": "the coordinator's words",
        "expires_on": "the coordinator's deadline",
        "status": "whether it is open",
    },
)
of_the_federation(Federation, "the operator opened it; a lead chamber is named by the federation")
of_the_federation(SharingAgreement, "the federation's own words")
of_the_federation(Clause, "the federation's own words")
