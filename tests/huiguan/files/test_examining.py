"""What is taken is told by its content; what is hostile is refused in a sentence or loses its sting (goal G10)."""

import io
import resource
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from huiguan.files import images
from huiguan.files.contents import examined
from huiguan.files.names import safe_name
from huiguan.files.purposes import Kind, purpose
from tests.huiguan.files.conftest import LETTER, PDF, WORKBOOK, archive, chosen, picture

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
GPS = 0x8825
HERE = Path(__file__).parent


def png_of(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and is 50 kB."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(50_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name in WORKBOOK:
            made.writestr(name, b"<x/>")
        made.writestr("xl/media/bomb.xml", bytes(20_000_000))
    return buffer.getvalue()


def linked() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in WORKBOOK:
            made.writestr(name, b"<x/>")
        link = zipfile.ZipInfo("xl/link")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def locked() -> bytes:
    data = bytearray(archive(*WORKBOOK))
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    return bytes(data)


REFUSED = {
    "svg with a script": (SVG, "类型"),
    "html as jpg": (HTML, "类型"),
    "gif": (picture(kind="GIF"), "类型"),
    "bmp": (picture(kind="BMP"), "类型"),
    "tiff": (picture(kind="TIFF"), "类型"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n(%stdin) (r) file", "类型"),
    "program": (b"MZ" + bytes(500), "类型"),
    "old excel": (b"\xd0\xcf\x11\xe0" + bytes(500), "类型"),
    "empty": (b"", "空"),
    "blank": (b"   \n", "类型"),
    "cut off picture": (picture(size=(300, 300))[:90], "类型"),
    "png of 50,000 x 50,000": (png_of(50_000, 50_000), "尺寸过大"),
    "png of 2 x 60,000": (png_of(2, 60_000), "尺寸过大"),
    "pdf cut off": (PDF[:-8], "损坏"),
    "pdf behind a page": (HTML + PDF, "类型"),
    "zip": (archive("a.txt"), "类型"),
    "jar": (archive("META-INF/MANIFEST.MF", "A.class"), "类型"),
    "open document": (archive("mimetype", "content.xml"), "类型"),
    "cut off workbook": (archive(*WORKBOOK)[:-30], "损坏"),
    "workbook with macros": (archive(*WORKBOOK, "xl/vbaProject.bin"), "宏"),
    "letter with a control": (archive(*LETTER, "word/activeX/activeX1.bin"), "宏"),
    "workbook with a password": (locked(), "密码"),
    "workbook that leaves its folder": (archive(*WORKBOOK, "../../evil.xml"), "损坏"),
    "workbook with a link": (linked(), "损坏"),
    "workbook with parts twice": (archive(*WORKBOOK, "XL/workbook.xml"), "损坏"),
    "workbook that is a bomb": (bomb(), "解压"),
    "workbook of 3,000 parts": (archive(*WORKBOOK, *(f"xl/{n}.xml" for n in range(3000))), "解压"),
    "too large": (PDF[:-6] + bytes(3_000_000) + PDF[-6:], "2 MB"),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_what_is_hostile_or_broken_is_refused_in_a_sentence(case: str) -> None:
    data, sign = REFUSED[case]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(ValidationError) as refused:
        examined(chosen(data, "照片.jpg"), purpose("attic.paper"))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert sign in refused.value.messages[0]
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x", "x.jpg.exe", ""])
def test_a_name_never_says_what_a_file_is(name: str) -> None:
    content = examined(chosen(PDF, name or "x"), purpose("attic.paper"))
    assert (content.kind, content.content_type, content.name[-4:]) == (Kind.PDF, "application/pdf", ".pdf")


@pytest.mark.parametrize(
    ("data", "kind"), [(archive(*WORKBOOK), "xlsx"), (archive(*LETTER), "docx"), (PDF, "pdf"), (picture(), "image")]
)
def test_documents_are_kept_as_they_are_and_pictures_are_drawn_again(data: bytes, kind: str) -> None:
    content = examined(chosen(data), purpose("attic.paper"))
    assert content.kind == kind
    assert (content.data == data) == (kind != "image")


def test_a_purpose_takes_only_its_kinds() -> None:
    with pytest.raises(ValidationError, match="图片"):
        examined(chosen(PDF), purpose("attic.photo"))


def test_a_picture_loses_where_it_was_taken_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # held on its side
    exif.get_ifd(GPS)[2] = (34.0, 15.0, 0.0)
    exif[0x010F] = "CNRY-camera"
    data = picture(size=(80, 40), kind="JPEG", exif=exif, comment=b"CNRY-comment")
    assert b"CNRY-camera" in data
    content = examined(chosen(data), purpose("attic.photo"))
    assert (content.width, content.height) == (40, 80)
    drawn = Image.open(io.BytesIO(content.data))
    assert not drawn.getexif()
    assert b"CNRY" not in content.data


def test_what_was_hidden_behind_a_picture_is_gone() -> None:
    for hidden in (HTML, archive("evil.class"), b"<?php system($_GET[0]) ?>"):
        content = examined(chosen(picture(kind="JPEG", comment=hidden) + hidden), purpose("attic.photo"))
        assert hidden not in content.data
        assert hidden not in content.small


def test_text_in_a_png_is_gone() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "CNRY-author")
    content = examined(chosen(picture("RGBA", pnginfo=info)), purpose("attic.photo"))
    assert content.content_type == "image/png"
    assert b"CNRY" not in content.data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_becomes_one_of_at_most_2000_points_and_a_small_one(kind: str) -> None:
    content = examined(chosen(picture(size=(2600, 1300), kind=kind)), purpose("attic.photo"))
    assert (content.width, content.height) == (2000, 1000)
    assert Image.open(io.BytesIO(content.small)).size == (320, 160)
    assert content.content_type == "image/jpeg"


def test_a_picture_of_a_phone_in_heic_is_taken() -> None:
    data = (HERE / "photo.heic").read_bytes()
    content = examined(chosen(data, "IMG_0001.HEIC"), purpose("attic.photo"))
    assert content.content_type == "image/jpeg"
    assert content.name == "IMG_0001.jpg"


def test_a_seal_on_white_paper_becomes_its_ink() -> None:
    paper = Image.new("RGB", (40, 20), "white")
    paper.paste((200, 30, 30), (0, 0, 20, 20))
    buffer = io.BytesIO()
    paper.save(buffer, "PNG")
    drawn = images.draw(buffer.getvalue(), most_pixels=100, is_ink=True)
    inked = Image.open(io.BytesIO(drawn.content))
    assert inked.getpixel((30, 10))[3] == 0  # type: ignore[index]
    assert inked.getpixel((5, 10))[3] > 200  # type: ignore[index, operator]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("报告.pdf", "报告.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\文件\\章程.docx", "章程.pdf"),
        ("年检\u202efdp.exe", "年检fdp.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("...", "附件.pdf"),
        ("", "附件.pdf"),
        ('con<>:"|?*.pdf', "con.pdf"),
        ("长" * 300 + ".pdf", "长" * 80 + ".pdf"),
        ("\u200b\ufeff.pdf", "附件.pdf"),
    ],
)
def test_names_are_short_and_hide_nothing(given: str, kept: str) -> None:
    assert safe_name(given, "pdf", "附件") == kept
