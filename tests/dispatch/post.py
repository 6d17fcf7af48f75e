"""A mail server on loopback with TLS and login, well-behaved or not (邮局).

What lives here: aiosmtpd, a certificate made for the session, faults by recipient. What must not: assertions.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from pipeline.settings import Mail

USER, PASSWORD = "clerk", "secret-7Qx"
SENDER = "tongbao@example.org"


@dataclass
class Post:
    """A handler that keeps what it accepted; ``faults`` gives what goes wrong with a recipient, once each (处理器).

    ``451`` or ``554`` for an answer to the content, ``450 rcpt`` for one to the address, ``drop`` before the content is
    accepted, ``lost`` after it was accepted, ``slow`` for a late answer. After ``patience`` messages over one connection it drops
    the line at the next one, or answers 421 where it is ``polite``.
    """

    faults: dict[str, list[str]] = field(default_factory=dict)
    accepted: list[EmailMessage] = field(default_factory=list)
    identities: list[str] = field(default_factory=list)
    patience: int = 1000
    polite: bool = False

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        session.messages = getattr(session, "messages", 0) + 1
        if session.messages > self.patience:
            if self.polite:
                return "421 too many messages"
            server.transport.abort()
        envelope.mail_from = address
        return "250 OK"

    def _next(self, address: str, *kinds: str) -> str:
        waiting = self.faults.get(address, [])
        return waiting.pop(0) if waiting and waiting[0] in kinds else ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self._next(address, "450 rcpt"):
            return "450 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        fault = self._next(address, "451", "554", "drop", "lost", "slow")
        if fault == "slow":
            await asyncio.sleep(0.05)
        if fault in ("451", "554"):
            return f"{fault} not now"
        if fault != "drop":
            message = email.message_from_bytes(envelope.content, policy=email.policy.SMTP)
            assert isinstance(message, EmailMessage)
            self.accepted.append(message)
        if fault in ("drop", "lost"):
            server.transport.abort()
        return "250 OK"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.identities.append(data.login.decode())
        return AuthResult(success=data.password.decode() == PASSWORD, handled=False)

    def got(self, address: str) -> list[EmailMessage]:
        return [message for message in self.accepted if message["To"] == address]


@contextmanager
def open_post(handler: Post, folder: Path) -> Iterator[Mail]:
    """Run the server, and tell how to reach it (开设邮局)."""
    key, certificate = folder / "post.key", folder / "post.crt"
    if not key.exists():
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
             "-subj", "/CN=post", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
            check=True, capture_output=True,
        )  # fmt: skip
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(
        handler, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True,
        authenticator=handler.authenticate, auth_required=True, auth_require_tls=True, data_size_limit=1 << 25,
    )  # fmt: skip
    controller.start()
    try:
        yield Mail("127.0.0.1", port, SENDER, USER, PASSWORD, authorities=str(certificate), pause_seconds=0)
    finally:
        controller.stop()
