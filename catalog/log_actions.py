"""What becomes of the answers of readers, in Wagtail's log."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

WORDS_REMOVED = "catalog.remove-words"


class WordsRemoved(LogFormatter):
    label = gettext_lazy("Remove the words of a reader")

    def format_message(self, log_entry: Any) -> str:
        return _("Words of a reader removed")


def register(actions: LogActionRegistry) -> None:
    actions.register_action(WORDS_REMOVED)(WordsRemoved)
