"""A refusal that a person can read."""


class RefusedError(Exception):
    """Something was not done, and the message says why and what helps, in the user's language.

    No PermissionDenied: Wagtail would swallow the reason and say that the area is not accessible.
    `newsroom.middleware` turns it into a message on the page that the person came from.
    """
