"""Many papers: one by one as they are ready, or bound together for the printer."""

from collections.abc import Iterator

import pytest

from huiguan.papers import rendering
from huiguan.papers.kinds import Receipt
from huiguan.papers.rendering import render_bound, render_many
from huiguan.papers.stationery import Stationery
from tests.huiguan.papers.conftest import letter, read, receipt, text_of

WRAPPED = "欣悉贵公司荣获年度先进会员称号，谨致祝贺。" * 60


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "AT_ONCE", 5)
    monkeypatch.setattr(rendering, "BOUND", 4)


def test_many_are_made_one_by_one_and_one_at_fault_does_not_keep_the_others(stationery: Stationery) -> None:
    payers = [f"会员{n}" for n in range(8)]
    payers[3] = "𠮷野家"
    made = list(render_many((receipt(n, payer=p) for n, p in enumerate(payers)), stationery=stationery))
    assert [m.paper.payer for m in made] == payers  # type: ignore[attr-defined]
    assert [m.problem for m in made if not m.pdf] == ["以下文字无法打印：𠮷 (U+20BB7)。"]
    assert "会员7" in text_of(made[-1].pdf)


def test_many_are_made_as_they_are_asked_for(stationery: Stationery) -> None:
    asked = []

    def papers() -> Iterator[Receipt]:
        for number in range(15):
            asked.append(number)
            yield receipt(number)

    next(render_many(papers(), stationery=stationery))
    assert len(asked) == 5


def test_papers_of_several_layouts_may_be_mixed(stationery: Stationery) -> None:
    made = list(render_many([receipt(), letter()], stationery=stationery))
    assert [len(read(m.pdf).pages) for m in made] == [1, 1]
    assert "关于召开年会的函" in text_of(made[1].pdf)


def test_papers_bound_together_count_their_own_pages(stationery: Stationery) -> None:
    letters = [letter(paragraphs=[WRAPPED]), letter(), letter()]
    [bound] = render_bound(letters, stationery=stationery)
    numbers = [text.rpartition("第")[2].split() for text in (page.extract_text() for page in read(bound).pages)]
    assert ["".join(n) for n in numbers] == ["1页共2页", "2页共2页", "1页共1页", "1页共1页"]


def test_a_binding_holds_only_so_many(stationery: Stationery) -> None:
    bound = render_bound((receipt(n) for n in range(5)), stationery=stationery)
    assert [len(read(each).pages) for each in bound] == [4, 1]
