"""Formulas that were never calculated: plain arithmetic and references are worked out, everything else stays unread."""

import ast
import operator
import re
from collections.abc import Callable

from huiguan.spreadsheets.grids import Broken, Value

DEEPEST = 20
LONGEST = 200
_REFERENCE = re.compile(r"(?<![A-Za-z!'])\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?![\w(!])")
_OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}

Lookup = Callable[[str, int], Value]  # the value of a cell by column letters and row number


def calculate(formula: str, lookup: Lookup, depth: int = 0) -> Value:
    """The value of `=1000*3`, `=K12` or `=K12*2`; a Broken for any other formula."""
    text = formula.removeprefix("=").strip()
    unread = Broken(formula[:LONGEST], is_formula=True)
    if depth > DEEPEST or len(text) > LONGEST:
        return unread
    if reference := _REFERENCE.fullmatch(text):
        return _look_up(reference, lookup, depth)
    try:
        return _evaluate(ast.parse(_REFERENCE.sub(lambda match: _number(match, lookup, depth), text), mode="eval").body)
    except (ValueError, SyntaxError, ZeroDivisionError, OverflowError, RecursionError, MemoryError):
        return unread


def _look_up(reference: re.Match[str], lookup: Lookup, depth: int) -> Value:
    value = lookup(reference[1], int(reference[2]))
    if isinstance(value, Broken) and value.is_formula:
        return calculate(value.text, lookup, depth + 1)
    return value


def _number(reference: re.Match[str], lookup: Lookup, depth: int) -> str:
    value = _look_up(reference, lookup, depth)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(reference[0])
    return f"({value!r})"


def _evaluate(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value  # type: ignore[return-value]
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_evaluate(node.left), _evaluate(node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_evaluate(node.operand)
    raise ValueError(ast.dump(node)[:LONGEST])
