"""A person at a browser. Every page they come to is looked at: rules for everyone, words, width, complaints."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, TimeoutError

from tests.journeys.house import LiveHouse
from tests.support import cast

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
    "iframes": False,
    "preload": False,
}
PICTURES = os.environ.get("HUIGUAN_PICTURES")  # a folder: every page is photographed into it
IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
WORD = re.compile(r"[A-Za-z_.]*[A-Za-z]{3,}[\w.]*")
NOT_WORDS = re.compile(
    r"\S+@\S+|https?://\S+|\S+\.localhost\S*|\w*\.(xlsx|csv|png|jpg)|“[^”]*”"  # addresses, files, quotations
    r"|SHA-256 [0-9a-f]+|\b[0-9a-f]{64}\b|\b[0-9A-Z]{18}\b|#\w+"  # fingerprints, credit codes, cell errors
    r"|\b(pi|acct)_[0-9A-Za-z]+"  # numbers that the payment service gives
    r"|\b[NO]-\d{4}-\w+|\b[A-Z]+-\d{5}\b"  # numbers of listings and invoices
)
KNOWN_WORDS = {"English", "Excel", "Word", "API", "Visa", "PDF"}
MUST_ANSWER_MS = 30_000
SOON_MS = 20_000
PATIENCE_MS = 600  # who asks more often keeps the worker from its work: they share two processors
REFUSED = "Failed to load resource"
READING = ".page-wrapper, main, .hg-entrance-column, .hg-brand"  # what is not the menu
# What a person reads: neither what is word for word from elsewhere, nor what they typed.
READ = """() => {
  const text = [];
  const walk = (node) => {
    if (node.nodeType === 3) { text.push(node.textContent); return; }
    const unread = 'script, style, pre, code, kbd, .hg-verbatim, [lang=en], [translate=no]';
    if (node.nodeType !== 1 || node.matches(unread)) return;
    if (node.checkVisibility && !node.checkVisibility()) return;
    node.childNodes.forEach(walk);
  };
  walk(document.body);
  return text.join(' ');
}"""
# Text of the same colour and size on the same grounds has the same contrast: the first of each new kind is marked.
MARK_NEW = """(measured) => {
  const known = new Set(measured), found = [];
  const isRead = (node) => node.matches('input, select, textarea')
    || [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  const walk = (node, ground) => {
    if (!node.checkVisibility({opacityProperty: true, visibilityProperty: true})) return;
    const look = getComputedStyle(node);
    const grounds = `${ground}|${look.backgroundColor}${look.backgroundImage}${look.opacity}`;
    if (isRead(node)) {
      const way = [look.color, look.fontSize, look.fontWeight, look.textShadow, node.matches(':disabled')];
      let kind = 2166136261;
      for (const letter of [node.localName, grounds, ...way].join())
        kind = Math.imul(kind ^ letter.codePointAt(0), 16777619);
      if (!known.has(kind)) { known.add(kind); found.push(kind); node.dataset.measure = ''; }
    }
    for (const child of node.children) walk(child, grounds);
  };
  walk(document.documentElement, '');
  return found;
}"""
CONTRAST = {"rules": [{"id": "color-contrast", "selector": "[data-measure]"}]}


class Visitor:
    """One browser window, on one host."""

    seen: Path  # a folder: all processes of a run note there what they have measured
    measured: set[int] = set()  # the kinds of elements whose contrast was found good in this process

    def __init__(self, browser: Browser, house: LiveHouse, slug: str, width: int) -> None:
        self.house, self.slug, self.width = house, slug, width
        window = {"width": width, "height": 900}
        context = browser.new_context(
            viewport=window, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(MUST_ANSWER_MS)
        self.complaints: list[tuple[str, str]] = []
        self.known: set[str] = set()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append((str(error), "")))

    def sign_in(self, key: str) -> "Visitor":
        """Somebody of the cast."""
        return self.open("/accounts/login/").identify(cast.email(key), cast.PASSWORD)

    def identify(self, email: str, password: str) -> "Visitor":
        """At the page that asks who one is, however one came there."""
        self.write("电子邮件", email)
        self.write("密码", password)
        return self.press("登录")

    def open(self, path: str) -> "Visitor":
        self.page.goto(path if "://" in path else self.house.url(self.slug, path))
        return self.look()

    def press(self, name: str, within: Locator | None = None) -> "Visitor":
        """A button that leads to a page."""
        return self._go((within or self.page).get_by_role("button", name=name, exact=True).first)

    def follow(self, name: str, within: Locator | None = None, *, exact: bool = True) -> "Visitor":
        """A link."""
        return self._go((within or self.page).get_by_role("link", name=name, exact=exact).first)

    def do(self, name: str, then: str) -> "Visitor":
        """A button that changes the page it is on."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        return self.sees(then).look()

    def unfold(self, text: str) -> "Visitor":
        self.page.locator("summary", has_text=text).first.click()
        return self

    def confirm(self, name: str, answer: str = "确定") -> "Visitor":
        """A button that asks first."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        return self._go(self.page.locator("dialog[open]").get_by_role("button", name=answer, exact=True))

    def write(self, label: str, text: str) -> None:
        self._field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        """In a list, whether the browser's own or one that is searched by typing."""
        field = self._field(label)
        if field.evaluate("element => element.tagName") == "SELECT" and field.is_visible():
            field.select_option(label=option)
            return
        field.fill(option)
        self.page.locator(".ts-dropdown .option", has_text=option).first.click()

    def leave(self) -> None:
        """Says where they were, for a failure's message."""
        print(f"\n{self.page.url}\n{self.page.locator('body').inner_text()}")
        self.page.context.close()

    def sees(self, *texts: str) -> "Visitor":
        """What a page brings by itself within seconds counts."""
        for text in texts:
            try:
                self.page.locator(READING).get_by_text(text).locator("visible=true").first.wait_for(timeout=SOON_MS)
            except TimeoutError:
                raise AssertionError(f"{self.page.url} does not say {text!r}") from None
        return self

    def does_not_see(self, *texts: str) -> None:
        """Neither shown nor hidden in the page."""
        found = [text for text in texts if text in self.page.content()]
        assert found == [], f"{self.page.url} shows {found}"

    def finds_no(self, name: str) -> "Visitor":
        """Neither a button nor a link."""
        for role in ("button", "link"):
            assert self.page.get_by_role(role, name=name, exact=True).count() == 0, f"{self.page.url} offers {name!r}"
        return self

    def waits_for(self, text: str) -> "Visitor":
        """Opens the page again until the worker has done what the page promised."""
        for _attempt in range(40):
            if text in self.page.locator("body").inner_text():
                return self.look()
            self.page.wait_for_timeout(PATIENCE_MS)
            self.page.reload()
        raise AssertionError(f"{self.page.url} never showed {text!r}:\n{self.page.locator('main').inner_text()}")

    def look(self, *, at_error: bool = False) -> "Visitor":
        """Everything that holds for every page. What was found good once is not measured again."""
        page = self.page
        kind = IDENTITY.sub("…", page.url.partition("?")[0].split("/", 3)[-1])
        page.wait_for_load_state()
        assert ("系统出错了" in page.title()) == at_error, f"{page.url}\n{self.house.said()}"
        assert (heard := self._complaints()) == [], f"{page.url}: {heard}"
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{page.url} is too wide"
        assert self.foreign() == [], f"{page.url} says {self.foreign()}"
        if self._is_new(kind, *page.locator("h2").all_inner_texts()):
            self._is_for_everyone()
        self._photograph(kind)
        return self

    def _is_for_everyone(self) -> None:
        """The rules of WCAG, by axe. Contrast costs most, and is the same in each row of a page and in its frame."""
        new = self.page.evaluate(MARK_NEW, list(self.measured))
        axe = Axe(f"{Axe().axe_script};axe.configure({json.dumps(CONTRAST)})")
        found = axe.run(self.page, options=RULES).response["violations"]
        assert not found, (self.page.url, [(each["id"], each["nodes"][0]["html"]) for each in found])
        self.measured.update(new)

    def foreign(self) -> list[str]:
        """Words of the page that no secretary should have to read: English, codes, identities."""
        text = NOT_WORDS.sub(" ", self.page.evaluate(READ))
        words = set(IDENTITY.findall(text)) | set(WORD.findall(IDENTITY.sub(" ", text)))
        return sorted(words - KNOWN_WORDS - self.known)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """What is done here leads to another page."""
        with self.page.expect_navigation(wait_until="load"):
            yield
        self.look()

    def _is_new(self, *shown: str) -> bool:
        """A page with other parts is another page, one with another name is not."""
        try:
            (self.seen / sha256("\n".join(shown).encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def _complaints(self) -> list[tuple[str, str]]:
        """Since the last look; that the page itself is a refusal is no complaint: it says so in words."""
        heard, self.complaints = self.complaints, []
        return [each for each in heard if not (each[0].startswith(REFUSED) and each[1] == self.page.url)]

    def _field(self, label: str) -> Locator:
        """Forms that are folded away have fields of the same names."""
        return self.page.get_by_label(label, exact=True).locator("visible=true").first

    def _go(self, target: Locator) -> "Visitor":
        with self.page.expect_navigation(wait_until="load"):
            target.click()
        return self.look()

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append((message.text, message.location.get("url", "")))

    def _photograph(self, kind: str) -> None:
        if PICTURES:
            number = len(list(Path(PICTURES).iterdir()))
            name = f"{number:03d}-{self.slug or 'site'}-{self.width}-{re.sub(r'[^a-z…]+', '-', kind)}.png"
            self.page.screenshot(path=Path(PICTURES) / name, full_page=True)
