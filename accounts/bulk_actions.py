"""Many accounts at once: Wagtail's actions, with the same consequences as for one."""

from typing import Any

from django.utils.translation import ngettext
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from accounts import deletion, invitations, leaving
from accounts.people import may_manage


class DeletePeople(DeleteBulkAction):
    """Says first what goes with the accounts."""

    template_name = "accounts/bulk_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["consequences"] = deletion.consequences(each["item"] for each in context["items"])
        return context


class ClosePeople(SetActiveStateBulkAction):
    """Whoever is made inactive leaves, and what they have is free; whoever is to be active again is invited."""

    def check_perm(self, obj: Any) -> bool:
        return may_manage(self.request.user, obj)

    @classmethod
    def execute_action(cls, objects: Any, mark_as_active: bool = False, user: Any = None, **kwargs: Any) -> Any:
        changed = [person for person in objects if person.pk != user.pk and person.is_active != mark_as_active]
        if mark_as_active:
            changed = [person for person in changed if person.email]
        for person in changed:
            if mark_as_active:
                invitations.send(person, user)
            else:
                leaving.leave(person, user)
        return len(changed), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        if self.cleaned_form.cleaned_data["mark_as_active"]:
            words = ngettext("%(count)d person was invited.", "%(count)d people were invited.", num_parent_objects)
        else:
            words = ngettext("%(count)d account was closed.", "%(count)d accounts were closed.", num_parent_objects)
        return words % {"count": num_parent_objects}


class AssignRoles(AssignRoleBulkAction):
    """Only to those whose account one may look after, and nobody but administrators to themselves."""

    def check_perm(self, obj: Any) -> bool:
        user = self.request.user
        return may_manage(user, obj) and (user.is_superuser or obj.pk != user.pk)
