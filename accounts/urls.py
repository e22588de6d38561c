"""The one door of the admin, and what belongs to a person's account beside Wagtail's own screens."""

from allauth.account.views import account_inactive, reauthenticate
from allauth.decorators import rate_limit
from django.urls import include, path
from wagtail.admin.views import account

from accounts.views import InvitationView, SignInView

urlpatterns = [
    path("login/", SignInView.as_view(), name="account_login"),
    path("logout/", account.LogoutView.as_view(), name="account_logout"),
    # Wagtail's, which mails through our outbox; tries are counted.
    path("password_reset/", rate_limit(action="reset_password")(account.PasswordResetView.as_view())),
    path("account/confirm/", reauthenticate, name="account_reauthenticate"),
    path("invitation/<str:token>/", InvitationView.as_view(), name="account_invitation"),
    path("account/inactive/", account_inactive, name="account_inactive"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
]
