"""The components say what they must say, and let nothing through unescaped."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.paginator import Paginator
from django.template import Context, engines

from huiguan.kit.charts import Chart, Series
from huiguan.kit.content import entries_of, verbatim
from huiguan.kit.notices import UNDO, undo_url_of
from huiguan.kit.statuses import LEVELS, WORDS, level, level_of

EVIL = "<script>alert(1)</script>"


def drawn(source, **context):
    template = engines["django"].from_string("{% load kit %}" + source)
    return BeautifulSoup(template.template.render(Context(context)), "html.parser")


def test_an_icon_is_for_the_eye_only():
    icon = drawn('{% icon "users" %}').svg
    assert icon["aria-hidden"] == "true"
    assert icon.path


def test_an_unknown_icon_draws_a_dot_and_breaks_no_page():
    assert drawn('{% icon "no-such-icon" %}') == drawn('{% icon "point" %}')


@pytest.mark.parametrize(
    "source",
    [
        '{% badge text "danger" %}',
        "{% card title=text %}{{ text }}{% endcard %}",
        "{% avatar text %}",
        "{% empty_state text text %}",
    ],
)
def test_a_component_escapes_what_people_typed(source):
    assert drawn(source, text=EVIL).find("script") is None


def test_a_status_shows_words_and_a_level():
    record = SimpleNamespace(status="overdue", get_status_display=lambda: "逾期")
    badge = drawn("{% status record %}", record=record).span
    assert badge.text == "逾期"
    assert "bg-red-lt" in badge["class"]


def test_a_record_without_a_status_shows_no_badge():
    assert drawn("{% status record %}", record=SimpleNamespace()).find() is None


def test_a_model_may_name_the_level_of_its_own_state():
    record = SimpleNamespace(status="held", status_levels={"held": "success"})
    assert level_of(record) == "success"


def test_no_state_has_two_levels_and_every_level_is_known():
    words = [word for each in WORDS.values() for word in each.split()]
    assert len(words) == len(set(words))
    assert set(WORDS) < set(LEVELS)
    assert level("danger") == "danger"


class Enrolment(forms.Form):
    name = forms.CharField(label="名称", help_text="全称")
    day = forms.DateField(label="日期", required=False)
    trade = forms.ChoiceField(label="行业", choices=[(n, n) for n in range(20)])
    consent = forms.BooleanField(label="同意")


@pytest.fixture
def refused():
    return drawn("{% form_fields form %}", form=Enrolment({"name": "", "day": "2026-02-30", "trade": "3"}))


def test_a_refused_form_says_why_beside_the_field_and_keeps_what_was_typed(refused):
    name, day = refused.find(id="id_name"), refused.find(id="id_day")
    assert "is-invalid" in name["class"]
    assert refused.find(id="id_name_error").text.strip()
    assert {"id_name_error", "id_name_helptext"} <= set(name["aria-describedby"].split())
    assert day["value"] == "2026-02-30"


def test_every_control_has_a_label(refused):
    controls = refused.find_all(["input", "select", "textarea"])
    labelled = {label["for"] for label in refused.find_all("label")}
    assert {control["id"] for control in controls} <= labelled


def test_a_day_is_typed_with_the_browsers_own_picker(refused):
    assert refused.find(id="id_day")["type"] == "date"


def test_a_long_list_of_choices_can_be_searched(refused):
    assert refused.find(id="id_trade").has_attr("data-searchable")


CHART = Chart("会费", ["一月", "二月"], [Series("今年", [12, None])], unit="万元")


def test_a_chart_has_the_same_figures_as_a_table():
    page = drawn('{% chart "dues" spec %}', spec=CHART)
    assert [cell.text for cell in page.table.find_all("td")] == ["12万元", "—"]
    assert page.find(id="dues-spec")["type"] == "application/json"
    assert page.find(id="dues")["data-spec"] == "dues-spec"


def test_a_chart_cannot_close_its_own_script():
    page = drawn('{% chart "dues" spec %}', spec=Chart("</script><b>", ["</script>"], [Series("</script>", [1])]))
    assert len(page.find_all("script")) == 1


def test_an_empty_chart_says_so():
    page = drawn('{% chart "dues" spec %}', spec=Chart("会费", ["一月"], [Series("今年", [None])]))
    assert page.find(attrs={"data-spec": True}) is None


def test_a_dangerous_move_asks_first_and_names_itself():
    moves = [{"label": "结案", "url": "/a/", "danger": False}, {"label": "撤销", "url": "/b/", "danger": True}]
    first, second = drawn("{% moves moves %}", moves=moves).find_all("form")
    assert not first.has_attr("data-confirm")
    assert second["data-confirm"] == "撤销"


def test_a_page_of_many_names_its_place_and_its_neighbours(rf):
    page = Paginator(range(95), 10).get_page(4)
    links = drawn("{% pagination page %}", page=page, request=rf.get("/?q=常德&page=4")).find_all("a")
    assert [link["href"] for link in links if link.get("rel")] == [
        "?q=%E5%B8%B8%E5%BE%B7&page=3",
        "?q=%E5%B8%B8%E5%BE%B7&page=5",
    ]
    assert next(link.text for link in links if link.get("aria-current")) == "4"


def test_a_progress_bar_asks_again_only_while_there_is_something_to_ask():
    assert drawn('{% progress 40 "读取" "/progress/" %}').find(attrs={"hx-get": "/progress/"})
    assert drawn('{% progress 100 "完成" %}').find(attrs={"hx-get": True}) is None


def test_a_message_is_told_with_labels_and_word_for_word():
    content = {"title": "专家", "regions": ["西安", "咸阳"], "contact": {"phone": "029"}, "own_word": None}
    shown = {label: (text, parts) for label, text, parts in entries_of(content)}
    assert list(shown) == ["标题", "地区", "联系人", "own word"]
    assert shown["地区"][0] == "西安、咸阳"
    assert shown["联系人"][1] == [{"phone": "029"}]
    assert '"regions": [\n' in verbatim(content)
    assert "专家" in verbatim(content)


def test_an_undo_address_comes_out_of_a_message_and_of_nothing_else():
    assert undo_url_of(SimpleNamespace(extra_tags=f"{UNDO}/imports/5/undo/")) == "/imports/5/undo/"
    assert undo_url_of(SimpleNamespace(extra_tags="wide")) == ""


def item(label, url, *, active=False, children=()):
    return {"label": label, "url": url, "icon": "users", "active": active, "children": list(children)}


def test_a_menu_is_drawn_anew_for_whatever_differs():
    here, there = item("会员", "/members/", active=True), item("会费", "/dues/")
    first = drawn("{% menu items %}", items=[here, there])
    assert [link.text.strip() for link in first.find_all("a")] == ["会员", "会费"]
    assert first.find("a", href="/members/")["aria-current"] == "page"
    moved = drawn("{% menu items %}", items=[{**here, "active": False}, {**there, "active": True}])
    assert [link["href"] for link in moved.find_all(attrs={"aria-current": True})] == ["/dues/"]
    assert len(drawn("{% menu items %}", items=[here]).find_all("a")) == 1


def test_a_menu_lets_no_markup_through_however_often_it_is_drawn():
    items = [item(EVIL, "/x/", children=[item(EVIL, "/x/a/"), item("乙", "/x/b/")])]
    for _time in range(2):
        menu = drawn("{% menu items %}", items=items)
        assert menu.find("script") is None
        assert EVIL in menu.text
