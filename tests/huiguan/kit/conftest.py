"""Pages of the kit in a real browser, without a server: each address is answered from a rendered template or a file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Page, Request, Route, sync_playwright

from huiguan.embedded import browser

ORIGIN = "http://changde.localhost"
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class Desk:
    """A browser's page, what it asked for, and what it complained of."""

    def __init__(self, page: Page, pages: dict[str, tuple[str, dict[str, Any]]]) -> None:
        self.page, self.pages = page, pages
        self.asked: list[Request] = []
        self.complaints: list[str] = []
        page.on(
            "console", lambda message: message.type in ("error", "warning") and self.complaints.append(message.text)
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.set_default_timeout(20_000)  # a patient one: others may use this machine
        page.route("**/*", self._answer)

    def open(self, path: str) -> Page:
        self.page.goto(ORIGIN + path, wait_until="load")
        return self.page

    def posted(self) -> list[dict[str, list[str]]]:
        return [parse_qs(request.post_data or "") for request in self.asked if request.method == "POST"]

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith(settings.STATIC_URL):
            file = Path(settings.STATICFILES_DIRS[0]) / path.removeprefix(settings.STATIC_URL)
            route.fulfill(path=file, content_type=KINDS[file.suffix[1:]])
            return
        self.asked.append(route.request)
        template, context = self.pages[path]
        if "hx-request" in route.request.headers:
            template = "screens/_records.html"
        request = RequestFactory().get(route.request.url.removeprefix(ORIGIN))
        html = engines["django"].get_template(template).render(context, request)
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy()})


def policy() -> str:
    """The policy of the settings, but without a nonce: the kit's own pages must do without one."""
    rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    return "; ".join(" ".join([name, *(value for value in values if isinstance(value, str))]) for name, values in rules)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser.find(), args=browser.ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def desk(chromium: Any, settings: Any) -> Iterator[Callable[..., Desk]]:
    """`desk(pages, width=390)`: a browser on pages given as {path: (template, context)}."""
    settings.ROOT_URLCONF = "tests.huiguan.kit.no_urls"
    contexts = []

    def make(pages: dict[str, tuple[str, dict[str, Any]]], width: int = 1280, scheme: str = "light") -> Desk:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme))
        return Desk(contexts[-1].new_page(), pages)

    yield make
    for context in contexts:
        context.close()
