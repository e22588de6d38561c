"""Taking a snippet down: a place of events, words for the search."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import UnpublishView

from approval import archive
from approval.quoting import quoted
from approval.take_down import shown_with


class SnippetTakeDownView(UnpublishView):
    """Wagtail's unpublishing, with room for a reason. The policy of the snippet says who may."""

    permission_required = "unpublish"
    template_name = "newsroom/take_down.html"
    page_title = _("Take down")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.object.live:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def unpublish(self) -> HttpResponse | None:
        hook_response = self.run_hook("before_unpublish", self.request, self.object)
        if hook_response is not None:
            return hook_response
        with archive.with_reason(self.request.POST.get("reason", "")):
            # Wagtail's view goes round the model's own method, which refuses what is in use.
            self.object.unpublish(user=self.request.user)
        return self.run_hook("after_unpublish", self.request, self.object)

    @cached_property
    def goes_too(self) -> list[Any]:
        """The translations that readers have, where they go with their original."""
        is_translated = hasattr(self.object, "translation_key")
        return [text for text in shown_with(self.object) if text.live] if is_translated else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = quoted([str(text) for text in self.goes_too])
        return {**super().get_context_data(**kwargs), "goes_too": others}

    def get_success_message(self) -> str:
        return gettext("Visitors no longer see: %(titles)s.") % {"titles": quoted([str(self.object)])}
