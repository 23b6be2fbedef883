"""What stands for the parameters of an address: tried until the page is found, so that nobody has to say it by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from api.isolation.actors import Actor
from api.isolation.asking import Question, ask
from api.isolation.stage import Side, Stage
from api.isolation.tokens import token_for
from huiguan.capability import Place
from huiguan.states import Stateful, moves
from huiguan.verifying.addresses import Address

Given = Mapping[str, Any]
MOST_TRIES = 60
# Words in addresses that are no keys; those of moves come from the model.
WORDS: Mapping[str, tuple[str, ...]] = {
    "channel": ("email",),
    "code": ("K04", "K01"),
    "field": ("phone", "credit_code"),
    "key": ("x",),
    "kind": ("receipt", "letter"),
    "label": ("members.Contact",),
    "name": ("postpone", "firm", "join", "leave"),
    "picture": ("logo", "seal"),
    "place": ("chamber",),
    "purpose": ("partners", "directory"),
    "step": ("issue", "accept", "answer", "withdraw", "agree", "book", "acceptance", "refusal"),
    "to": ("own", "members-mine"),
    "uidb36": ("1",),
}


@dataclass(frozen=True)
class Found:
    """`own` are the hostile chamber's own values; `labels` say of which model each key is."""

    own: Given
    labels: Mapping[str, str]
    method: str
    is_reached: bool

    def foreign(self, stage: Stage, only: str = "") -> Given:
        """With the other chamber's keys, or the other federation's, in place of all or of one."""
        there = {**stage.strange.rows, **stage.theirs.rows}
        wanted = {name: label for name, label in self.labels.items() if not only or name == only}
        return {**self.own, **{name: there[label].pk for name, label in wanted.items() if label in there}}


def find(address: Address, stage: Stage, actor: Actor) -> Found:
    """The first values by which `actor` comes further than 404; else the likeliest."""
    first: Found | None = None
    for own, labels in islice(_candidates(address, stage), MOST_TRIES):
        for method in ("GET", "POST"):
            answer = ask(Question(method, actor.host, address.at(own), actor.cookies, actor.headers))
            found = Found(own, labels, method, answer.status != 404 and not answer.is_refusal)
            if answer.status != 405:
                break
        if found.is_reached:
            return found
        first = first or found
    assert first is not None, f"{address} has no values"
    return first


def _candidates(address: Address, stage: Stage) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    rows = _rows(address, stage)
    choices = [_likeliest(address, name, rows)[: 60 if len(address.keys) == 1 else 8] for name in address.keys]
    for labels in product(*choices):
        named = dict(zip(address.keys, labels, strict=True))
        keys = {name: rows[label].pk for name, label in named.items()}
        for words in _words(address, stage.mine, [type(rows[label]) for label in labels]):
            yield {**keys, **words}, named


def _rows(address: Address, stage: Stage) -> dict[str, Any]:
    if address.place == Place.FEDERATION:
        return dict(stage.common.rows)
    return {**stage.common.rows, **stage.mine.rows}


def _likeliest(address: Address, name: str, rows: Mapping[str, Any]) -> list[str]:
    """Models whose name stands in the address, then those of the same folder, then all others."""
    parts = [part.rstrip("s") for part in address.route.split(f":{name}>")[0].strip("/").split("/")]

    def likeness(label: str) -> tuple[int, int, str]:
        app, model = label.lower().split(".")
        is_named = model in parts or name == model or model.rstrip("s") in parts
        return (-2 * is_named, -(app.rstrip("s") in parts), label)

    return sorted(rows, key=likeness)


def _words(address: Address, side: Side, models: list[type]) -> Iterator[dict[str, str]]:
    names = [name for name in address.parameters if name not in address.keys]
    choices = [_choices(address, name, side, models) for name in names]
    for words in islice(product(*choices), 8):
        yield dict(zip(names, words, strict=True))


def _choices(address: Address, name: str, side: Side, models: list[type]) -> tuple[str, ...]:
    if name == "token":
        return (token_for(address.route, side),)
    if name == "name" and "/moves/" in address.route:
        declared = [m.name for model in models if issubclass(model, Stateful) for m in moves(model)]
        return tuple(declared[:1]) or ("none",)
    if name == "key" and "/switch/" in address.route:
        return (str(side.key),)
    return WORDS.get(name, ("x",))
