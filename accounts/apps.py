from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import mail_kinds, own_account, second_factor, security_mails, sign_in_log

        second_factor.connect()
        security_mails.connect()
        sign_in_log.connect()
        mail_kinds.register()
        own_account.close_name_form()
