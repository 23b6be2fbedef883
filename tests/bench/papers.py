"""Receipts as PDF, many in one child as a batch makes them, beside one child for each."""

import json
import resource
from collections.abc import Iterator
from typing import Any

from huiguan.limits import run_limited
from huiguan.papers import fonts, kinds, layouts
from tests.bench.figures import line
from tests.bench.places import Places

BATCH, SINGLE = 50, 10
LETTERHEAD = {
    "name": "西安市常德商会",
    "subtitle": "",
    "address": "西安市雁塔区锦业路 18 号",
    "phone": "029-8800 1234",
    "accent": "#b42318",
    "logo": None,
    "seal": None,
}


def papers_receipt(places: Places, pairs: int, chambers: int) -> Iterator[str]:
    """Processor milliseconds for one receipt; a thousand in `--full`."""
    number = 1000 if chambers >= 200 else 200
    together, alone = [], []
    for _pair in range(pairs):
        together.append(sum(_cost(BATCH) for _batch in range(number // BATCH)) / number)
        alone.append(sum(_cost(1) for _paper in range(SINGLE)) / SINGLE)
    yield line("papers.receipt", together, alone, unit="CPU ms", papers=number)


def _cost(papers: int) -> float:
    contexts = [("receipt", [json.dumps(_receipt(at), ensure_ascii=False)]) for at in range(papers)]
    before = _used()
    made = run_limited("huiguan.papers.engine:render", str(fonts.folder()), layouts.files_for("receipt"), contexts)
    assert len(made) == papers
    return (_used() - before) * 1000


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _receipt(at: int) -> dict[str, Any]:
    said = {"heading": "会费收据", "title": "会费收据", "number": f"2026-{at:06}", "date": "2026年11月25日"}
    money = {"total": "¥12,000.00", "total_in_capitals": "壹万贰仟元整", "method": "银行转账", "note": ""}
    item = {"what": "副会长单位会费", "period": "2026年度", "amount": "12,000.00"}
    people = {"payer": f"湖南鼎盛建材有限公司{at}", "handled_by": "谭一鸣", "checked_by": "顾清和", "remark": ""}
    words = dict.fromkeys(kinds.Receipt.words, "项目")
    frame = {"letterhead": LETTERHEAD, "words": {"page": "", **words}, "sealed": False, "region": "CN"}
    return {**said, **money, **people, **frame, "items": [item]}
