"""No accent that a chamber chooses makes its pages unreadable."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.kit.colours import ENOUGH, contrast_with_white, readable_accent


def channels(colour):
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def test_a_readable_colour_stays_as_it_is():
    assert readable_accent("#b42318") == "#b42318"


@given(st.integers(0, 0xFFFFFF))
def test_white_is_readable_on_every_accent(number):
    accent = readable_accent(f"#{number:06x}")
    assert re.fullmatch("#[0-9a-f]{6}", accent)
    assert contrast_with_white(channels(accent)) >= ENOUGH


@pytest.mark.parametrize("colour", ["", None, "red", "#fff", "#b42318;}body{display:none", "url(x)"])
def test_what_is_no_colour_reaches_no_style_sheet(colour):
    assert readable_accent(colour) == ""
