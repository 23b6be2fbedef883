"""A browser that somebody has signed in with before: guesses that others make do not shut it out.

The protocol of device cookies (OWASP, "Slow down online guessing attacks with device cookies"): attempts are counted
for an address, or for the device that shows a cookie made for this address; so a guesser uses up nobody's attempts but
those of strangers.
"""

import secrets
from typing import Any

from django.conf import settings

from huiguan import links

SECONDS = 180 * 86400


def remember_device(request: Any, response: Any, email: str) -> None:
    """Also for one that is known, from now on. The cookie tells nobody whose it is: its seal alone has the address."""
    device = device_of(request, email) or secrets.token_urlsafe(9)
    token = links.sign(f"device.{email.lower()}", request.host.key, device=device)
    how = {"secure": settings.TLS, "httponly": True, "samesite": "Lax"}
    response.set_cookie(settings.DEVICE_COOKIE_NAME, token, max_age=SECONDS, **how)


def device_of(request: Any, email: str) -> str:
    """Empty when nobody has signed in with this address from here, on this host."""
    try:
        token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        bound = links.read(f"device.{email.lower()}", request.host.key, token, seconds=SECONDS)
    except links.BadLink:
        return ""
    return str(bound["device"])
