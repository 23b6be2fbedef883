"""Every text that code and templates show is found, with its context, plural and placeholders."""

from pathlib import Path

from huiguan.texts.catalogues import find_catalogues, po_text
from huiguan.texts.extracting import extract_catalogue, texts_of
from huiguan.texts.merging import merge

CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, npgettext_lazy, pgettext_lazy as _in

LABEL = _("Members")
LONG = _("Import the register, "
         "then correct it.")
MONTH = _in("month", "May")

def say(n):
    # Translators: on the desk
    return ngettext("One case", "%(n)s cases", n) % {"n": n}, npgettext_lazy("seat", "one", "many", n)
"""

TEMPLATE = """
{% load i18n %}
      {% translate "Hello" %}
  {% translate 'May' context "month" %} it's "quoted" (
{% blocktranslate count n=cases|length trimmed %}
    There is {{ n }} case
  {% plural %}
    There are {{ n }} cases
{% endblocktranslate %}
    {% blocktranslate with name=user.name context "letter" trimmed %}
  Dear {{ name }},
  100% paid
 {% endblocktranslate %}
{% include "x.html" with title=_("Inner title") %} {{ x|default:_("None yet") }}
{% comment %}{% translate "Not me" %}{% endcomment %}
"""


def found_in(path: Path, content: str) -> set[tuple[object, str | None]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return {(text, context) for text, context, _comments in texts_of(path)}


def test_python_texts_are_found_whatever_the_functions_are_called(tmp_path: Path) -> None:
    assert found_in(tmp_path / "models.py", CODE) == {
        ("Members", None),
        ("Import the register, then correct it.", None),
        ("May", "month"),
        (("One case", "%(n)s cases"), None),
        (("one", "many"), "seat"),
    }


def test_template_texts_are_found_in_tags_blocks_and_filters(tmp_path: Path) -> None:
    assert found_in(tmp_path / "templates" / "page.html", TEMPLATE) == {
        ("Hello", None),
        ("May", "month"),
        (("There is %(n)s case", "There are %(n)s cases"), None),
        ("Dear %(name)s, 100%% paid", "letter"),
        ("Inner title", None),
        ("None yet", None),
    }


def house(root: Path) -> Path:
    for name, content in {
        "tenants/members/__init__.py": "",
        "tenants/members/models.py": '_("Members")',
        "tenants/members/migrations/0001_initial.py": '_("Never shown")',
        "tenants/members/templates/members/list.html": '{% translate "Add a member" %}',
        "platform/huiguan/roles.py": '_("Treasurer")',
        "platform/huiguan/inbox/messages.py": '_("Inbox")',
        "platform/huiguan/inbox/locale/zh_Hans/LC_MESSAGES/django.po": "",
        "templates/base.html": '{% translate "Sign out" %}',
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    return root


def test_each_folder_keeps_its_own_texts_and_the_rest_is_the_platforms(tmp_path: Path) -> None:
    texts = {
        each.name: {text.id for text in extract_catalogue(each) if text.id} for each in find_catalogues(house(tmp_path))
    }
    assert texts == {
        "tenants/members": {"Members", "Add a member"},
        "inbox": {"Inbox"},
        "platform": {"Treasurer", "Sign out"},
    }


def test_extracting_keeps_translations_drops_what_is_gone_and_guesses_nothing(tmp_path: Path) -> None:
    members = next(each for each in find_catalogues(house(tmp_path)) if each.name == "tenants/members")
    members.po.parent.mkdir(parents=True)
    members.po.write_text(
        '# same\nmsgid "Members"\nmsgstr "会员"\n\nmsgid "Add a membre"\nmsgstr "添加会员"\n', "utf-8"
    )
    assert members.write(merge(extract_catalogue(members), members.read()))
    written = members.po.read_text("utf-8")
    assert written.endswith('msgid "Add a member"\nmsgstr ""\n\n# same\nmsgid "Members"\nmsgstr "会员"\n')
    assert "Date" not in written and "fuzzy" not in written


def test_extracting_twice_changes_nothing(tmp_path: Path) -> None:
    for each in find_catalogues(house(tmp_path)):
        each.write(merge(extract_catalogue(each), each.read()))
        assert not each.write(merge(extract_catalogue(each), each.read()))
        assert each.po.read_text("utf-8") == po_text(each.read())
