"""Screens of administrators about one person: inviting again, withdrawing an invitation."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from accounts import invitations
from accounts.people import may_manage


class PersonActionView(WagtailAdminTemplateMixin, FormView):
    """Something about one account; it happens by its button alone."""

    success_url = reverse_lazy("wagtailusers_users:index")
    form_class: Any = forms.Form
    header_icon = "user"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(get_user_model(), pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_manage(request.user, self.person):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[Any]:
        return []

    def get_page_subtitle(self) -> str:
        return str(self.person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "person": self.person, "back": self.success_url}


class InviteAgainView(PersonActionView):
    """A new link, for who hasn't come yet, and for who comes back."""

    template_name = "accounts/invite_again.html"
    page_title = _("Invite again")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.person.is_active:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if not self.person.email:
            messages.error(self.request, gettext("Type an e-mail address first."))
            return redirect("wagtailusers_users:edit", self.person.pk)
        invitations.send(self.person, self.request.user)
        log(self.person, "accounts.invited", user=self.request.user)
        words = gettext("The invitation goes to %(email)s. The account is called “%(name)s”.")
        facts = {"email": self.person.email, "name": self.person.get_username()}
        messages.success(self.request, words % facts)
        return super().form_valid(form)


class WithdrawView(PersonActionView):
    """The link opens nothing any more."""

    template_name = "accounts/withdraw.html"
    page_title = _("Withdraw the invitation")
    header_icon = "cross"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        invitation = getattr(self.person, "invitation", None)
        if self.person.is_active or invitation is None or not invitation.is_pending:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        log(self.person, "accounts.uninvited", user=self.request.user)
        name = self.person.name
        invitations.withdraw(self.person.invitation)
        messages.success(self.request, gettext("The invitation of %(name)s is withdrawn.") % {"name": name})
        return super().form_valid(form)
