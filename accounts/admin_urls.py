"""Addresses below /admin/accounts/, for those who are in."""

from django.urls import path

from accounts.own_account import AddressView

app_name = "accounts"

urlpatterns = [
    path("address/", AddressView.as_view(), name="address"),
]
