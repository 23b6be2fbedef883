"""Makes a member's report or everybody's, packs them as PDF, sends them. A sent one is never touched again."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

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
from huiguan.papers.rendering import Rendered, render_many
from huiguan.progress import report
from tenants.value.gathering import contents_of
from tenants.value.models import Report, ReportRun
from tenants.value.printing import paper_of
from tenants.value.telling import Teller

CHUNK = 300
BUNDLE = "value.bundle"


@transaction.atomic
def make_report(member: Any, year: int) -> Report:
    """The draft of the year, made or made anew; after a sent one it is the next version."""
    current_actor().require("value.make")
    trail.take_turn()
    [made] = _make([member], year, None)
    return made


def make_all(run: ReportRun) -> None:
    """For every active member, of the segment where there is one; then all of them as one file."""
    current_actor().require("value.make")
    members = list(members_of(run))
    if not members:
        raise ValidationError(_("Nobody belongs to it now."))
    trail.take_turn()
    for at in range(0, len(members), CHUNK):
        report("making", at, len(members))
        made = _make(members[at : at + CHUNK], run.year, run)
        run.made += len(made)
        run.empty += sum(each.is_empty for each in made)
    _pack(run)


def send_all(run: ReportRun) -> None:
    """The drafts that another run made. Whoever cannot be reached keeps the draft: it can be handed over on paper."""
    current_actor().require("value.send")
    found = Report.objects.drafts().filter(run=run.of_run_id).select_related("member")
    drafts = list(found.prefetch_related("member__contacts").order_by("member__sort_key", "pk"))
    trail.take_turn()
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


def _make(members: Sequence[Any], year: int, run: ReportRun | None) -> list[Report]:
    contents = contents_of(members, year)
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


def _pack(run: ReportRun) -> None:
    """One file for all; those whose words no font can write are named and left out."""
    reports = Report.objects.filter(run=run).order_by("member__sort_key", "pk").only("pk", "content", "member", "year")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:
        for at, (name, rendered) in enumerate(_rendered(list(reports))):
            report("printing", at, run.made)
            if rendered.problem:
                run.unprinted.append({"member": name, "problem": rendered.problem})
            else:
                bundle.writestr(f"{at + 1:04} {safe_name(name, 'pdf', 'report')}", rendered.pdf)
    name = _("Reports of value {year}.zip").format(year=run.year)
    keep_file(about=run, upload=Content(BUNDLE, name, Kind.ZIP, "application/zip", buffer.getvalue()), purpose=BUNDLE)


def _rendered(reports: list[Report]) -> Iterator[tuple[str, Rendered]]:
    made = render_many(paper_of(each.content) for each in reports)
    return zip((each.content["member"] for each in reports), made, strict=True)
