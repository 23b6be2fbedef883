"""Stationery that needs no chamber, papers, and a PDF read back."""

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from huiguan.files import images
from huiguan.files.places import backend_at
from huiguan.papers import drawing
from huiguan.papers.kinds import Item, Letter, Receipt
from huiguan.papers.stationery import Stationery

DAY = datetime.date(2026, 11, 25)


@pytest.fixture(autouse=True)
def stored(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGES = {**settings.STORAGES, "files": backend_at(f"file://{tmp_path / 'objects'}")}
    return tmp_path / "objects"


@pytest.fixture(scope="session")
def pictures() -> dict[str, bytes]:
    seal = images.draw(drawing.seal("西安市常德商会", below="演示专用"), most_pixels=600, is_ink=True)
    logo = images.draw(drawing.logo("常", "#b42318"), most_pixels=800)
    return {"logo.png": logo.content, "seal.png": seal.content}


@pytest.fixture
def stationery(pictures: dict[str, bytes]) -> Stationery:
    said = {
        "name": "西安市常德商会",
        "subtitle": "Xi'an Changde Chamber of Commerce",
        "address": "西安市雁塔区锦业路 18 号",
        "phone": "029-8800 1234",
        "accent": "#b42318",
        "logo": "logo.png",
        "seal": "seal.png",
    }
    return Stationery(said, pictures)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All words, without the spaces that the layout puts between them."""
    return "".join("".join(page.extract_text() for page in read(pdf).pages).split())


def fonts_of(pdf: bytes) -> dict[str, Any]:
    """Name and descriptor of every font of every page."""
    found = {}
    for page in read(pdf).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found[str(inner["/BaseFont"])] = inner["/FontDescriptor"].get_object()
    return found


def letter(**given: Any) -> Letter:
    said = {
        "heading": "关于召开年会的函",
        "to": "鼎盛建材：",
        "paragraphs": ["请准时出席。"],
        "signed_on": DAY,
        **given,
    }
    return Letter(**said)


def receipt(number: int = 123, **given: Any) -> Receipt:
    items = [Item("副会长会费", 1_200_000, "2026年度"), Item("年会赞助", 34_567)]
    said = {"heading": "会费收据", "number": f"2026-{number:06}", "payer": "湖南鼎盛建材有限公司", "items": items}
    return Receipt(**{**said, "signed_on": DAY, **given})  # type: ignore[arg-type]
