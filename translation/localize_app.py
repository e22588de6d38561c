"""wagtail-localize as a library: its models, its strings and its migrations, without its part of the admin."""

import sys

from wagtail_localize.apps import WagtailLocalizeAppConfig


class LocalizeLibraryConfig(WagtailLocalizeAppConfig):
    """In `INSTALLED_APPS` in the place of "wagtail_localize".

    Its editor of segments knows no workflow, no locks and no versions, and writes to the row that visitors read: so
    its addresses, buttons, menus and reports aren't registered at all. Goes when wagtail-localize lets a project
    choose.
    """

    def ready(self) -> None:
        super().ready()
        # Wagtail looks for `wagtail_hooks` in the module of each app. This one has none.
        self.module = sys.modules[__name__]
