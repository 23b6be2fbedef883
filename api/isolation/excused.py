"""Which addresses the walk is excused from reaching, and why."""

# Addresses that nobody of the stage comes to: each is attacked as all others are, and answers 404, or a way back.
# One that is reached after all must go from here.
OTHER_STATE = (  # wants a record in another state, or two that belong together: the folders' own tests have them
    "chamber /affiliation/invitations/<uuid:pk>/",
    "chamber /affiliation/invitations/<uuid:pk>/acceptance/",
    "chamber /affiliation/invitations/<uuid:pk>/refusal/",
    "chamber /api/v1/members/<uuid:pk>/",
    "chamber /applications/application/<uuid:pk>/former/<uuid:member>/",
    "chamber /audit/entry/<uuid:pk>/",
    "chamber /benchmarks/kpis/<slug:code>/practice/",
    "chamber /billing/plans/<slug:code>/",
    "chamber /dues/charge/<uuid:pk>/booking/<slug:step>/",
    "chamber /dues/entry/<uuid:pk>/reversal/",
    "chamber /exchange/introductions/<uuid:pk>/",
    "chamber /exchange/introductions/<uuid:pk>/<slug:step>/",
    "chamber /exchange/listing/<uuid:pk>/matches/<uuid:other>/interest/",
    "chamber /exchange/mediations/<uuid:pk>/",
    "chamber /exchange/readings/<uuid:pk>/",
    "chamber /files/<uuid:pk>/small/",
    "chamber /meetings/actions/<uuid:pk>/",
    "chamber /meetings/actions/<uuid:pk>/start/",
    "chamber /meetings/sessions/<uuid:pk>/delegates/<uuid:delegate_pk>/leave/",
    "chamber /meetings/sessions/<uuid:pk>/minutes.pdf",
    "chamber /meetings/topics/<uuid:pk>/second/",
    "chamber /members/duplicates/<uuid:kept>/<uuid:gone>/",
    "chamber /members/member/<uuid:pk>/chamber/",
    "chamber /members/member/<uuid:pk>/profile/<slug:name>/",
    "chamber /members/mine/people/<uuid:pk>/leaving/",
    "chamber /privacy/people/<uuid:pk>/",
    "chamber /privacy/people/<uuid:pk>/archive/",
    "chamber /privacy/reveal/<str:label>/<uuid:pk>/<slug:field>/",
    "chamber /reporting/calls/<uuid:pk>/",
    "chamber /reporting/calls/<uuid:pk>/draft/",
    "chamber /reporting/calls/<uuid:pk>/receipt/",
    "chamber /reporting/calls/<uuid:pk>/signature/",
    "chamber /reporting/calls/<uuid:pk>/withdrawal/",
    "chamber /value/of/<uuid:pk>/making/",
    "chamber /visits/visit/<uuid:pk>/photos/<uuid:photo>/removal/",
    "federation /liaison/session/<uuid:pk>/minutes.pdf",
    "federation /liaison/session/<uuid:pk>/press/",
)
TWO_PLACES = (  # wants a person with roles in two places, signed in twice, or with a second factor: accounts' tests
    "chamber /accounts/mfa/reauthenticate/",
    "chamber /accounts/mfa/recovery-codes/",
    "chamber /accounts/mfa/recovery-codes/download/",
    "chamber /accounts/mfa/totp/deactivate/",
    "chamber /accounts/reauthenticate/",
    "chamber /accounts/sessions/<slug:name>/end/",
    "chamber /dues/accounts/<uuid:pk>/",
    "chamber /dues/accounts/<uuid:pk>/notice.pdf",
    "chamber /dues/accounts/<uuid:pk>/refund/",
    "federation /accounts/mfa/reauthenticate/",
    "federation /accounts/mfa/recovery-codes/",
    "federation /accounts/mfa/recovery-codes/download/",
    "federation /accounts/mfa/totp/deactivate/",
    "federation /accounts/reauthenticate/",
    "federation /accounts/sessions/<slug:name>/end/",
    "federation /accounts/switch/<slug:place>/<str:key>/",
    "site /accounts/mfa/reauthenticate/",
    "site /accounts/mfa/recovery-codes/",
    "site /accounts/mfa/recovery-codes/download/",
    "site /accounts/mfa/totp/deactivate/",
    "site /accounts/reauthenticate/",
    "site /accounts/sessions/<slug:name>/end/",
    "site /accounts/switch/<slug:place>/<str:key>/",
)
OUT_OF_REACH = frozenset({*OTHER_STATE, *TWO_PLACES})


def is_excused(address: str) -> bool:
    """Also the standard screen of a move: many models have none, and others none in the state of the stage's record."""
    return address in OUT_OF_REACH or address.endswith("/moves/<slug:name>/")
