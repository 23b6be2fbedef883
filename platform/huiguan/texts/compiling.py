"""Making the `.mo` files that Django reads, in Simplified and Traditional Chinese. English is the msgid itself."""

import os
from collections.abc import Callable, Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from opencc import OpenCC

from huiguan.texts.catalogues import SOURCE, Catalogue, find_catalogues
from huiguan.texts.merging import texts, translation

TRADITIONAL = "zh_Hant"


def compile_catalogues(catalogues: Iterable[Catalogue] | None = None) -> list[Path]:
    """Write what is missing or older than its `.po` file; returns what was written. Needs no database."""
    chosen = find_catalogues() if catalogues is None else catalogues
    return [path for catalogue in chosen for path in _compile(catalogue)]


def traditional(text: str) -> str:
    return _converter()(text)


def _compile(catalogue: Catalogue) -> list[Path]:
    stale = [language for language in (SOURCE, TRADITIONAL) if _is_stale(catalogue, language)]
    content = catalogue.read() if stale else Catalog()
    for language in stale:
        _replace(catalogue.mo(language), _mo(content, language))
    return [catalogue.mo(language) for language in stale]


def _is_stale(catalogue: Catalogue, language: str) -> bool:
    made = catalogue.mo(language)
    return catalogue.po.exists() and not (made.exists() and made.stat().st_mtime > catalogue.po.stat().st_mtime)


def _mo(content: Catalog, language: str) -> bytes:
    buffer = BytesIO()
    write_mo(buffer, content if language == SOURCE else _converted(content))
    return buffer.getvalue()


def _converted(content: Catalog) -> Catalog:
    converted = Catalog(locale=TRADITIONAL)
    for text in texts(content):
        string = traditional(translation(text))
        flags = text.flags & {"fuzzy"}
        converted.add(text.id, (string,) if text.pluralizable else string, context=text.context, flags=flags)
    return converted


def _replace(path: Path, content: bytes) -> None:
    # A web process may be reading the old one.
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    fresh.write_bytes(content)
    fresh.replace(path)


@cache
def _converter() -> Callable[[str], str]:
    return OpenCC("s2tw").convert
