from huiguan.once import once, while_reading


def test_a_question_is_asked_once_while_a_page_is_read() -> None:
    asked: list[tuple[int, int]] = []

    @once
    def added(one: int, *, other: int) -> int:
        asked.append((one, other))
        return one + other

    with while_reading():
        assert [added(1, other=2), added(1, other=2), added(2, other=2)] == [3, 3, 4]
    assert asked == [(1, 2), (2, 2)]


def test_elsewhere_it_is_asked_each_time_and_the_next_page_asks_anew() -> None:
    told = iter(range(5))

    @once
    def the_next() -> int:
        return next(told)

    assert [the_next(), the_next()] == [0, 1]
    with while_reading():
        assert [the_next(), the_next()] == [2, 2]
    with while_reading():
        assert the_next() == 3
