"""What members did by their links: a mailing that asks for a yearly look, answers, corrections, a consent withdrawn."""

from huiguan.actors import acting_as
from huiguan.deliveries.addresses import mobile_number
from huiguan.demo.stage import Stage
from huiguan.own import mailing as mailings
from huiguan.own.models import Link, Mailing
from huiguan.own.pages import actor_of
from huiguan.parts import Own
from tenants.members import consenting
from tenants.members.models import Member, Proposal
from tenants.members.own.proposing import propose, propose_person

ASKED = 14
CORRECTIONS = (
    {"address": "西安市高新区锦业路12号绿地中心B座1603室", "headcount": 3},
    {"products": "辣椒酱、腊肉、米粉半成品，可贴牌", "offers": "可为会员活动提供冷藏配送"},
    {"legal_representative": "龚映秋"},
)
WORDS = "{姓名}您好，{商会}正在核对年度会员资料。请点开链接看一看，正确就点“确认无误”，有变动请直接更正："


def answer_by_links(stage: Stage) -> None:
    """Some look, some confirm, some correct; the others are silent."""
    members = Member.objects.active().prefetch_related("contacts")
    keys = [m.pk for m in members if any(mobile_number(c.phone) for c in m.contacts.all())][:ASKED]
    mailing = Mailing(to="members-own-data", words=WORDS, channel=Mailing.By.SMS)
    mailings.begin(mailing, Member.objects.filter(pk__in=keys))
    while mailings.send_part(mailing):
        pass
    links = list(Link.objects.filter(member__in=keys).select_related("member", "contact__member").order_by("pk"))
    for number, link in enumerate(links[:9]):
        with acting_as(actor_of(link, {"members.change"})):
            link.open()
            _act(number, Own(link.member, link.contact, link))
    for proposal in Proposal.objects.open().filter(field="legal_representative"):
        proposal.accept()


def _act(number: int, own: Own) -> None:
    if number < len(CORRECTIONS):
        propose(own, CORRECTIONS[number])
    elif number == len(CORRECTIONS):
        propose(own, {"email": "office@weixing-example.cn", "role": "办公室主任"}, person=own.contact)
        propose_person(own, {"name": "欧阳简", "role": "财务", "phone": "13700002468"})
    elif number == len(CORRECTIONS) + 1:
        consenting.give(own, "partners")
        consenting.withdraw(own, "partners")
    else:
        own.member.confirm()
