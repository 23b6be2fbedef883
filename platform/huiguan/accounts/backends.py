"""Signs people in by e-mail and password, and reads a signed-in person with their roles in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from huiguan.accounts.models import Person


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend; only `get_user` differs."""

    def get_user(self, user_id: Any) -> Person | None:
        person = Person.objects.with_appointments().filter(pk=user_id).first()
        return person if person and person.is_active else None
