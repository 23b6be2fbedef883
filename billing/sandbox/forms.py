"""Reads Stripe's bracketed form encoding, `items[0][price]=price_1`, into nested values."""

import re
from typing import Any
from urllib.parse import parse_qsl


def parse(encoded: str) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        _plant(tree, re.findall(r"[^\[\]]+", name), value)
    return {name: _with_lists(value) for name, value in tree.items()}


def _plant(tree: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        branch = tree.setdefault(part, {})
        tree = branch if isinstance(branch, dict) else tree
    if path:
        tree[path[-1]] = value


def _with_lists(value: Any) -> Any:
    """Arrays arrive as `name[0]`, `name[1]`: a mapping whose keys are all numbers."""
    if not isinstance(value, dict):
        return value
    inner = {name: _with_lists(part) for name, part in value.items()}
    if all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
