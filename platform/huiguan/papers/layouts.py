"""Finds the layouts: the house's own beside this file, those of a folder in its `papers/`."""

from functools import cache
from pathlib import Path

from django.apps import apps

OURS = Path(__file__).parent / "layouts"


@cache
def files_for(layout: str) -> dict[str, bytes]:
    """All that a layout is made of, by the names it imports them under: the house's as `/paper.typ`.

    Raises LookupError for a layout that no folder has.
    """
    label = layout.rpartition("/")[0]
    found = {path.name: path.read_bytes() for path in OURS.glob("*.typ")}
    if label:
        folder = Path(apps.get_app_config(label).path) / "papers"
        found |= {f"{label}/{path.name}": path.read_bytes() for path in folder.glob("*.typ")}
    if f"{layout}.typ" not in found:
        raise LookupError(layout)
    return found
