"""The fonts lie in the repository as they were fetched, cover what names are written with, and know what they lack."""

import hashlib
import json
import lzma
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from huiguan.papers import fonts
from huiguan.papers.vendor import BIG5_COMMON, GB2312_HANZI, PACKAGE, TITLE_FAMILY, _encoded

ENTRIES = json.loads(fonts.MANIFEST.read_text())


def unpacked(name: str) -> Path:
    return fonts.folder() / name


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_a_packed_font_is_the_one_that_was_made(entry: dict[str, str]) -> None:
    content = lzma.decompress((fonts.FOLDER / entry["file"]).read_bytes())
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert (entry["package"], entry["licence"]) == (PACKAGE.spec, "OFL-1.1")
    assert "SIL OPEN FONT LICENSE" in (fonts.FOLDER / "OFL.txt").read_text()


def test_the_fonts_take_less_than_nine_megabytes() -> None:
    assert sum(path.stat().st_size for path in fonts.FOLDER.iterdir()) < 9_000_000


def test_gb2312_gbk_and_the_common_traditional_characters_can_be_shown() -> None:
    gbk = _encoded("gbk", range(0x81, 0xFF), range(0x40, 0xFF))
    hanzi = [chr(c) for c in gbk if 0x3400 <= c <= 0x9FFF]
    assert len(hanzi) > 20_900
    assert fonts.missing("".join(hanzi)) == ""
    assert fonts.missing("".join(chr(c) for c in _encoded("big5", *BIG5_COMMON))) == ""
    assert fonts.missing("".join(map(chr, range(0x4E00, 0x9FA6)))) == ""


def test_rare_characters_of_names_can_be_shown() -> None:
    assert fonts.missing("䶮㛃𬍛喆堃犇祎玥珺𬭊𬶋𫚖㵽龘〇①㎡℃¥№") == ""


def test_what_no_font_has_is_named_once_each() -> None:
    assert fonts.missing("吉𠮷野𪚥𠮷\n家😀") == "𠮷𪚥😀"


def test_the_list_of_characters_is_what_the_text_font_has() -> None:
    inside = set(TTFont(unpacked("NotoSerifSC-Regular.ttf")).getBestCmap())
    assert inside == fonts._covered()


def test_titles_have_a_family_of_their_own_with_the_characters_of_titles() -> None:
    font = TTFont(unpacked("HuiguanTitle-SemiBold.ttf"))
    assert font["name"].getDebugName(1) == TITLE_FAMILY
    assert set(_encoded("gb2312", *GB2312_HANZI)) <= set(font.getBestCmap())


def test_a_packed_font_that_is_damaged_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTS_DIR", str(tmp_path / "fonts"))
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    for entry in ENTRIES:
        (tmp_path / entry["file"]).write_bytes(lzma.compress(b"another font"))
    with pytest.raises(fonts.FontMissing, match="not the font that was fetched"):
        fonts.folder()
    assert not list((tmp_path / "fonts").rglob("*.ttf"))
