"""Lines of payment services, which pay out what others paid less a fee: what was paid, and what the fee was."""

import re
from dataclasses import dataclass

from huiguan.spreadsheets.characters import fold
from huiguan.spreadsheets.money import read_fen
from tenants.dues.statements.lines import Line
from tenants.dues.statements.purposes import says

MOST_FEE = 0.02  # of what was paid; services take 0.2 to 1 per cent
_AMOUNT = r"[:：]?¥?(?P<fen>[\d,]+(?:\.\d+)?)"
_GROSS = re.compile(rf"(?:金额|总额|实收|交易额|订单额|收款额|应收|合计|原价|gross){_AMOUNT}")
_FEE = re.compile(rf"(?:手续费|服务费|扣费|费用|扣率费|佣金|fee){_AMOUNT}")
_COUNT = re.compile(r"(\d+)笔|笔数[:：]?(\d+)")


@dataclass(frozen=True, slots=True)
class Settlement:
    """`gross_fen` and `fee_fen` are None where the line does not say them; `count` is 0 then."""

    gross_fen: int | None = None
    fee_fen: int | None = None
    count: int = 0

    def gross_for(self, net_fen: int, open_fen: int) -> int | None:
        """What was paid: as the line says, else the open amount if what is missing can be a fee."""
        if self.gross_fen is not None:
            return self.gross_fen
        return open_fen if is_fee(open_fen - net_fen, open_fen) else None


def read_settlement(line: Line) -> Settlement | None:
    """None for a line that no payment service paid out. Sums that do not add up are not believed."""
    text = fold(f"{line.remark} {line.summary}")
    is_named = not line.party and says(text, "services") and says(text, "settlements")
    if not is_named and not says(fold(line.party), "services"):
        return None
    gross, fee, count = _fen(_GROSS, text), _fen(_FEE, text), _COUNT.search(text)
    if gross is None and fee is not None:
        gross = line.income_fen + fee
    if gross is not None and fee is None:
        fee = gross - line.income_fen
    adds_up = gross is not None and fee is not None and gross - fee == line.income_fen and is_fee(fee, gross)
    times = int(count[1] or count[2]) if count else 0
    return Settlement(gross, fee, times) if adds_up else Settlement(count=times)


def is_fee(fee_fen: int, gross_fen: int) -> bool:
    return 0 <= fee_fen <= MOST_FEE * gross_fen


def _fen(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return read_fen(match["fen"])[0] if match else None
