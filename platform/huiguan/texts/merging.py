"""Bringing a `.po` file up to date with the code, and filling gaps with words the house has already chosen."""

from collections.abc import Iterable, Mapping

from babel.messages.catalog import Catalog, Message

from huiguan.texts.catalogues import SOURCE, Catalogue

Key = tuple[str | None, str]


def merge(found: Catalog, kept: Catalog) -> Catalog:
    """The texts of `found` with the translations of `kept`. Nothing is guessed; what the code no longer says goes."""
    merged = Catalog(locale=SOURCE)
    for text in texts(found):
        old = kept.get(singular(text), text.context)
        merged.add(
            text.id,
            _fitting(text, old.string) if old else "",
            context=text.context,
            flags=old.flags & {"fuzzy"} if old else (),
            auto_comments=text.auto_comments,
            user_comments=_remarks(old) if old else (),
        )
    return merged


def fill(catalog: Catalog, words: Mapping[Key, str]) -> int:
    """Give every untranslated text the translation in `words`; returns how many were filled."""
    gaps = [text for text in texts(catalog) if not is_translated(text) and words.get(key(text))]
    for text in gaps:
        text.string = _fitting(text, words[key(text)])
    return len(gaps)


def known_words(catalogues: Iterable[Catalogue]) -> dict[Key, str]:
    """What is translated already, anywhere."""
    every = (text for catalogue in catalogues for text in texts(catalogue.read()))
    return {key(text): translation(text) for text in every if is_translated(text)}


def texts(catalog: Catalog) -> list[Message]:
    """Without the header, which Babel counts as a message."""
    return [message for message in catalog if message.id]


def key(text: Message) -> Key:
    return text.context, singular(text)


def singular(text: Message) -> str:
    return text.id if isinstance(text.id, str) else text.id[0]


def translation(text: Message) -> str:
    """Chinese has one form for all numbers."""
    return text.string if isinstance(text.string, str) else (text.string or ("",))[0]


def is_translated(text: Message) -> bool:
    return bool(translation(text)) and not text.fuzzy


def _remarks(old: Message) -> list[str]:
    return old.user_comments + ["same"] * ("same" in old.auto_comments)


def _fitting(text: Message, string: object) -> str | tuple[str, ...]:
    first = string if isinstance(string, str) else (string or ("",))[0]  # type: ignore[index]
    return (first,) if text.pluralizable else first
