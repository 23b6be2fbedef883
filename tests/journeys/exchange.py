"""Needs and offers, as secretaries enter and publish them."""

from tests.journeys.visitor import Visitor


def publish(
    at: Visitor, kind: str, title: str, text: str, *, price: str, contact: tuple[str, str], category: str = ""
) -> Visitor:
    """From the empty form over the preview to the federation; the contact stays here."""
    at.open("/exchange/listing/new/")
    at.page.get_by_role("radio", name=kind, exact=True).check()
    at.write("标题", title)
    at.write("说明", text)
    if category:
        at.choose("类别", category)
    at.choose("地区", "陕西西安")
    at.write("数量", "200")
    at.choose("单位", "人")
    at.write("价格或预算（元）", price)
    at.write("联系人", contact[0])
    at.write("电话", contact[1])
    at.press("保存").sees(title, "草稿")
    at.follow("预览并发布").sees(title)
    assert contact[1] not in at.page.content()
    return at.press("发布").sees("已发布")
