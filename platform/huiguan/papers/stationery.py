"""What papers are printed on: the letterhead with its pictures, read once however many papers there are."""

from dataclasses import dataclass, field
from typing import Any

from huiguan.files.keeping import content_of
from huiguan.files.models import KeptFile
from huiguan.kit.colours import readable_accent
from huiguan.papers.models import Letterhead
from huiguan.tenancy.binding import current_chamber

ACCENT = "#b42318"
EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True)
class Stationery:
    """`pictures` by the names that a layout reads them under."""

    letterhead: dict[str, Any]
    pictures: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def current(cls) -> "Stationery":
        """The bound chamber's."""
        return cls.of(Letterhead.current())

    @classmethod
    def of(cls, letterhead: Letterhead) -> "Stationery":
        said: dict[str, Any] = {name: getattr(letterhead, name) for name in ("name", "subtitle", "address", "phone")}
        said["accent"] = _accent()
        pictures = {}
        for name in ("logo", "seal"):
            kept: KeptFile | None = getattr(letterhead, name)
            said[name] = f"{name}.{EXTENSIONS[kept.content_type]}" if kept else None
            if kept:
                pictures[said[name]] = content_of(kept)
        return cls(said, pictures)

    @property
    def has_seal(self) -> bool:
        return self.letterhead["seal"] is not None


def _accent() -> str:
    chamber = current_chamber()
    return readable_accent(chamber.accent if chamber else None) or ACCENT
