"""A secretary-general who signs in and opens every page that the menu leads to, and a few from each."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from urllib.parse import urlsplit

import httpx

from tests.bench.house import OpenHouse

AT_ONCE = 5
FROM_EACH_PAGE = 3
LINK = re.compile(r'href="(/[^"#?]*)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def look_around(house: OpenHouse) -> int:
    """How many pages were opened."""
    person = json.loads((house.folder / "demo.json").read_text())[0]
    host = f"{urlsplit(person['url']).hostname}:{house.port}"
    address = f"http://127.0.0.1:{house.port}"
    with httpx.Client(base_url=address, headers={"Host": host, "Referer": f"http://{host}/"}, timeout=60) as browser:
        _sign_in(browser, person)
        menu = _links(browser.get("/").raise_for_status().text)
        with ThreadPoolExecutor(AT_ONCE) as windows:
            opened = list(windows.map(browser.get, menu))
            further = {link for page in opened for link in islice(_further(page), FROM_EACH_PAGE)} - set(menu)
            return len(opened) + len(list(windows.map(browser.get, further)))


def _sign_in(browser: httpx.Client, person: dict[str, str]) -> None:
    token = TOKEN.search(browser.get("/accounts/login/").text)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "login": person["email"], "password": person["password"]}
    assert browser.post("/accounts/login/", data=form).status_code == 302


def _further(page: httpx.Response) -> Iterator[str]:
    yield from _links(page.text) if "html" in page.headers.get("content-type", "") else ()


def _links(text: str) -> list[str]:
    return [each for each in sorted(set(LINK.findall(text))) if "logout" not in each and "static" not in each]
