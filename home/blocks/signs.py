"""Fields for one word by which something is found: no words that anybody translates."""

from typing import Any

from wagtail import blocks


class SignBlock(blocks.RegexBlock):
    """Wagtail's, whose pattern speaks of the whole value; Django's field asks only whether it occurs somewhere."""

    canonical_module_path = "wagtail.blocks.RegexBlock"

    def __init__(self, regex: str, **kwargs: Any) -> None:
        super().__init__(rf"\A(?:{regex})\Z", **kwargs)
