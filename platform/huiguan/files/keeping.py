"""Keeps an upload as a chamber's file, within its plan, and reads it again."""

import io
import uuid
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from huiguan import entitlements, trail
from huiguan.actors import current_actor
from huiguan.files import storage
from huiguan.files.contents import Content, examined
from huiguan.files.models import KeptFile, megabytes
from huiguan.files.purposes import purpose as declared
from huiguan.records import Record
from huiguan.tenancy.binding import bound_chamber


def keep_file(*, about: Record | None, upload: Any, purpose: str) -> KeptFile:
    """`upload` is what a person chose, or the Content that a form has examined already.

    Raises ValidationError with a sentence for that person: the wrong kind, too large, no room in the plan.
    """
    [kept] = keep_files(about=about, uploads=[upload], purpose=purpose)
    return kept


@transaction.atomic
def keep_files(*, about: Record | None, uploads: Iterable[Any], purpose: str) -> list[KeptFile]:
    """All or none. What was written is removed at once when it is refused, by the sweep when the transaction fails."""
    chamber_id, wanted = _chamber_id(), declared(purpose)
    contents = [each if isinstance(each, Content) else examined(each, wanted) for each in uploads]
    assert {content.purpose for content in contents} <= {purpose}, "examined for what it is kept for"
    rows = [_row(about, content) for content in contents]
    try:
        for kept, content in zip(rows, contents, strict=True):
            _write(chamber_id, kept, content)
        _refuse_beyond_the_plan(chamber_id, sum(kept.size + kept.small_size for kept in rows))
    except BaseException:
        storage.remove(chamber_id, _names(rows))
        raise
    made: list[KeptFile] = KeptFile.objects.bulk_create(rows)
    return made


def content_of(kept: KeptFile) -> bytes:
    """Raises FileNotFoundError when the storage has lost it."""
    with storage.opened(_chamber_id(), kept.object_name) as file:
        return file.read()


def let_go(files: Iterable[KeptFile]) -> None:
    """Called for rows that are being deleted: their content goes once that is certain."""
    if names := _names(files):
        transaction.on_commit(partial(storage.remove, _chamber_id(), names), robust=True)


def _chamber_id() -> uuid.UUID:
    chamber = bound_chamber()
    return chamber.pk  # type: ignore[no-any-return]


def _names(files: Iterable[KeptFile]) -> list[str]:
    return [name for kept in files for name in kept.object_names]


def _write(chamber_id: uuid.UUID, kept: KeptFile, content: Content) -> None:
    """Before anybody has to wait for us: a storage may be slow."""
    storage.write(chamber_id, kept.object_name, io.BytesIO(content.data))
    if content.small:
        storage.write(chamber_id, kept.small_name, io.BytesIO(content.small))


def _refuse_beyond_the_plan(chamber_id: uuid.UUID, size: int) -> None:
    """Two who keep files at once are asked one after the other."""
    trail.take_turn()
    total = KeptFile.objects.total_bytes()
    answer = entitlements.may(chamber_id, "files.store", megabytes(total + size) - megabytes(total))
    if not answer.allowed:
        raise ValidationError(str(answer.reason))


def _row(about: Record | None, content: Content) -> KeptFile:
    return KeptFile(
        purpose=content.purpose,
        about_model=about._meta.label if about else "",
        about_id=about.pk if about else None,
        name=content.name,
        kind=content.kind.value,
        content_type=content.content_type,
        size=len(content.data),
        sha256=content.sha256,
        small_size=len(content.small),
        small_sha256=content.small_sha256,
        width=content.width,
        height=content.height,
        object_name=storage.new_name(),
        kept_by=current_actor().name[:120],
    )
