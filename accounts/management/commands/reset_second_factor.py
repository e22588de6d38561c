"""For who has lost phone, keys and codes: they set up a second factor anew when they next sign in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import second_factor, sign_in_log


class Command(BaseCommand):
    help = "Takes a person's second factors and codes away, and ends their sessions. Make sure that it is they who ask."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", help="the user name")

    def handle(self, *args: Any, account: str, **options: Any) -> None:
        user = get_user_model()._default_manager.filter(username=account).first()
        if user is None:
            raise CommandError(f"There is no account “{account}”.")
        count, _each = Authenticator.objects.filter(user=user).delete()
        second_factor.end_sessions(user)
        sign_in_log.log.warning("Second factors removed by an operator: account=%s", account)
        self.stdout.write(f"{account}: {count} removed. The next sign-in asks to set up a new one.")
