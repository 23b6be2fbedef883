"""Taking personal data out of words that a machine wrote (security.md rule 20)."""

import re
from typing import Any

_UUID = r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b"
_EMAIL = r"[^\s<>\"'（(：:,，]+@[^\s<>\"'）),，]+\.[^\s<>\"'）),，。]+"
_CREDIT_CODE = r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])"
_NUMBER = r"\+?\d(?:[\s-]?\d){6,}[Xx]?"
_HAN = r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]+"
_PERSONAL = re.compile(
    f"(?P<keep>{_UUID})|(?P<email>{_EMAIL})|(?P<code>{_CREDIT_CODE})|(?P<number>{_NUMBER})|(?P<han>{_HAN})"
)

# Their texts name code, never data.
_ABOUT_CODE = (AttributeError, ImportError, NameError, NotImplementedError, RecursionError)
_DATABASE_FACTS = ("sqlstate", "schema_name", "table_name", "column_name", "constraint_name")


def scrub(text: str) -> str:
    """Without e-mail addresses, credit codes, telephone and identity numbers, and names in Chinese characters."""
    return _PERSONAL.sub(lambda found: found.group() if found["keep"] else f"[{found.lastgroup}]", text)


def words_of(error: BaseException) -> str:
    """What may be repeated of an exception's text. Most texts hold what somebody typed, so little may."""
    if isinstance(error, _ABOUT_CODE):
        return scrub(str(error))
    facts = _facts_of_database(error) or _facts_of_database(error.__cause__)
    return " ".join(f"{name}={fact}" for name, fact in facts.items())


def _facts_of_database(error: BaseException | None) -> dict[str, Any]:
    """PostgreSQL names the table and the constraint apart from the values, which stay here."""
    diagnosis = getattr(error, "diag", None)
    facts = {name: getattr(diagnosis, name, None) for name in _DATABASE_FACTS}
    return {name: fact for name, fact in facts.items() if fact}
