"""Names of the fields in the dialog for links of the text editor: Wagtail makes most of them of names in its code.

Those have no entry in any catalogue, so they stay English. Goes when the forms have labels of their own.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers

LABELS = {
    "url": _("Address"),
    "link_text": _("Words of the link"),
    "email_address": _("E-mail address"),
    "subject": _("Subject of the mail"),
    "body": _("First words of the mail"),
    "phone_number": _("Telephone number"),
}
FORMS = (
    choosers.AnchorLinkChooserForm,
    choosers.EmailLinkChooserForm,
    choosers.ExternalLinkChooserForm,
    choosers.PhoneLinkChooserForm,
)


def connect() -> None:
    """Called once, when the app is ready."""
    for form in FORMS:
        for name, field in form.base_fields.items():
            field.label = LABELS[name]
    choosers.AnchorLinkChooserForm.base_fields["url"].label = _(
        "Heading on this page, as it stands after # in its address"
    )
