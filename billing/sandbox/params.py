"""Checks the parameters of a call against the SDK's own types, as strictly as Stripe does."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from stripe._request_options import RequestOptions
from typing_extensions import get_type_hints, is_typeddict

from billing.sandbox.errors import invalid

OPTIONS = frozenset(RequestOptions.__annotations__)
PLAIN: dict[Any, tuple[str, Callable[[str], Any]]] = {
    bool: (r"true|false", lambda text: text == "true"),
    int: (r"-?\d+", int),
    float: (r"-?\d+(\.\d+)?", float),
    Decimal: (r"-?\d+(\.\d+)?", Decimal),
    datetime: (r"\d+", int),
    str: (r"[\s\S]*", str),
}


class Misfit(Exception):
    """The value is not of this alternative; another may fit."""


def checked(types: Any, raw: dict[str, Any], inside: str = "") -> dict[str, Any]:
    """The values in the types that the SDK declares; unknown, missing and ill-typed parameters are refused."""
    fields = fields_of(types)
    for name in raw.keys() - fields.keys():
        raise invalid(f"Received unknown parameter: {_path(inside, name)}", _path(inside, name), "parameter_unknown")
    for name in types.__required_keys__ - OPTIONS - raw.keys():
        raise invalid(f"Missing required param: {_path(inside, name)}.", _path(inside, name), "parameter_missing")
    return {name: _fit(fields[name], value, _path(inside, name)) for name, value in raw.items()}


@cache
def fields_of(types: Any) -> dict[str, Any]:
    hints = get_type_hints(types, localns={"StripeContext": object, "Mapping": Mapping})
    return {name: hint for name, hint in hints.items() if name not in OPTIONS}


def _path(inside: str, name: str) -> str:
    return f"{inside}[{name}]" if inside else name


def _fit(hint: Any, value: Any, where: str) -> Any:
    for option in _alternatives(hint):
        try:
            return _as(option, value, where)
        except Misfit:
            continue
    raise invalid(f"Invalid value for {where}: {value!r}", where, "parameter_invalid")


def _alternatives(hint: Any) -> list[Any]:
    """Named words beside `str` is the SDK's way to write an open enumeration; Stripe takes the words only."""
    options = list(_flat(hint))
    named = any(word for option in options if get_origin(option) is Literal for word in get_args(option))
    return [option for option in options if not (named and option is str)]


def _flat(hint: Any) -> Iterator[Any]:
    if get_origin(hint) in (Union, UnionType):
        for option in get_args(hint):
            yield from _flat(option)
    else:
        yield hint


def _as(option: Any, value: Any, where: str) -> Any:
    if get_origin(option) is Literal:
        return _given(value in get_args(option), value)
    if is_typeddict(option):
        return checked(option, _given(isinstance(value, dict), value), where)
    if get_origin(option) is list:
        parts = _given(isinstance(value, list), value)
        return [_fit(get_args(option)[0], part, f"{where}[{place}]") for place, part in enumerate(parts)]
    if get_origin(option) is dict:
        return dict(_given(isinstance(value, dict), value))
    return _plain(option, value)


def _given(fits: bool, value: Any) -> Any:
    if not fits:
        raise Misfit
    return value


def _plain(option: Any, value: Any) -> Any:
    pattern, convert = PLAIN.get(option, (None, str))
    if pattern is None or not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise Misfit
    return convert(value)
