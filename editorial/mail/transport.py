"""The moment at which a mail is handed over, seen from this side."""

import smtplib
from collections.abc import Callable
from types import TracebackType
from typing import Any

from django.core.mail import EmailMessage, get_connection


class NotDeliveredError(Exception):
    """The mail did not leave, for sure: it may be tried again. `is_down`: the server takes no mail at all."""

    def __init__(self, reason: BaseException, is_down: bool) -> None:
        super().__init__(f"{type(reason).__name__}: {reason}")
        self.is_down = is_down


class Transport:
    """One connection for a batch of mails; opened when first needed, and again after an error."""

    def __init__(self) -> None:
        self._connection = get_connection()
        self._is_open = False

    def __enter__(self) -> "Transport":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None):
        self._close()

    def send(self, message: EmailMessage, hand_over: Callable[[], None]) -> None:
        """Send, calling `hand_over()` when the server is about to take the text.

        Raises NotDeliveredError when it surely did not leave. Any other error after `hand_over()`
        leaves it open whether the server has it.
        """
        began = False

        def about_to() -> None:
            nonlocal began
            hand_over()
            began = True

        try:
            self._open()
            self._on_data(about_to)
            self._connection.send_messages([message])
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refusal:
            refuses_all = not self._is_open  # at the door, not this mail: a wrong password, no encryption
            self._close()
            raise NotDeliveredError(refusal, is_down=refuses_all) from refusal
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            if began:
                raise
            raise NotDeliveredError(error, is_down=True) from error
        except BaseException:
            self._close()
            raise

    def _open(self) -> None:
        if not self._is_open:
            self._connection.open()
            self._is_open = True

    def _close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._connection.close()

    def _on_data(self, about_to: Callable[[], None]) -> None:
        """Call `about_to()` between the server's yes to the address and the text of the mail.

        Up to there a broken connection means that nothing left. Backends without SMTP (terminal,
        memory) have no such moment: for them it is now.
        """
        smtp = getattr(self._connection, "connection", None)
        if not isinstance(smtp, smtplib.SMTP):
            about_to()
            return

        def data(text: Any) -> Any:
            about_to()
            return smtplib.SMTP.data(smtp, text)

        smtp.data = data  # type: ignore[method-assign,assignment]
