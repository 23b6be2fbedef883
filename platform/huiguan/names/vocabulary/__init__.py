"""The words names are made of, read from the files beside this one: organisations, people, places, sectors."""

from pathlib import Path

from huiguan.spreadsheets.vocabulary import Vocabulary

_WORDS = Vocabulary(Path(__file__).parent)
words, longest_first, terms, parts = _WORDS.words, _WORDS.longest_first, _WORDS.terms, _WORDS.parts
