"""What receives the messages of the benchmark. Copied into the temporary app."""

from huiguan.inbox.handlers import Delivered, receives


@receives("bench.sent")
def accept(message: Delivered) -> None:
    assert message.content["number"] >= 0
