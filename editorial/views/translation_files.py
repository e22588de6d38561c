"""Files for translators outside the house: given out, looked at when they come back, and taken over."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page

from editorial.models import GatedMixin
from editorial.translation import drafts, freshness, originals
from editorial.translation.files import export, keeping, takeover, upload
from editorial.views.subjects import edit_address

WAITING = "waiting"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ExportForm(forms.Form):
    """What is given out: the address of a download is this form, filled in."""

    page = forms.IntegerField(required=False, widget=forms.HiddenInput)
    section = forms.IntegerField(required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    state = forms.ChoiceField(label=gettext_lazy("Which pages"), required=False)
    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=[("po", "PO"), ("xliff", "XLIFF 1.2")], initial="po"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locales = {locale.language_code: locale for locale in freshness.other_locales()}
        language, state = (
            cast(forms.ChoiceField, self.fields["language"]),
            cast(forms.ChoiceField, self.fields["state"]),
        )
        language.choices = [(code, _language(code)) for code in self.locales]
        state.choices = [
            (WAITING, _("What is not translated, or out of date")),
            ("", _("All")),
            *freshness.State.choices,
        ]

    def pages(self) -> list[Any]:
        given = self.cleaned_data
        if given["section"]:
            return export.chosen(self.locale, section=given["section"], state=given["state"])
        # One page is given out whatever its state.
        return export.chosen(self.locale, page=given["page"], state="" if given["page"] else given["state"])

    @property
    def locale(self) -> Locale:
        return self.locales[self.cleaned_data["language"]]


class FilesView(WagtailAdminTemplateMixin, TemplateView):
    """What both have in common: who may, and which page it was opened from."""

    header_icon = "download"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(drafts.PERMISSION):
            raise PermissionDenied

    @cached_property
    def wanted(self) -> Page | None:
        """The original named in the address, or that of the translation named there."""
        number = self.request.GET.get("page") or self.request.GET.get("section")
        if not number:
            return None
        page = Page.objects.filter(pk=number, depth__gt=1).first() if number.isdigit() and len(number) < 10 else None
        if page is None:
            raise Http404
        return originals.original_of(page.specific) or page

    def get_page_subtitle(self) -> str:
        return self.wanted.title if self.wanted else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": edit_address(self.wanted), "label": self.wanted.title}] if self.wanted else []
        return [*super().get_breadcrumbs_items(), *above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        query = f"?{urlencode({'page': self.wanted.pk})}" if self.wanted else ""
        return {
            **context,
            "wanted": self.wanted,
            "back_url": edit_address(self.wanted) if self.wanted else reverse("wagtailadmin_home"),
            "export_url": reverse("editorial:translation_export") + query,
            "import_url": reverse("editorial:translation_import") + query,
        }


class ExportView(FilesView):
    """Asks what is wanted; with a format in the address, gives it out."""

    page_title = gettext_lazy("Files for translators")
    template_name = "editorial/translation/files_export.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "format" not in request.GET:
            return super().get(request, *args, **kwargs)
        form = ExportForm(self._given())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        pages = form.pages()
        if not pages:
            messages.warning(request, _("There is no public page of that kind to give out."))
            return self.render_to_response(self.get_context_data(form=form))
        found = export.download(pages, form.locale, form.cleaned_data["format"])
        return HttpResponse(
            found.content,
            content_type=found.content_type,
            headers={"Content-Disposition": content_disposition_header(True, found.name), "Cache-Control": "no-store"},
        )

    def _given(self) -> dict[str, Any]:
        """The address, with the original in the place of its translation, and the language if there is one only."""
        given = self.request.GET.dict()
        locales = freshness.other_locales()
        if len(locales) == 1:
            given.setdefault("language", locales[0].language_code)
        for name in ("page", "section"):
            if given.get(name) and self.wanted:
                given[name] = self.wanted.pk
        return given

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = self.wanted.pk if self.wanted else None
        is_section = "section" in self.request.GET
        start = {"page": None if is_section else number, "section": number if is_section else None}
        language = self.request.GET.get("language", "")
        form = kwargs.pop("form", None) or ExportForm(initial={**start, "state": WAITING, "language": language})
        below = self.wanted.get_descendants().live().count() if self.wanted else 0
        return {**super().get_context_data(**kwargs), "form": form, "below": below}


class ImportView(FilesView):
    """GET asks for files; POST with files shows what they would do; POST with what was seen does it."""

    page_title = gettext_lazy("Take over translated files")
    header_icon = "upload"
    template_name = "editorial/translation/files_import.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "drop" in request.POST:
            keeping.drop(request)
            return redirect(request.get_full_path())
        if "seen" in request.POST:
            return self._take_over(request.POST["seen"])
        return self._look()

    def _look(self) -> HttpResponse:
        sent = self.request.FILES.getlist("files")
        if not sent:
            return self._refuse(_("Choose a file first."))
        try:
            files = upload.unpacked(sent)
        except upload.TooMuchError as error:
            return self._refuse(str(error))
        if not files:
            return self._refuse(_("There is no file in this archive."))
        keeping.keep(self.request, files)
        return self._show(takeover.prepared(files, self.request.user, self.wanted))

    def _take_over(self, seen: str) -> HttpResponse:
        files = keeping.kept(self.request)
        if not files:
            return self._refuse(_("The upload is no longer here: an hour is over, or it is done. Send it again."))
        found, written = takeover.take_over(files, self.request.user, seen, self.wanted)
        if not written:
            messages.error(
                self.request,
                _("Nothing was written: pages or files changed since you looked. This is how it stands now."),
            )
            return self._show(found, status=409)
        keeping.drop(self.request)
        said = ngettext("%(count)d draft was written.", "%(count)d drafts were written.", len(written))
        messages.success(
            self.request,
            said % {"count": len(written)} + " " + _("Visitors see none of it until it is approved."),
            buttons=[messages.button(edit_address(page), page.get_admin_display_title()) for page in written[:5]],
        )
        return redirect(self.request.get_full_path())

    def _refuse(self, message: str) -> HttpResponse:
        keeping.drop(self.request)
        messages.error(self.request, message)
        return self.render_to_response(self.get_context_data(), status=400)

    def _show(self, found: takeover.Takeover, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(found=found), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = kwargs.get("found")
        return {
            **super().get_context_data(**kwargs),
            "limits": {
                "files": upload.MOST_FILES,
                "bytes_of_file": upload.MOST_BYTES_OF_FILE,
                "bytes": upload.MOST_BYTES,
            },
            "endings": ",".join((*upload.ENDINGS, ".zip")),
            "is_possible": bool(found and found.is_possible and found.changing),
        }


def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    """Under "more" on every page that has, or is, a translation."""
    is_text = issubclass(page.specific_class or Page, GatedMixin)
    if not is_text or not user.has_perm(drafts.PERMISSION):
        return []
    query = urlencode({"page": page.pk})
    return [
        Button(
            _("Files for translators"),
            url=f"{reverse('editorial:translation_export')}?{query}",
            icon_name="download",
            priority=70,
        )
    ]


def _language(code: str) -> str:
    return str(get_language_info(code)["name_translated"])
