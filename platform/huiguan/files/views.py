"""Gives files back: to people who may read what they belong to, and to holders of a signed link."""

import logging
import uuid
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from huiguan import access
from huiguan.access import page
from huiguan.actors import Actor
from huiguan.capability import Place, resources
from huiguan.files import links, storage
from huiguan.files.models import KeptFile
from huiguan.links import BadLink
from huiguan.screens.base import visible
from huiguan.tenancy.binding import bound_chamber

log = logging.getLogger(__name__)
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
READING = ("GET", "HEAD")


@page(access.SIGNED_IN, methods=READING)
def kept_file(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """A document is always saved by the browser; a picture that we drew may be shown."""
    return _answer(_permitted(request, pk))


@page(access.SIGNED_IN, methods=READING)
def small_picture(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    kept = _permitted(request, pk)
    if not kept.small_name:
        raise Http404
    return _answer(kept, small=True)


@page(access.PUBLIC, methods=READING)
def by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    try:
        key = links.file_in(token)
    except BadLink as error:
        raise Http404 from error
    return _answer(get_object_or_404(KeptFile, pk=key))


def _permitted(request: Any, pk: uuid.UUID) -> KeptFile:
    """By the permission of its purpose, and only with a record that this person may know of."""
    kept: KeptFile = get_object_or_404(KeptFile, pk=pk)
    try:
        needed = kept.declared.permission
    except LookupError as error:
        raise Http404 from error
    request.actor.require(needed)
    if kept.about_id and not _may_know_of(kept, request.actor):
        raise Http404
    return kept


def _may_know_of(kept: KeptFile, actor: Actor) -> bool:
    """A record that no list shows is as open as its purpose."""
    for _capability, resource in resources(Place.CHAMBER):
        if resource.model._meta.label == kept.about_model:
            return bool(visible(resource, actor).filter(pk=kept.about_id).exists())
    return True


def _answer(kept: KeptFile, *, small: bool = False) -> HttpResponseBase:
    chamber = bound_chamber()
    try:
        content = storage.open_for_answer(chamber.pk, kept.small_name if small else kept.object_name)
    except FileNotFoundError as error:
        log.error("a file is not in the storage", extra={"chamber": str(chamber.pk), "file": str(kept.pk)})
        raise Http404 from error
    is_saved = not kept.is_picture
    return FileResponse(
        content, as_attachment=is_saved, filename=kept.name, content_type=kept.content_type, headers=HEADERS
    )
