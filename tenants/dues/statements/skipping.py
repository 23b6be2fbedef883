"""Rows of a statement that are no transactions: sums, pages carried forward, notes, what never became a booking."""

import re

from huiguan.spreadsheets.characters import clean, fold
from huiguan.spreadsheets.grids import Line, shown
from tenants.dues.statements.columns import Columns
from tenants.dues.statements.moments import booked_on

_TOTAL = re.compile(
    r"^[\[【(]?(?:本页|本日|本月|本年|当日|本期|累计|收入|支出|借方|贷方|发生额)*(?:小计|合计|总计|共计|累计|笔数|汇总|总额|总笔数|总金额)|^total|^共\d+笔"
)
_CARRIED = re.compile(
    r"承前页?|过次页|转下页|接上页|上页结转|结转下页|(?:期初|期末|上期|上月|上日|年初|起始|截止)(?:账户)?(?:余额|结余)|承上页|上年结转"
)
_FOOTNOTE = re.compile(
    r"^(?:注|备注|说明|提示|温馨提示|本明细|本对账单|本单|打印|制表|以上|查询|下载|重要提示|声明|客服|经办|复核|第\d+页|页码|-{3,}|#|={3,}|\*{3,})"
)
_NOT_BOOKED = re.compile(r"关闭|失败|撤销|作废|未支付|已全额退款|待支付|处理中|拒绝|冲销")


def why_skipped(line: Line, columns: Columns) -> str:
    """The reason, or nothing for a row that may be a transaction."""
    texts = [fold(shown(line.value(at))) for at in line.filled()]
    if not any(texts):
        return "blank"
    if _NOT_BOOKED.search(fold(columns.text(line, "status"))):
        return "not_booked"
    has_day_and_party = booked_on(line, columns) and columns.text(line, "party")
    return "" if has_day_and_party else _why_written(texts)


def _why_written(texts: list[str]) -> str:
    """What a row is that somebody wrote for readers of the table."""
    if any(_TOTAL.search(text) for text in texts[:3]):
        return "total"
    if len(texts) <= 4 and any(_CARRIED.search(text) for text in texts[:3]):
        return "carried"
    return "footnote" if _FOOTNOTE.search(texts[0]) or (len(texts) == 1 and len(texts[0]) > 12) else ""


def counted(line: Line) -> int | None:
    """How many transactions a sum says there are: 共240笔, 笔数:240."""
    text = " ".join(clean(shown(line.value(at))) for at in line.filled())
    match = re.search(r"共\s*(?:计\s*)?(\d+)\s*笔|(?:总笔数|笔数)\s*[:：]\s*(\d+)", text)
    return int(match[1] or match[2]) if match else None
