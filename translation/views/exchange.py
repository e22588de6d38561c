"""A page as a file for a translator outside the house: given out, looked at when it comes back, and taken over."""

import base64
import binascii
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page

from approval.models import GatedMixin
from approval.views.subjects import edit_address, reading_address
from translation import drafts, freshness, originals
from translation.exchange import export, importer, po
from translation.exchange.plan import PagePlan

MOST_BYTES = 3 * 512 * 1024
"""Of a file. The preview carries it in a form, as base64: that has to stay below DATA_UPLOAD_MAX_MEMORY_SIZE."""


class FilesView(WagtailAdminTemplateMixin, TemplateView):
    """GET offers the file of a page, and asks for a translated one; POST with one shows what it would do; POST with
    what was seen does it. Between the two nothing is kept here: the form of the preview carries the file.
    """

    page_title = gettext_lazy("Files for translators")
    header_icon = "download"
    template_name = "translation/exchange.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(drafts.PERMISSION):
            raise PermissionDenied
        is_named = self.original.pk == kwargs["page_id"]
        if is_named and not drafts.may_know(self.original, request.user):
            raise Http404

    @cached_property
    def original(self) -> Page:
        """The original named in the address, or that of the translation named there."""
        page = get_object_or_404(Page, pk=self.kwargs["page_id"], depth__gt=1).specific
        return originals.original_of(page) or page

    @cached_property
    def is_public(self) -> bool:
        return freshness.originals().filter(pk=self.original.pk).exists()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = self._content()
        if content is None:
            return self._refuse(_("Choose a file first."))
        if len(content) > MOST_BYTES:
            most = filesizeformat(MOST_BYTES)
            return self._refuse(_("The file is too large. It may have %(most)s; nothing was read.") % {"most": most})
        if "seen" not in request.POST:
            return self._show(importer.prepared(content, self.original, request.user))
        plan, written = importer.carry_out(content, self.original, request.user, request.POST["seen"])
        if written is None:
            changed = _(
                "Nothing was written: the page or the file changed since you looked. This is how it stands now."
            )
            messages.error(request, changed)
            return self._show(plan, status=409)
        messages.success(
            request,
            _("The draft was written. Visitors see none of it until it is approved."),
            buttons=[messages.button(edit_address(written), written.get_admin_display_title())],
        )
        return redirect(request.path)

    def _content(self) -> bytes | None:
        """The bytes of the file that was sent, or that comes back from the preview; None where there are none."""
        sent = self.request.FILES.get("file")
        if sent:
            return sent.read(MOST_BYTES + 1)
        try:
            return base64.b64decode(self.request.POST["content"], validate=True)
        except (KeyError, binascii.Error, ValueError):
            return None

    def _refuse(self, message: str) -> HttpResponse:
        messages.error(self.request, message)
        return self.render_to_response(self.get_context_data(), status=400)

    def _show(self, plan: PagePlan, status: int = 200) -> HttpResponse:
        content = base64.b64encode(plan.content).decode()
        return self.render_to_response(self.get_context_data(plan=plan, content=content), status=status)

    def _download(self, code: str) -> tuple[str, str]:
        """Address and language of a file."""
        address = reverse("translation:download", args=(self.original.pk, code))
        return address, str(get_language_info(code)["name_translated"])

    def get_page_subtitle(self) -> str:
        return self.original.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reading_address(self.original, self.request.user), "label": self.original.title}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "original": self.original,
            "is_public": self.is_public,
            "downloads": [self._download(locale.language_code) for locale in freshness.other_locales()],
            "most_bytes": MOST_BYTES,
            "back_url": reading_address(self.original, self.request.user),
        }


class DownloadView(FilesView):
    """The file of a page, to be translated into one language."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        locale = get_object_or_404(Locale.objects.exclude(pk=Locale.get_default().pk), language_code=kwargs["language"])
        original = get_object_or_404(freshness.originals(), pk=self.original.pk).specific
        name = export.file_name(original, locale)
        return HttpResponse(
            po.write(export.document_of(original, locale)),
            content_type="text/x-gettext-translation; charset=utf-8",
            headers={"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "no-store"},
        )


def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    """Under "more" on every page that has, or is, a translation."""
    is_text = issubclass(page.specific_class or Page, GatedMixin)
    if not is_text or not user.has_perm(drafts.PERMISSION):
        return []
    url = reverse("translation:exchange", args=(page.pk,))
    return [Button(_("Files for translators"), url=url, icon_name="download", priority=70)]
