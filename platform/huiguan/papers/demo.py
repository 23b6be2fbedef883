"""The demo's letterheads: every chamber's address and account; in Changde a logo and a seal marked as the demo's."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from huiguan.files.contents import examined
from huiguan.files.purposes import purpose
from huiguan.papers import drawing
from huiguan.papers.actions import change_letterhead
from huiguan.papers.models import Letterhead

WITH_PICTURES = "changde"
STREETS = ("锦业路 18 号", "高新四路 6 号", "未央路 129 号", "太白南路 21 号", "科技路 30 号", "凤城八路 9 号")
SIGNATORIES = {"changde": "会长 陶远山"}


def load_demo(stage: Any) -> None:
    for at, slug in enumerate(stage.chambers):
        with stage.working(slug) as chamber:
            change_letterhead(_letterhead(chamber, at), **(_pictures(chamber) if slug == WITH_PICTURES else {}))


def _letterhead(chamber: Any, at: int) -> Letterhead:
    return Letterhead(
        name=chamber.name,
        address=f"西安市雁塔区{STREETS[at % len(STREETS)]}湘商大厦 {at + 3} 层",
        phone=f"029-8800 {1200 + at}",
        signatory=SIGNATORIES.get(chamber.slug, ""),
        account_name=chamber.name,
        bank="长安银行西安高新支行",
        account=f"8061 0001 {421_000 + at * 37} 01",
    )


def _pictures(chamber: Any) -> dict[str, Any]:
    drawn = {
        "logo": drawing.logo(chamber.short_name[:1], chamber.accent),
        "seal": drawing.seal(chamber.name, below="演示专用"),
    }
    return {
        name: examined(SimpleUploadedFile(f"{name}.png", content), purpose(f"papers.{name}"))
        for name, content in drawn.items()
    }
