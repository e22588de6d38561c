"""Forms of the admin that differ from Wagtail's."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.utils import ErrorList
from django.utils import timezone
from django.utils.translation import gettext as _
from multiselectfield.forms.fields import MultiSelectFormField
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue
from wagtail.models import Page

from approval.forms import GatedCopyForm
from approval.models.gated import MOVES_PUBLIC_PAGES, moves_public_pages
from approval.text_cleaning import slugify
from home.blocks import references
from translation.addresses import free_address
from translation.forms import SourceVersionForm

UNTITLED_SLUG = "untitled"
"""The address of a draft until it has a title."""
UNTITLED_SLUGS = re.compile(rf"{UNTITLED_SLUG}(-\d+)?")


class DraftForm(WagtailAdminModelForm):
    """Saves what is not finished: what is missing, or doesn't fit together yet, is asked when the text is sent."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._pass_over_old_end(cleaned)
        return cleaned

    def _pass_over_old_end(self, cleaned: dict[str, Any]) -> None:
        """An end date that has come, and that nobody has touched since.

        Where it was carried out it has done its work, and a new version begins without one. Where it was not, the
        author is asked for another when the text is sent; Wagtail would ask before each draft is saved.
        """
        end, known = cleaned.get("expire_at"), self.initial.get("expire_at")
        if not end or end > timezone.now() or not known or end != known.replace(second=0, microsecond=0):
            return
        row = type(self.instance)._default_manager.filter(pk=self.instance.pk)
        if row.filter(expired=True).exists():  # a version doesn't know what became of it
            cleaned["expire_at"] = None
        elif self.is_deferred_validation:
            del cleaned["expire_at"]

    def _post_clean(self) -> None:
        self.instance.is_deferred_validation = self.is_deferred_validation
        super()._post_clean()
        self.instance.is_deferred_validation = False


class SiteSettingsForm(DraftForm, SourceVersionForm):
    """Those in another language are asked whether they have taken up what changed in the first one."""


class SitePageForm(DraftForm, SourceVersionForm):
    """Tells a change from no change, as an approval given in the editor depends on it.

    An approval is for the words that were read: a form that counts as changed makes a new revision, which nobody
    has approved. For a field whose default is a function (today's date) Django looks for a hidden copy of the
    initial value, which Wagtail's panels don't print, and so takes it for changed each time. Delete this when they do.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = False
        if "slug" in self.fields:
            self.fields["slug"].required = False  # it hides behind another tab, and can be made of the title
        if "lead" in self.fields:
            _take_at_any_length(self.fields["lead"])
        for name, field in self.fields.items():
            model = getattr(getattr(field, "queryset", None), "model", None)
            if model and issubclass(model, Page):
                self._ask_for_pages_anew(name, field, model)

    def _ask_for_pages_anew(self, name: str, field: Any, model: Any) -> None:
        """The class of the form is made once, with the pages of whoever read then; a hidden one stays where it is."""
        chosen = getattr(self.instance, f"{name}_id", None)
        field.disabled = bool(chosen) and not model._default_manager.filter(pk=chosen).exists()
        field.queryset = model._base_manager.all() if field.disabled else model._default_manager.all()

    def defer_required_fields(self) -> None:
        """A title too is asked when the text is sent; Wagtail asks for it before each draft is saved."""
        super().defer_required_fields()
        title = self.fields.get("title")
        if title is not None and title.required:
            title.required = False
            self.deferred_required_fields.append("title")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._is_sent and cleaned.get("body") is not None and self._lacks_body(cleaned["body"]):
            message = ValidationError(_("The text is still missing: write it before you send the page."))
            self.add_error("body", StreamBlockValidationError(non_block_errors=ErrorList([message])))
        self._keep_order_of_choices(cleaned)
        return cleaned

    def _keep_order_of_choices(self, cleaned: dict[str, Any]) -> None:
        """Boxes have no order: where none was ticked or cleared, nothing has changed."""
        for name in cleaned.keys() & self.fields.keys():
            if isinstance(self.fields[name], MultiSelectFormField):
                before = getattr(self.instance, name) or []
                if set(before) == set(cleaned[name]):
                    cleaned[name] = before

    def save(self, commit: bool = True) -> Any:
        """Topics have no order either, and setting them makes another one each time."""
        if "tags" in self.cleaned_data and set(self.cleaned_data["tags"]) == {
            tag.name for tag in self.instance.tags.all()
        }:
            del self.cleaned_data["tags"]
        return super().save(commit)

    def _lacks_body(self, body: StreamValue) -> bool:
        """Whether a page that needs a body has none, or empty paragraphs; a translation has what its original has."""
        if not getattr(self.instance, "needs_body", False) or self.original:
            return False
        return {block.block_type for block in body} <= {"text"} and not any(map(str.strip, references.words_of(body)))

    def clean_slug(self) -> str:
        slug, title = self.cleaned_data["slug"], slugify(self.cleaned_data.get("title", ""))
        # Made of the title, so nobody chose it. An address that somebody typed, or that is public, is theirs to change.
        is_public = self.instance.pk and self.instance.live
        if not is_public and UNTITLED_SLUGS.fullmatch(slug):
            slug = title = title or UNTITLED_SLUG
        elif not slug:
            if is_public or self.data.get(self.add_prefix("slug")):
                raise ValidationError(self.fields["slug"].error_messages["required"], code="required")
            slug = title = title or UNTITLED_SLUG
        if self.parent_page and not is_public and slug == title:
            slug = free_address(slug, self.parent_page, self.instance)
        if moves_public_pages(self.instance, slug):
            raise ValidationError(MOVES_PUBLIC_PAGES)
        return slug


class SiteCopyForm(GatedCopyForm):
    """Begins with an address that is free: the original has its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_slug"].initial = free_address(self.page.slug, self.page.get_parent())


def _take_at_any_length(field: forms.Field) -> None:
    """What is pasted isn't cut, and a draft is saved with it: when it is sent, its model says how long it may be."""
    field.validators = [one for one in field.validators if not isinstance(one, MaxLengthValidator)]
    field.widget.attrs.pop("maxlength", None)
