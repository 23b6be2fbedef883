"""A chamber's own key on its way to another place: without it no backup of the chamber can be read there."""

import json
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huiguan.ciphers.models import ChamberKey, DataKey
from huiguan.ciphers.ring import add_first_data_key, admit_key, data_purpose, forget, opened, purpose_of
from huiguan.ciphers.wrapping import WrongKey, master, master_named, master_of, name_of, unwrap, wrap


class NoKeyHere(Exception):
    """The message says what is missing."""


@dataclass(frozen=True)
class Handed:
    """A chamber's own key, and the master key of the installation that it goes to."""

    chamber_id: uuid.UUID
    key: bytes = field(repr=False)
    master: bytes = field(repr=False)


def key_of(chamber_id: uuid.UUID, master_file: Path | None = None) -> Handed:
    """For an installation whose MASTER_KEY is in a file; without one, for this one's own."""
    held = ChamberKey.objects.get(pk=chamber_id)
    return Handed(chamber_id, opened(held), master_of(master_file.read_text()) if master_file else master())


def write(handed: Handed, path: Path) -> None:
    """Wrapped by the master key of where it goes. To be kept apart from the backups, and destroyed with the chamber."""
    wrapped = wrap(handed.key, handed.master, purpose_of(handed.chamber_id))
    said = {"chamber": str(handed.chamber_id), "master": name_of(handed.master), "wrapped": wrapped}
    path.touch(0o600, exist_ok=False)
    path.write_text(json.dumps(said))


def read(path: Path) -> Handed:
    """Raises NoKeyHere when it is no such file, or is for another installation."""
    try:
        said = json.loads(path.read_text())
        chamber_id = uuid.UUID(said["chamber"])
        key = unwrap(said["wrapped"], master_named(said["master"]), purpose_of(chamber_id))
    except (OSError, ValueError, KeyError, TypeError, WrongKey) as error:
        raise NoKeyHere(f"{path} cannot be read as a chamber's key: {error}") from error
    return Handed(chamber_id, key, master())


def rows_for_a_backup(chamber_id: uuid.UUID) -> list[dict[str, Any]]:
    """The data keys, wrapped by the chamber's own key, which is not among them."""
    rows = DataKey.objects.using("owner").filter(chamber_id=chamber_id).order_by("made_at", "id")
    return [{"id": r.id, "wrapped": r.wrapped, "made_at": r.made_at.isoformat()} for r in rows]


def refuse_without_key(chamber_id: uuid.UUID, rows: list[dict[str, Any]], handed: Handed | None) -> None:
    """Raises NoKeyHere when what a backup holds could not be read here afterwards."""
    held = ChamberKey.objects.using("owner").filter(pk=chamber_id).first()
    if not rows:
        return
    if handed is None and held is None:
        raise NoKeyHere("Its key is not here: bring it with --key, from `huiguan chamber key` where it was backed up.")
    try:
        key = handed.key if handed else opened(held)  # type: ignore[arg-type]
        unwrap(rows[-1]["wrapped"], key, data_purpose(rows[-1]["id"]))
    except WrongKey as error:
        raise NoKeyHere(f"The key is not the one that the backup was made with: {error}") from error


def admit(chamber_id: uuid.UUID, rows: list[dict[str, Any]], handed: Handed | None) -> None:
    """On the owner's login, in its transaction: the chamber's key, and the data keys that are not here yet."""
    if handed is not None:
        admit_key(chamber_id, handed.key, using="owner", by=handed.master)
    elif not rows and not ChamberKey.objects.using("owner").filter(pk=chamber_id).exists():
        add_first_data_key(chamber_id, using="owner")
    made = [DataKey(chamber_id=chamber_id, **row) for row in rows]
    DataKey.objects.using("owner").bulk_create(made, ignore_conflicts=True)


def meet_again(chamber_id: uuid.UUID, rows: list[dict[str, Any]]) -> None:
    """Keys that rows of a restored backup have: they are asked by until those rows have the newest."""
    known = DataKey.objects.using("owner").filter(chamber_id=chamber_id, pk__in=[row["id"] for row in rows])
    known.update(retired_at=None)
    forget(chamber_id)


def destroy(chamber_id: uuid.UUID) -> None:
    """On the owner's login. Whatever was encrypted for the chamber, in whichever backup, can never be read again."""
    ChamberKey.objects.using("owner").filter(pk=chamber_id).delete()
    DataKey.objects.using("owner").filter(chamber_id=chamber_id).delete()
