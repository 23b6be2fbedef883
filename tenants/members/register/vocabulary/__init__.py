"""The words registers use, read from the files beside this one: headings, positions, and what stands for a name."""

from pathlib import Path

from huiguan.spreadsheets.vocabulary import Vocabulary

_WORDS = Vocabulary(Path(__file__).parent)
words, longest_first, terms, choices = _WORDS.words, _WORDS.longest_first, _WORDS.terms, _WORDS.choices
