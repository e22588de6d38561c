"""Names of steps, in the language of whoever reads."""

from django.utils.translation import pgettext_lazy

from approval import roles

_REVIEW, _APPROVAL = roles.PUBLICATION.steps
NAMES = {
    _REVIEW.name: pgettext_lazy("step", "Language and accessibility review"),
    _APPROVAL.name: pgettext_lazy("step", "Approval"),
    roles.CORRECTION.name: pgettext_lazy("step", "Small correction"),
}
"""Those that `setup_site` makes; a step that somebody called otherwise keeps its name."""


def shown_name(name: str) -> str:
    return str(NAMES.get(name, name))
