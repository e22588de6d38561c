"""The checks beside the editor look at the text, not at what the site puts around it."""

import json

from tests.reading import document, words
from tests.workflow import edit_url


def test_only_the_text_is_looked_at_and_nothing_is_said_of_readability(client_as, autorka, draft):
    editor = document(client_as(autorka).get(edit_url(draft)))
    (said,) = editor.xpath("//script[@id='checker-axe-configuration']/text()")
    asked = json.loads(said)
    assert asked["context"] == {"include": ["main"], "exclude": ["[data-frame]"]}
    assert {"id": "p-as-heading", "selector": ".rich-text p"} in asked["spec"]["rules"]
    (panel,) = editor.xpath("//*[@data-side-panel='checks']")
    assert "Słowa" in words(panel)
    assert "Czytelność" not in words(panel)
