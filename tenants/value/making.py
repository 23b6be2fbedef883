"""Makes a member's report or everybody's, packs them as PDF, sends them. A sent one is never touched again."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.files.contents import Content
from huiguan.files.keeping import keep_file
from huiguan.files.names import safe_name
from huiguan.files.purposes import Kind
from huiguan.papers.rendering import render_many
from huiguan.progress import report
from tenants.value.gathering import contents_of
from tenants.value.models import Report, ReportRun
from tenants.value.printing import paper_of
from tenants.value.telling import Teller

CHUNK = 300
BUNDLE = "value.bundle"
Contents = dict[UUID, dict[str, Any]]


@transaction.atomic
def make_report(member: Any, year: int) -> Report:
    """The draft of the year, made or made anew; after a sent one it is the next version."""
    current_actor().require("value.make")
    contents = contents_of([member], year)
    trail.take_turn()
    [made] = _write([member], contents, year, None)
    return made


def make_all(run: ReportRun) -> None:
    """For every active member, of the segment where there is one; then all of them as one file.

    Everything is gathered and set before the first word is written: whoever writes holds up all others of the chamber.
    """
    current_actor().require("value.make")
    members = list(members_of(run))
    if not members:
        raise ValidationError(_("Nobody belongs to it now."))
    contents: Contents = {}
    for some in _chunks(members, "making"):
        contents |= contents_of(some, run.year)
    bundle = _packed(run, [contents[member.pk] for member in members])
    trail.take_turn()
    for some in _chunks(members, "keeping"):
        made = _write(some, contents, run.year, run)
        run.made += len(made)
        run.empty += sum(each.is_empty for each in made)
    keep_file(about=run, upload=bundle, purpose=BUNDLE)


def send_all(run: ReportRun) -> None:
    """The drafts that another run made. Whoever cannot be reached keeps the draft: it can be handed over on paper."""
    current_actor().require("value.send")
    trail.take_turn()  # two who send at once are one after the other
    found = Report.objects.drafts().filter(run=run.of_run_id).select_related("member")
    drafts = list(found.prefetch_related("member__contacts").order_by("member__sort_key", "pk"))
    teller = Teller.here()
    reached = []
    for at, draft in enumerate(drafts):
        report("sending", at, len(drafts))
        if teller.tell(draft):
            reached.append(draft)
    Report.objects.bulk_update(reached, ["status", "sent_at", "sent_to"], verb="send")
    run.sent, run.unreached = len(reached), len(drafts) - len(reached)


def members_of(run: ReportRun) -> Any:
    everybody = run.segment.members() if run.segment else apps.get_model("members", "Member").objects.all()
    return everybody.filter(status="active").order_by("sort_key", "pk")


def _chunks(members: Sequence[Any], step: str) -> Iterator[Sequence[Any]]:
    for at in range(0, len(members), CHUNK):
        report(step, at, len(members))
        yield members[at : at + CHUNK]


def _write(members: Sequence[Any], contents: Contents, year: int, run: ReportRun | None) -> list[Report]:
    there = Report.objects.filter(member__in=members, year=year)
    drafts = {each.member_id: each for each in there.drafts()}
    last = dict(there.order_by().values_list("member").annotate(last=Max("version")))
    made = []
    for member in members:
        each = drafts.get(member.pk) or Report(member=member, year=year, version=last.get(member.pk, 0) + 1)
        _fill(each, contents[member.pk], run)
        made.append(each)
    Report.objects.bulk_create([each for each in made if each._state.adding])
    names = ["content", "lines", "saved_fen", "paid_fen", "run"]
    Report.objects.bulk_update([each for each in made if each.member_id in drafts], names)
    return made


def _fill(each: Report, content: dict[str, Any], run: ReportRun | None) -> None:
    each.content, each.run = content, run
    each.lines = sum(len(part["lines"]) for part in content["parts"])
    each.saved_fen, each.paid_fen = content["sums"]["saved"], content["sums"]["paid"]


def _packed(run: ReportRun, contents: Sequence[dict[str, Any]]) -> Content:
    """One file for all; those whose words no font can write are named and left out."""
    buffer = io.BytesIO()
    rendered = render_many(paper_of(content) for content in contents)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:
        for at, (content, paper) in enumerate(zip(contents, rendered, strict=True)):
            report("printing", at, len(contents))
            if paper.problem:
                run.unprinted.append({"member": content["member"], "problem": paper.problem})
            else:
                bundle.writestr(f"{at + 1:04} {safe_name(content['member'], 'pdf', 'report')}", paper.pdf)
    name = _("Reports of value {year}.zip").format(year=run.year)
    return Content(BUNDLE, name, Kind.ZIP, "application/zip", buffer.getvalue())
