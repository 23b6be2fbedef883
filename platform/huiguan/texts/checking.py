"""What is wrong with a translation, said so that the person who wrote it can put it right."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message

from huiguan.texts.catalogues import Catalogue
from huiguan.texts.extracting import extract_catalogue
from huiguan.texts.merging import key, singular, texts, translation

_PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*[\d.]*[a-zA-Z]|%[sdifr]|\{\w*[^{}]*\}")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_HALF_WIDTH = re.compile(rf"[{_HAN}”》）][,;:!?(]|[,;:!?()][{_HAN}“《（]|[{_HAN}]\.(?:$|[{_HAN}\s])|[{_HAN}]\)")


@dataclass(frozen=True)
class Problem:
    """One text that must be put right."""

    catalogue: str
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.catalogue}: {self.text!r}: {self.reason}"


def problems_of(catalogue: Catalogue) -> list[Problem]:
    """Everything wrong in one `.po` file, compared with the code it belongs to."""
    found, kept = extract_catalogue(catalogue), catalogue.read()
    faults = [*_left_out(found, kept), *((text, fault) for text in texts(kept) for fault in faults_of(text))]
    return [Problem(catalogue.name, singular(text), fault) for text, fault in faults]


def contradictions(catalogues: Iterable[Catalogue]) -> list[Problem]:
    """Texts with two translations: Django merges all catalogues, so one of them would never be seen."""
    seen: dict[tuple[str | None, str], dict[str, str]] = defaultdict(dict)
    for catalogue in catalogues:
        for text in texts(catalogue.read()):
            seen[key(text)].setdefault(translation(text), catalogue.name)
    return [
        Problem(" and ".join(names), text, f"is translated as {' and '.join(words)}; give one of them a context")
        for (_context, text), by_word in seen.items()
        if len(words := [word for word in by_word if word]) > 1 and (names := [by_word[word] for word in words])
    ]


def faults_of(text: Message) -> Iterator[str]:
    """What can be seen from the text and its translation alone."""
    if not translation(text):
        yield "is not translated"
        return
    if text.fuzzy:
        yield "is marked fuzzy"
    yield from (fault for check in _CHECKS if (fault := check(text)))


def _left_out(found: Catalog, kept: Catalog) -> Iterator[tuple[Message, str]]:
    wanted, present = ({key(text): text for text in texts(catalog)} for catalog in (found, kept))
    yield from ((wanted[each], "is not in the .po file") for each in wanted.keys() - present.keys())
    yield from ((present[each], "is no longer in the code") for each in present.keys() - wanted.keys())


def _placeholders_differ(text: Message) -> str | None:
    """The plural form counts: its singular may spell the number out."""
    original = text.id if isinstance(text.id, str) else text.id[-1]
    asked, given = (set(_PLACEHOLDER.findall(words)) for words in (original, translation(text)))
    return f"has placeholders {_said(asked)}, its translation {_said(given)}" if asked != given else None


def _tags_differ(text: Message) -> str | None:
    asked, given = (Counter(_TAG.findall(words)) for words in (singular(text), translation(text)))
    return f"has tags {_said(asked.elements())}, its translation {_said(given.elements())}" if asked != given else None


def _is_untouched(text: Message) -> str | None:
    """A name that stays as it is in Chinese is marked with the comment `# same`."""
    words = _TAG.sub("", _PLACEHOLDER.sub("", singular(text)))
    allowed = "same" in (*text.user_comments, *text.auto_comments)
    same = translation(text) == singular(text) and re.search("[A-Za-z]", words)
    return (
        "is the same in Chinese (if that is right, write the comment `# same` above it)"
        if same and not allowed
        else None
    )


def _has_half_width_punctuation(text: Message) -> str | None:
    near = _HALF_WIDTH.search(translation(text))
    return f"has half-width punctuation at {near.group()!r}" if near else None


def _said(found: Iterable[str]) -> str:
    return " ".join(sorted(found)) or "none"


_CHECKS: tuple[Callable[[Message], str | None], ...] = (
    _placeholders_differ,
    _tags_differ,
    _is_untouched,
    _has_half_width_punctuation,
)
