"""How Chinese is spelled in letters, for search, order and addresses. The dictionary is large: loaded when needed."""


def full(text: str) -> str:
    """常德 → changde."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text)).lower()


def initials(text: str) -> str:
    """常德 → cd."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()
