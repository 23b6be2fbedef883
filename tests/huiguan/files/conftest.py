"""A storage of its own for each test, purposes for every kind of file, and files to choose."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from huiguan import capability
from huiguan.capability import Capability, Place
from huiguan.files.places import backend_at
from huiguan.files.purposes import DOCUMENTS, PICTURES, Purpose

PURPOSES = (
    Purpose("attic.paper", "附件", "members.view", DOCUMENTS, most_megabytes=2),
    Purpose("attic.photo", "照片", "members.view", PICTURES),
    Purpose("attic.secret", "密件", "people.change", DOCUMENTS),
)


@pytest.fixture(autouse=True)
def stored(settings: Any, tmp_path: Path) -> Path:
    """Where the objects of this test lie."""
    folder = tmp_path / "objects"
    settings.STORAGES = {**settings.STORAGES, "files": backend_at(f"file://{folder}")}
    return folder


@pytest.fixture(autouse=True)
def _attic(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that declares the purposes."""
    attic = Capability(name="attic", label="阁楼", icon="file", order=999, files=PURPOSES)
    capability.capabilities()  # the others are found first
    monkeypatch.setitem(capability._capabilities, (Place.CHAMBER, "attic"), attic)
    monkeypatch.setitem(capability._modules, (Place.CHAMBER, "attic"), "huiguan.files")


@pytest.fixture
def member(changde: Any, working: Callable[[str], Any]) -> Any:
    """Of Changde, where Qin works."""
    from tenants.members.models import Member

    working("qin")
    return Member.objects.create(name="鼎盛建材")


def chosen(content: bytes, name: str = "文件") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(mode: str = "RGB", size: tuple[int, int] = (60, 40), kind: str = "PNG", **saved: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else (200, 30, 30, 90)[: len(mode)]).save(buffer, kind, **saved)
    return buffer.getvalue()


def archive(*names: str) -> bytes:
    """A zip with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, b"<x/>")
    return buffer.getvalue()


WORKBOOK = ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")
LETTER = ("[Content_Types].xml", "word/document.xml")
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
