"""Django reads what was compiled, in both scripts, and nothing is compiled twice."""

import gettext
import os
from pathlib import Path

import pytest

from huiguan.texts.catalogues import Catalogue
from huiguan.texts.compiling import compile_catalogues

PO = """
msgid "Secretariat"
msgstr "秘书处"

msgctxt "month"
msgid "May"
msgstr "五月"

msgid "%(n)s case"
msgid_plural "%(n)s cases"
msgstr[0] "%(n)s 件诉求"

#, fuzzy
msgid "Guessed"
msgstr "猜的"
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    made = Catalogue("tenants/desk", (tmp_path,), tmp_path / "locale")
    made.po.parent.mkdir(parents=True)
    made.po.write_text(PO, "utf-8")
    return made


def compiled(catalogue: Catalogue, language: str) -> gettext.GNUTranslations:
    with catalogue.mo(language).open("rb") as file:
        return gettext.GNUTranslations(file)


def test_both_scripts_are_made_from_the_simplified_one(catalogue: Catalogue) -> None:
    assert len(compile_catalogues([catalogue])) == 2
    simplified, traditional = compiled(catalogue, "zh_Hans"), compiled(catalogue, "zh_Hant")
    assert simplified.gettext("Secretariat") == "秘书处"
    assert traditional.gettext("Secretariat") == "秘書處"
    assert traditional.pgettext("month", "May") == "五月"
    assert traditional.ngettext("%(n)s case", "%(n)s cases", 3) == "%(n)s 件訴求"
    assert simplified.gettext("Guessed") == "Guessed"


def test_only_what_changed_is_compiled_again(catalogue: Catalogue) -> None:
    compile_catalogues([catalogue])
    os.utime(catalogue.po, (1, 1))
    assert compile_catalogues([catalogue]) == []
    catalogue.po.write_text(PO.replace("秘书处", "办公室"), "utf-8")
    os.utime(catalogue.po, (4_000_000_000, 4_000_000_000))
    assert len(compile_catalogues([catalogue])) == 2
    assert compiled(catalogue, "zh_Hans").gettext("Secretariat") == "办公室"


def test_an_untouched_catalogue_needs_no_file(tmp_path: Path) -> None:
    assert compile_catalogues([Catalogue("tenants/none", (tmp_path,), tmp_path / "locale")]) == []
