"""Addresses below /admin/accounts/, for those who are in."""

from django.urls import path

from accounts.leaving_views import LeaveView
from accounts.own_account import AddressView
from accounts.people_views import InviteAgainView, WithdrawView

app_name = "accounts"

urlpatterns = [
    path("address/", AddressView.as_view(), name="address"),
    path("<int:pk>/leave/", LeaveView.as_view(), name="leave"),
    path("<int:pk>/invite/", InviteAgainView.as_view(), name="invite"),
    path("<int:pk>/withdraw/", WithdrawView.as_view(), name="withdraw"),
]
