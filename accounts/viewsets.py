"""The list of accounts, and what administrators do there: Wagtail's, with invitations, and an end in one step."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.users.views import users

from accounts import deletion, invitations, leaving
from accounts.forms import InvitationForm, PersonForm
from accounts.people import may_manage


def standing(person: Any) -> str:
    """Whether somebody was asked to come and hasn't yet, or has left; "" for everybody else."""
    invitation = getattr(person, "invitation", None)
    if invitation and invitation.is_pending:
        day = date_format(localtime(invitation.sent_at), "j E")
        if invitation.is_too_old:
            return _("Invited on %(day)s, and the link is too old") % {"day": day}
        return _("Invited on %(day)s, not here yet") % {"day": day}
    return "" if person.is_active else _("Has left")


class PeopleView(users.IndexView):
    """Everybody who has an account, was asked to come, or has left."""

    add_item_label = gettext_lazy("Invite somebody")

    @cached_property
    def columns(self) -> list[Any]:
        found = super().columns
        found[1].width = "25%"  # names stay whole
        standing_of = Column("standing", label=gettext_lazy("Comes and goes"), accessor=standing, width="15%")
        return [*found[:4], standing_of, *found[4:]]

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("invitation")

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        return [*super().get_list_more_buttons(instance), *ways(instance, self.request.user)]


def ways(person: Any, user: Any) -> list[Button]:
    """What `user` can do about the coming and going of `person`."""
    if not may_manage(user, person):
        return []
    invitation = getattr(person, "invitation", None)
    found = []
    if person.is_active and not leaving.objection(person, user):
        words = _("Close the account")
        found.append(Button(words, reverse("accounts:leave", args=(person.pk,)), icon_name="logout", priority=25))
    if not person.is_active:
        words = _("Invite again")
        found.append(Button(words, reverse("accounts:invite", args=(person.pk,)), icon_name="mail", priority=15))
    if invitation and invitation.is_pending:
        words, url = _("Withdraw the invitation"), reverse("accounts:withdraw", args=(person.pk,))
        found.append(Button(words, url, icon_name="cross", priority=16))
    return found


class InviteView(users.CreateView):
    """Nobody types a password for somebody else."""

    page_title = gettext_lazy("Invite somebody")
    submit_button_label = gettext_lazy("Send the invitation")
    success_message = None

    def get_page_subtitle(self) -> Any:
        return self.page_title

    def get_breadcrumbs_items(self) -> list[Any]:
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save_instance(self) -> Any:
        person = super().save_instance()
        invitations.send(person, self.request.user, is_first=True)
        log(person, "accounts.invited", user=self.request.user)
        words = _("The invitation goes to %(email)s. The account is called “%(name)s”.")
        messages.success(self.request, words % {"email": person.email, "name": person.get_username()})
        return person


class PersonView(users.EditView):
    """Name, address and roles of an account."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_manage(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save_instance(self) -> Any:
        person = super().save_instance()
        invitation = getattr(person, "invitation", None)
        if "email" in self.form.changed_data and invitation and invitation.is_pending:
            invitations.send(person, self.request.user)  # the link that went elsewhere opens nothing any more
        return person


class DeletePersonView(users.DeleteView):
    """Says first what goes with the account, and what is kinder."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["consequences"] = deletion.consequences([self.object])
        context["may_leave"] = self.object.is_active and not leaving.objection(self.object, self.request.user)
        return context


class PersonViewSet(users.UserViewSet):
    """In the place of Wagtail's own (`users_app.py`)."""

    copy_view_enabled = False  # everybody is invited
    index_view_class = PeopleView
    add_view_class = InviteView
    edit_view_class = PersonView
    delete_view_class = DeletePersonView
    create_template_name = "accounts/invite.html"
    edit_template_name = "accounts/person.html"
    delete_template_name = "accounts/delete.html"

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonForm if for_update else InvitationForm
