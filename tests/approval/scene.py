"""Texts for the scenes that a module builds once; one as the newsroom has them: pictures, links, topics, remarks."""

import json
import uuid
from typing import Any

from wagtail.models import Comment, CommentReply

from approval import roles
from home.models import User
from news.models import NewsPage
from tests import factories
from tests.workflow import draft_of, fresh, news_index, person, publish_properly, submit


def crew() -> tuple[User, User, User, User]:
    """The people of the fixtures `autorka`, `redaktorka`, `koordynatorka` and `tlumaczka`."""
    return (
        person("autorka", roles.AUTHORS),
        person("redaktorka", roles.LANGUAGE_EDITORS),
        person("koordynatorka", roles.COORDINATORS),
        person("tlumaczka", roles.TRANSLATORS),
    )


def published(title: str, **fields: Any) -> NewsPage:
    """A news item of autorka that the two others reviewed and approved: visitors see it, or it waits for its time."""
    author, reviewer, approver, _translator = crew()
    return publish_properly(draft_of(author, title, **fields), author, reviewer, approver)


def rich_page(writers: list[User], reviewer: User, approver: User, *, is_public: bool) -> NewsPage:
    """Submitted by the first of `writers`; `is_public`: an earlier version of it, with another text, is public."""
    author = writers[0]
    pictures = [factories.image(f"Mural {number}") for number in range(3)]
    fields = {"lead_image": pictures[0], "lead_image_alt": "Mural", "body": rich_body("Words", pictures)}
    page = draft_of(author, "Rich", **fields)
    if is_public:
        page = publish_properly(page, author, reviewer, approver)
    for writer in writers:
        text = page.get_latest_revision_as_object()
        text.lead, text.body = f"Written by {writer}", rich_body("Other words", pictures)
        text.tags.add("chodniki", "zielen")
        text.save_revision(user=writer, log_action=True)
    for writer in writers[:2]:
        remark = Comment.objects.create(page=page.page_ptr, user=writer, text="Why?", contentpath="lead", position="")
        CommentReply.objects.create(comment=remark, user=author, text="Because.")
    submit(fresh(page), author)
    return fresh(page)


def rich_body(words: str, pictures: list[Any]) -> str:
    figures = [
        {"image": {"image": picture.pk, "alt_text": "Mural", "decorative": False}, "caption": "A wall"}
        for picture in pictures
    ]
    link = f'<a linktype="page" id="{news_index().pk}">news</a>'
    return json.dumps(
        [
            _block("text", f"<p>{words} and {link}</p>"),
            _block("image", figures[0]),
            _block("gallery", [_block("item", figure) for figure in figures]),
        ]
    )


def _block(kind: str, value: Any) -> dict[str, Any]:
    """A block keeps its number through all versions, as in the editor; a kind stands here once at each place."""
    return {"type": kind, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, kind)), "value": value}
