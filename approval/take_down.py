"""Taking a snippet down."""

from wagtail.actions.unpublish import UnpublishAction


class TakeDownAction(UnpublishAction):
    """Wagtail's, which asks for "publish" and so would refuse everybody."""

    permission_policy_action = "unpublish"
