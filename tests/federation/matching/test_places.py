"""Regions are called as the reader's language calls them."""

import pytest
from django.utils.translation import override

from federation.matching.places import names, region_name, region_names
from federation.matching.profiles import NATIONWIDE


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", ["湖南常德", "陕西西安", "陕西", "北京", "全国"]),
        ("zh-hant", ["湖南常德", "陝西西安", "陝西", "北京", "全國"]),
        ("en", ["Changde (Hunan)", "Xi'an (Shaanxi)", "Shaanxi", "Beijing", "Nationwide"]),
    ],
)
def test_a_region_is_called_by_its_city_and_province(language, said):
    with override(language):
        assert [region_name(code) for code in ("430700", "610100", "610000", "110000", NATIONWIDE)] == said


def test_in_english_no_region_is_written_in_characters():
    with override("en"):
        assert region_names(names()).isascii()


def test_a_name_that_is_not_chinese_keeps_its_own_spelling_and_an_unknown_code_is_shown():
    with override("en"):
        assert [region_name(code) for code in ("650100", "990000")] == ["Urumqi (Xinjiang)", "990000"]
