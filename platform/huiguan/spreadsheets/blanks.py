"""What people write into a cell that holds nothing: 无, a dash, n/a."""

from huiguan.spreadsheets.characters import fold

_WORDS = """
无 - -- --- — —— / // \\ 暂无 没有 n/a na null none nil 空 不详 未知 未填 未提供 待补 待补充 /无 无/ * . 。 ? 待填
"""
_FOLDED = frozenset(fold(word) for word in _WORDS.split()) | {""}


def says_nothing(folded: str) -> bool:
    """Whether a folded text is empty or one of these words."""
    return folded in _FOLDED
