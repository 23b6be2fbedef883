"""Nothing that is signed in one chamber works in another, whatever it is for; and no kind of it is forgotten (G17)."""

import ast
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from api.isolation.asking import Question, ask
from api.isolation.stage import Stage, set_up
from api.isolation.tokens import KINDS
from api.isolation.values import WORDS
from huiguan import links
from huiguan.actors import SYSTEM, acting_as

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ("platform", "tenants", "federation", "billing", "api")
SIGNING = ("sign", "sign_key")
BEGINNINGS = {"parked.": "parked.visits.photo", "device.": "device.somebody@example.com"}
ALIKE = ("/own/again/<str:token>",)  # says the same to everybody, and writes to whoever is on file


@pytest.fixture
def two(changde: Any, shaoyang: Any) -> Stage:
    with acting_as(SYSTEM):
        return set_up(changde, shaoyang, "verify-tokens", lambda _text: None)


@cache
def sources() -> list[tuple[Path, ast.Module]]:
    found = []
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            if "isolation" not in path.parts and "migrations" not in path.parts:
                found.append((path, ast.parse(path.read_text())))
    return found


def purposes() -> set[str]:
    """What the code signs for: the first argument of `links.sign` and `links.sign_key`, names looked up."""
    found = set()
    for path, tree in sources():
        for node in ast.walk(tree):
            if _is_call(node, "links", SIGNING):
                found.add(_text(node.args[0], path, tree))  # type: ignore[attr-defined]
    return found


def _is_call(node: ast.AST, of: str, names: tuple[str, ...]) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in names and getattr(called.value, "id", "") == of


def _text(node: ast.expr, path: Path, tree: ast.Module) -> str:
    """Of a constant, of the constant beginning of an f-string, or of a name that the module knows."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return str(node.values[0].value)  # type: ignore[attr-defined]
    assert isinstance(node, ast.Name), f"{path}: the purpose of a link is a name or a text"
    from importlib import import_module

    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removeprefix("platform.")
    return str(getattr(import_module(module), node.id))


def test_every_purpose_that_the_code_signs_for_is_in_the_table() -> None:
    assert purposes() == {kind.purpose for kind in KINDS}


def test_nothing_is_signed_but_through_the_one_place_that_binds_the_host() -> None:
    signing = {"django.core.signing", "django.contrib.auth.tokens", "itsdangerous", "jwt"}
    found = {
        path.relative_to(ROOT).as_posix() for path, tree in sources() for name in imported(tree) if name in signing
    }
    assert found == {"platform/huiguan/links.py"}
    assert {p.name for p, tree in sources() if "django.utils.crypto.salted_hmac" in imported(tree)} == {"links.py"}


def imported(tree: ast.Module) -> set[str]:
    """Modules, and the names that are taken from them."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module)} | {f"{node.module}.{each.name}" for each in node.names}
    return found


def test_a_token_of_one_chamber_is_none_in_another(two: Stage) -> None:
    """The answer is the one that a forged token gets, and the same token opens at home."""
    words = {name: each[0] for name, each in WORDS.items()}
    for kind in KINDS:
        token = kind.make(two.mine)
        for route in kind.routes:
            at = route.replace("<str:token>", "%(token)s").replace("<slug:to>", "%(to)s")
            method = "POST" if "/again/" in route else "GET"
            right, forged = (at % {**words, "token": each} for each in (token, f"{token[:-4]}AAAA"))
            there, unknown = (ask(Question(method, two.theirs.host, path)) for path in (right, forged))
            home = ask(Question(method, two.mine.host, right))
            assert (there.status, there.location) == (unknown.status, unknown.location), route
            assert (there.status in (302, 404, 410) or route in ALIKE) and not there.marks, route
            assert (home.status, home.location) != (there.status, there.location) or route in ALIKE, route


def test_a_token_is_read_for_its_purpose_and_place_alone(two: Stage) -> None:
    """Each with every other purpose and place that there is: one of them opens."""
    full = {kind.purpose: kind.purpose for kind in KINDS} | BEGINNINGS
    for kind in KINDS:
        token = kind.make(two.mine)
        opened = [(p, side.mark) for p in full.values() for side in two.sides if is_read(p, str(side.key), token)]
        assert opened == [(full[kind.purpose], two.mine.mark)]


def is_read(purpose: str, host_key: str, token: str) -> bool:
    for read in (partial(links.read, seconds=60), links.read_key):
        with suppress(links.BadLink):
            read(purpose, host_key, token)  # type: ignore[operator]
            return True
    return False


def test_sessions_and_access_tokens_of_one_chamber_are_nobodys_in_another(two: Stage) -> None:
    from api.isolation.actors import actors

    for actor in actors(two):
        if actor.cookies or actor.headers:
            page = "/api/v1/members/" if actor.headers else "/members/mine/" if actor.name == "member" else "/tasks/"
            there = two.strange if actor.place == "federation" else two.theirs
            assert ask(Question("GET", actor.host, page, actor.cookies, actor.headers)).status == 200, actor.name
            assert ask(Question("GET", there.host, page, actor.cookies, actor.headers)).is_refusal, actor.name


def test_a_form_with_another_hosts_csrf_token_is_refused(two: Stage) -> None:
    home, there = (Client(enforce_csrf_checks=True, HTTP_HOST=side.host) for side in (two.mine, two.theirs))
    page = home.get("/accounts/login/")
    sent = {"login": "x@example.com", "password": "x", "csrfmiddlewaretoken": str(page.context["csrf_token"])}
    assert home.post("/accounts/login/", sent).status_code == 200
    assert there.post("/accounts/login/", sent).status_code == 403
