"""A few looks at numbers, as they are written down."""

from django.apps import apps

from huiguan.demo.stage import Stage
from huiguan.privacy.accesses import note_export, reveal

LOOKS = (("gu", "核对汇款单位", 3), ("tao", "邀请出席会长办公会", 2))


def load_demo(stage: Stage) -> None:
    contact = apps.get_model("members.Contact")
    for key, reason, number in LOOKS:
        with stage.working("changde", key):
            for person in contact.objects.exclude(phone="").order_by("pk")[number : 2 * number]:
                reveal(person, "phone", reason=reason)
    with stage.working("changde", "tan"):
        note_export(contact, ["name", "phone"], contact.objects.count())
