"""The words of bank statements, read from the files beside this one: headings, and what money is paid for."""

from pathlib import Path

from huiguan.spreadsheets.vocabulary import Vocabulary

_WORDS = Vocabulary(Path(__file__).parent)
words, longest_first, terms = _WORDS.words, _WORDS.longest_first, _WORDS.terms
