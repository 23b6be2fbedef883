"""A chamber is opened in the browser: the form's answer leads to another host, which the page's policy must allow."""

import re

from django.conf import settings
from django.test import Client


def test_who_opens_a_chamber_is_led_into_it_by_their_browser(own_database: str) -> None:
    site = Client(headers={"host": settings.BASE_DOMAIN})
    allowed = re.findall(r"form-action ([^;]+)", site.get("/open/")["Content-Security-Policy"])[0].split()
    answered = site.post("/open/", NAMED)
    assert answered.status_code == 302
    assert answered["Location"].split("//")[1].startswith(f"qinzhou.{settings.BASE_DOMAIN}")
    assert f"*.{settings.BASE_DOMAIN}:*" in allowed


NAMED = {
    "name": "陕西省钦州商会",
    "slug": "qinzhou",
    "kind": "native_place",
    "host_region": "610000",
    "home_region": "450000",
    "contact_name": "凌晚舟",
    "contact_email": "ling@example.com",
}
