"""Puts a notice beside a segment away, and brings all of a page back."""

import re
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from django.views.generic import View
from wagtail.models import Page

from approval.views.subjects import edit_address
from translation.models import DismissedNotice

FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@method_decorator(require_POST, name="dispatch")
class NoticesView(View):
    """For whoever may write this translation now; it is no writing itself. Says how many are put away."""

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        user: Any = request.user
        page: Any = get_object_or_404(Page, pk=page_id).specific
        lock = page.get_lock()
        if not page.permissions_for_user(user).can_edit() or (lock and lock.for_user(user)):
            raise PermissionDenied
        if "again" in request.POST:
            DismissedNotice.objects.filter(page=page_id).delete()
            return redirect(edit_address(page))
        fingerprint = request.POST.get("notice", "")
        if not FINGERPRINT.fullmatch(fingerprint):
            raise BadRequest("No notice is named so.")
        DismissedNotice.objects.get_or_create(page_id=page_id, fingerprint=fingerprint, defaults={"user": user})
        count = DismissedNotice.objects.filter(page=page_id).count()
        return render(request, "translation/parts/dismissed.html", {"count": count})
