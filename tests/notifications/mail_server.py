"""A real mail server for the tests: it takes, refuses, hangs or dies when told to."""

import asyncio
import socket
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class MailServer:
    """Listens on 127.0.0.1; `mails` are those that it took, also when it never said so.

    It asks nobody to log in, and knows no password.
    """

    def __init__(self) -> None:
        self.port = _free_port()
        self.mails: list[Any] = []
        self.on_address: Callable[[str], str] = lambda address: "250 OK"
        self.on_mail: Callable[[Any], str] = lambda mail: "250 OK"
        self.hangs_at_address = ""  # or a part of it; "@" is in all
        self.hangs_after_mail = False
        self.dies_after_mail = False
        self.reached = threading.Semaphore(0)
        """Released by each client that waits for an answer."""
        self._controller: Controller | None = None

    def __enter__(self) -> "MailServer":
        self.start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self.stop()

    def start(self) -> None:
        nobody = {"authenticator": lambda *_login: AuthResult(success=False, handled=False), "auth_require_tls": False}
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **nobody)
        self._controller.start()

    def stop(self) -> None:
        self.hangs_at_address, self.hangs_after_mail = "", False
        if self._controller is not None:
            self._controller.stop(no_assert=True)
            self._controller = None

    @property
    def receivers(self) -> list[str]:
        return sorted(mail["To"] for mail in self.mails)

    # What aiosmtpd asks its handler:

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.hangs_at_address and self.hangs_at_address in address:
            await self._hang()
        answer = self.on_address(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        answer = self.on_mail(mail)
        if answer.startswith("250"):
            self.mails.append(mail)
        if self.hangs_after_mail:
            await self._hang()
        if self.dies_after_mail:
            server.transport.abort()
        return answer

    async def _hang(self) -> None:
        self.reached.release()
        while self.hangs_at_address or self.hangs_after_mail:
            await asyncio.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
