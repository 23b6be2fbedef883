"""A secretary-general signs in and sees what today asks of her."""

import pytest


@pytest.mark.parametrize("width", [1280, 390])
def test_she_signs_in_and_sees_todays_work(visitor, width):
    at = visitor("changde", width=width).open("/")
    at.sees("登录", "西安市常德商会")
    at.sign_in("qin")
    at.sees("工作台", "等您处理")
