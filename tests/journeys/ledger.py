"""What a person reads in the sharing ledger of their chamber."""

from tests.journeys.visitor import Visitor


def open_newest(at: Visitor) -> Visitor:
    """The newest line, unfolded to its very words."""
    at.open("/ledger/message/").waits_for("已送达")
    with at.leaving():
        at.page.locator("td.is-title a").first.click()
    return at.unfold("逐字")


def ledger_says(at: Visitor, *words: str) -> Visitor:
    """The newest line of the ledger, word for word."""
    told = open_newest(at).page.locator("pre.hg-verbatim").inner_text()
    assert [word for word in words if word not in told] == [], told
    return at
