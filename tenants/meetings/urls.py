"""The addresses of a chamber's liaison meetings, below `/meetings/`. An answer is a POST to a noun."""

from django.urls import path

from tenants.meetings.views import actions, delegates, sessions, swaps, topics

urlpatterns = [
    path("", sessions.home, name="meetings-home"),
    path("sessions/<uuid:pk>/", sessions.session, name="meetings-session"),
    path("sessions/<uuid:pk>/hosting/", sessions.answer_host, name="meetings-hosting"),
    path("sessions/<uuid:pk>/swap/", swaps.ask, name="meetings-swap"),
    path("sessions/<uuid:pk>/swap/withdrawal/", swaps.withdraw, name="meetings-swap-withdraw"),
    path("sessions/<uuid:pk>/swaps/<uuid:swap_pk>/answer/", swaps.answer, name="meetings-swap-answer"),
    path("sessions/<uuid:pk>/dates/", sessions.answer_dates, name="meetings-dates"),
    path("sessions/<uuid:pk>/attendance/", sessions.answer_attendance, name="meetings-attendance"),
    path("sessions/<uuid:pk>/approval/", sessions.approve_minutes, name="meetings-approval"),
    path("sessions/<uuid:pk>/minutes.pdf", sessions.minutes_pdf, name="meetings-minutes-pdf"),
    path("sessions/<uuid:pk>/amendment/", sessions.ask_amendment, name="meetings-amendment"),
    path("sessions/<uuid:pk>/delegates/", delegates.name_delegate, name="meetings-delegates"),
    path("sessions/<uuid:pk>/delegates/<uuid:delegate_pk>/leave/", delegates.leave_out, name="meetings-delegate-leave"),
    path("topics/", topics.topics, name="meetings-topics"),
    path("topics/new/", topics.propose, name="meetings-topic-new"),
    path("topics/<uuid:pk>/second/", topics.second, name="meetings-second"),
    path("series/<uuid:pk>/hosts/", sessions.hosts, name="meetings-hosts"),
    path("actions/", actions.action_items, name="meetings-actions"),
    path("actions/<uuid:pk>/", actions.action, name="meetings-action"),
    path("actions/<uuid:pk>/start/", actions.start, name="meetings-action-start"),
]
