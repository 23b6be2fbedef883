"""What a secretary's hands and eyes meet: keys, picking rows, questions before deeds, phones, contrast."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.core.paginator import Paginator
from django.utils.timezone import now

from huiguan.kit.charts import Chart, Series

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
RESOURCE = {"label": "会员", "label_plural": "会员", "icon": "users", "list_url": "/members/member/"}
NAMES = ("鼎盛建材", "洞庭供应链", "武陵餐饮")


class Filters(forms.Form):
    level = forms.ChoiceField(label="层级", choices=[("", "全部"), ("core", "核心层")], required=False)
    trade = forms.ChoiceField(
        label="行业", choices=[("", "全部"), *((n, f"行业{n}") for n in range(20))], required=False
    )


def shell(place: str = "chamber") -> dict[str, Any]:
    nav = [("工作台", "/", "home"), ("会员", "/members/member/", "users"), ("共享台账", "/ledger/message/", "send")]
    items = [{"label": label, "url": url, "icon": icon, "active": url == "/"} for label, url, icon in nav]
    return {
        "place": place,
        "title": "西安市常德商会",
        "initial": "常",
        "person": "秦若兰",
        "nav": items,
        "search_url": "/search/",
    }


def row(at: int, name: str) -> dict[str, Any]:
    texts = (("名称", name, ""), ("联系人", "周文华", ""), ("状态", "逾期", "overdue"))
    cells = [{"label": label, "text": text, "badge": badge} for label, text, badge in texts]
    return {"record": {"pk": at, "status": "overdue"}, "url": f"/members/member/{at}/", "title": name, "cells": cells}


def a_list() -> tuple[str, dict[str, Any]]:
    actions = [
        {"name": "remind", "label": "提醒", "confirm": False, "danger": False},
        {"name": "delete", "label": "删除", "confirm": True, "danger": True},
    ]
    return "screens/record_list.html", {
        "shell": shell(),
        "resource": RESOURCE,
        "columns": [
            {"label": "名称", "sort_url": "?sort=name", "sorted": "asc"},
            {"label": "联系人"},
            {"label": "状态"},
        ],
        "rows": [row(at, name) for at, name in enumerate(NAMES)],
        "page": Paginator(range(90), 3).get_page(2),
        "filter_form": Filters(),
        "bulk_actions": actions,
        "bulk_url": "/members/member/bulk/",
        "new_url": "/members/member/new/",
    }


def a_record() -> tuple[str, dict[str, Any]]:
    moves = [{"label": "受理", "url": "/move/", "danger": False}, {"label": "撤销", "url": "/undo/", "danger": True}]
    facts = [{"label": "行业", "text": "建材"}, {"label": "经营范围", "text": "石材加工。" * 30, "is_long": True}]
    changes = [{"label": "职务", "before": "理事", "after": "副会长"}]
    history = [{"at": now(), "actor": "秦若兰", "verb": "修改", "changes": changes}]
    related = [{"label": "联系人", "rows": [{"title": "周文华", "url": "/x/"}]}]
    shown = {"facts": facts, "moves": moves, "history": history, "related": related, "edit_url": "/edit/"}
    return "screens/record_detail.html", {"shell": shell(), "resource": RESOURCE, "record": "鼎盛建材", **shown}


def a_workbench() -> tuple[str, dict[str, Any]]:
    figures = [{"label": "会员", "value": 1286, "unit": "家", "trend": 3.2, "url": "/", "icon": "users"}]
    items = [
        {"title": "确认参会代表", "url": "/", "why": "已逾期", "due": now(), "level": "late", "action_label": "填写"}
    ]
    charts = [
        Chart("会费", ["一月", "二月"], [Series("今年", [12, 18])]),
        Chart("诉求", ["劳资"], [Series("件", [3])], kind="pie"),
    ]
    return "screens/workbench.html", {
        "shell": shell("federation"),
        "figures": figures,
        "items": items,
        "charts": charts,
    }


PAGES = {
    "/": a_workbench,
    "/members/member/": a_list,
    "/members/member/1/": a_record,
    "/members/member/bulk/": a_list,
    "/members/member/new/": a_record,
}


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    return {path: page() for path, page in PAGES.items()}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("light", 390), ("dark", 1280)])
@pytest.mark.parametrize("path", ["/", "/members/member/", "/members/member/1/"])
def test_a_page_is_readable_for_everyone_and_breaks_no_rule(desk, path, scheme, width):
    at = desk(pages(), width=width, scheme=scheme)
    page = at.open(path)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert at.complaints == []


def test_a_chart_is_drawn_under_the_strict_policy(desk):
    page = desk(pages()).open("/")
    page.wait_for_selector("#chart-1 canvas")
    page.wait_for_selector("#chart-2 canvas")


def test_a_chart_out_of_view_is_drawn_when_it_is_reached_or_printed(desk):
    template, context = a_workbench()
    below = {**context, "items": context["items"] * 40}
    for reach in (
        lambda page: page.locator("#chart-2").scroll_into_view_if_needed(),
        lambda page: page.evaluate("dispatchEvent(new Event('beforeprint'))"),
    ):
        page = desk({"/": (template, below)}, width=390).open("/")
        page.wait_for_function("window.echarts")
        for _frame in range(2):  # what is in view is told after the first
            page.evaluate("new Promise(requestAnimationFrame)")
        assert page.locator(".hg-chart canvas").count() == 0
        reach(page)
        page.wait_for_selector("#chart-2 canvas")


def test_a_slash_searches_and_a_letter_typed_there_stays_a_letter(desk):
    page = desk(pages()).open("/members/member/")
    page.keyboard.press("/")
    page.keyboard.type("gn?/")
    assert page.locator("#search").input_value() == "gn?/"
    assert page.url.endswith("/members/member/")


def test_g_and_a_letter_go_to_a_place_and_n_makes_a_new_record(desk):
    page = desk(pages()).open("/")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/members/member/")
    page.keyboard.press("n")
    page.wait_for_url("**/members/member/new/")


def test_a_question_mark_lists_the_keys(desk):
    page = desk(pages()).open("/")
    page.keyboard.press("?")
    assert [key.text_content() for key in page.locator("#help [data-key]").all()] == ["h", "m", "l"]
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_typing_a_search_changes_the_rows_and_the_address_without_empty_filters(desk):
    at = desk(pages())
    page = at.open("/members/member/")
    page.fill("#q", "鼎盛")
    page.wait_for_url("**/members/member/?q=*")
    asked = at.asked[-1]
    assert asked.headers["hx-request"] == "true"
    assert asked.url.endswith("?q=%E9%BC%8E%E7%9B%9B")
    assert page.locator("#records table").count() == 1


def test_picked_rows_are_counted_and_acted_on(desk):
    at = desk(pages())
    page = at.open("/members/member/")
    assert not page.locator(".hg-bulk").is_visible()
    page.locator("input[name=chosen]").nth(1).check()
    assert page.locator(".hg-bulk strong").text_content() == "1"
    page.get_by_role("button", name="提醒").click()
    page.wait_for_url("**/bulk/")
    assert at.posted()[0]["chosen"] == ["1"]
    assert at.posted()[0]["action"] == ["remind"]


def test_deleting_asks_once_and_cancelling_does_nothing(desk):
    at = desk(pages())
    page = at.open("/members/member/")
    page.locator("thead input[type=checkbox]").check()
    page.get_by_role("button", name="删除").click()
    assert "删除" in (page.locator("#confirm [data-question]").text_content() or "")
    page.get_by_role("button", name="取消", exact=True).click()
    assert at.posted() == []
    page.get_by_role("button", name="删除").click()
    page.get_by_role("button", name="确定").click()
    page.wait_for_url("**/bulk/")
    assert at.posted()[0]["chosen"] == ["0", "1", "2"]
    assert at.posted()[0]["action"] == ["delete"]


def test_a_long_list_of_choices_is_searched_by_typing(desk):
    page = desk(pages()).open("/members/member/")
    page.get_by_role("button", name="筛选").click()
    page.locator("#id_trade-ts-control").fill("行业17")
    page.keyboard.press("Enter")
    page.wait_for_url("**?trade=17")


def test_on_a_phone_each_cell_says_what_it_is(desk):
    page = desk(pages(), width=390).open("/members/member/")
    label = "getComputedStyle(document.querySelector('td:nth-of-type(3)'), '::before').content"
    assert page.evaluate(label) == '"联系人"'


def test_on_a_phone_the_menu_opens(desk):
    page = desk(pages(), width=390).open("/")
    assert not page.get_by_role("link", name="共享台账").is_visible()
    page.get_by_role("button", name="打开菜单").click()
    page.get_by_role("link", name="共享台账").wait_for()
