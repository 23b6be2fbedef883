"""Collecting the texts that the code and the templates show, with Babel and Django's own template reader."""

import ast
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from huiguan.texts.catalogues import SOURCE, Catalogue

_ONE: None = None
_MANY = (1, 2)
_IN_CONTEXT = ((1, "c"), 2)
_MANY_IN_CONTEXT = ((1, "c"), 2, 3)

FUNCTIONS: Mapping[str, Any] = {
    "gettext": _ONE, "gettext_lazy": _ONE, "gettext_noop": _ONE,
    "ngettext": _MANY, "ngettext_lazy": _MANY,
    "pgettext": _IN_CONTEXT, "pgettext_lazy": _IN_CONTEXT,
    "npgettext": _MANY_IN_CONTEXT, "npgettext_lazy": _MANY_IN_CONTEXT,
}  # fmt: skip


def extract_catalogue(catalogue: Catalogue) -> Catalog:
    """All texts of the folder, none of them translated."""
    found = Catalog(locale=SOURCE)
    for path in catalogue.files():
        for text, context, comments in texts_of(path):
            found.add(text, context=context, auto_comments=comments)
    return found


def texts_of(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None, list[str]]]:
    """Each text with its context and what `Translators:` comments say of it."""
    written = path.read_text("utf-8")
    code = written if path.suffix == ".py" else _as_python(written)
    options = {"encoding": "utf-8"}
    keywords = {"_": _ONE, **FUNCTIONS, **_renamed(code)}
    for _line, text, comments, context in extract(
        "python", BytesIO(code.encode()), keywords, ["Translators:"], options
    ):
        yield text, context, comments


def _as_python(template: str) -> str:
    # Babel reads the result with Python's tokenizer, which minds indentation.
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def _renamed(code: str) -> dict[str, Any]:
    """What the file calls Django's functions: `from django.utils.translation import pgettext_lazy as _in`."""
    if "django.utils.translation import" not in code:
        return {}
    imports = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom))
    names = (name for node in imports if node.module == "django.utils.translation" for name in node.names)
    return {name.asname: FUNCTIONS[name.name] for name in names if name.asname and name.name in FUNCTIONS}
