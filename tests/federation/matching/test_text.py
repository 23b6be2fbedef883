"""Chinese text as terms, and BM25 over them."""

from math import log

import numpy as np

from federation.matching import regions, taxonomy
from federation.matching.corpus import Corpus, Counted
from federation.matching.postings import Postings
from federation.matching.text import analyse, normalise


def test_traditional_full_width_and_upper_case_are_one_spelling() -> None:
    assert normalise("會議廳AI") == normalise("会议厅ai") == "会议厅ai"


def test_words_of_the_trade_are_counted_as_their_group() -> None:
    assert "#电缆" in analyse("工地急要线缆", "").words
    assert analyse("线缆", "").words.keys() & analyse("电线", "").words.keys()


def test_what_stands_in_the_title_counts_twice() -> None:
    counted = analyse("电缆", "电缆")
    assert counted.words["#电缆"] == 3
    assert counted.characters["电缆"] == 3


def test_words_that_every_chamber_writes_do_not_count() -> None:
    assert analyse("商会会员企业寻找", "").words == {}


def test_a_term_is_rarer_the_fewer_have_it_and_rarest_when_nobody_has() -> None:
    texts = [{"x": 1, "y": 1}, {"x": 1}, {"x": 2}]
    counted = Counted([(Postings.of(texts), np.ones(3, dtype=bool))])
    assert counted.rarity("x") == log(1 + 0.5 / 3.5)
    assert counted.rarity("y") == log(1 + 2.5 / 1.5)
    assert counted.rarity("nobody") == log(1 + 3.5 / 0.5)


def test_what_nobody_offers_lowers_the_score_of_what_is_shared() -> None:
    corpus = Corpus.of([analyse("会议音响", ""), analyse("年货礼盒", "")])
    alone = corpus.scores(analyse("音响", ""))[0]
    with_unknown = corpus.scores(analyse("音响与直升机", ""))[0]
    assert 0 < with_unknown < alone <= 1


def test_regions_are_near_by_their_prefix() -> None:
    assert regions.nearness("610100", ["610100"]) == regions.nearness("610100", ["610000"]) == 1
    assert regions.nearness("610100", ["000000"]) == 0.9
    assert regions.nearness("610100", ["ONLINE"]) == 0.8
    assert regions.nearness("610100", ["610300"]) == regions.nearness("610000", ["610300"]) == 0.6
    assert regions.nearness("610100", ["330100"]) == regions.nearness("610100", []) == 0
    assert regions.nearness("000000", ["330100"]) == 1


def test_categories_are_near_by_code_curation_and_family() -> None:
    assert taxonomy.nearness("FIN.BANK", "FIN.BANK") == 1
    assert taxonomy.nearness("FIN.BANK", "FIN.GUAR") == taxonomy.nearness("FIN.GUAR", "FIN.BANK") == 0.6
    assert taxonomy.nearness("VEN.HALL", "VEN.HOTEL") == 0.3
    assert taxonomy.nearness("SUP.FOOD", "SUP.LOG") == 0.25
    assert taxonomy.nearness("SUP.FOOD", "LEG.MED") == 0.05
    assert taxonomy.nearness("ZZZ.NEW", "ZZZ.NEW") == 1


def test_every_category_is_complete_and_only_venues_must_be_free_throughout() -> None:
    known = taxonomy.categories()
    assert len(known) >= 60
    assert {category.family for category in known.values() if category.covers_window} == {"VEN"}
    assert all(category.zh_hans and category.en and category.unit and category.words for category in known.values())
