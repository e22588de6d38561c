"""Two forms at the same moment: what a draft may leave open is asked of a text that is sent meanwhile."""

import threading
from typing import Any

from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from home.blocks.stream import SafeStreamBlock

LONGEST_WAIT = 10
A_MOMENT = 0.3


class SlowBlock(blocks.CharBlock):
    """Takes its time where it says "wait", as a look into the database does."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_reached, self.may_go_on = threading.Event(), threading.Event()

    def clean(self, value: str) -> str:
        if value == "wait":
            self.is_reached.set()
            self.may_go_on.wait(LONGEST_WAIT)
        return super().clean(value)


def test_a_text_with_a_hole_is_not_sent_while_a_colleague_saves_a_draft() -> None:
    slow, needed = SlowBlock(), blocks.CharBlock()
    first = SafeStreamBlock([("slow", slow), ("needed", needed)])
    second = SafeStreamBlock([("needed", needed)])  # another field, made of the same blocks
    refused = []

    def send() -> None:
        try:
            second.clean(second.to_python([{"type": "needed", "value": ""}]))
        except StreamBlockValidationError:
            refused.append(True)

    draft = first.to_python([{"type": "slow", "value": "wait"}])
    saving = threading.Thread(target=first.clean_deferred, args=[draft])
    sending = threading.Thread(target=send)
    saving.start()
    assert slow.is_reached.wait(LONGEST_WAIT)
    sending.start()
    sending.join(A_MOMENT)  # where nothing holds it back, it is through by now
    slow.may_go_on.set()
    for thread in (saving, sending):
        thread.join(LONGEST_WAIT)
    assert refused
