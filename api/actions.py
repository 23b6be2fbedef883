"""Registering partners; the operator's work."""

from django.utils.crypto import get_random_string
from oauth2_provider.models import AbstractApplication, get_application_model

SECRET_PREFIX = "hg_secret_"  # noqa: S105  # lets scanners recognise a leaked one


def register_partner(*, name: str) -> tuple[AbstractApplication, str]:
    """A client for the client-credentials grant. The secret is returned once and kept only as a hash."""
    secret = SECRET_PREFIX + get_random_string(40)
    made = get_application_model()(
        name=name, client_type="confidential", authorization_grant_type="client-credentials", client_secret=secret
    )
    made.save()
    return made, secret
