"""How a package is handed over: as a file for the exchange system, or by e-mail (送达方式).

What lives here: one class a transport, with what it refuses beforehand and the courier of one dispatch, who hands over one package
at a time. Three things may come of it: accepted, certainly not accepted, nobody knows. What must not: who is due, the journal.
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from threading import Event
from typing import Protocol

from pipeline.dispatch.records import Issue, Package, sync_folder
from pipeline.errors import DispatchError
from pipeline.output import sha256
from pipeline.settings import Mail

OUTBOX = "outbox"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_TRIES = 3
_LEAVING = 421  # the server is about to close the connection
_DOTS = re.compile(rb"(?m)^\.")


class Refused(Exception):
    """The package was certainly not accepted (未被接受): ``passing`` says that it may be later."""

    def __init__(self, detail: str, passing: bool = False) -> None:
        super().__init__(detail)
        self.detail, self.passing = detail, passing


class _Ended(Refused):
    """The connection came to its end, and the package was certainly not accepted (连接结束)."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, passing=True)


class Unknown(Exception):
    """Nobody knows whether the package was accepted (结果不明)."""


class Courier(Protocol):
    """Who hands over the packages of one dispatch (送件人)."""

    def hand_over(self, known: Issue, package: Package, data: bytes) -> str:
        """Hand over one package and tell how (送出). Raises ``Refused`` or ``Unknown``."""


class Transport(Protocol):
    """A way to hand over (送达方式)."""

    @property
    def label(self) -> str:
        """What the register calls it."""

    def faults(self, package: Package, size: int) -> Iterator[str]:
        """Why a package could not be handed over, before anything is (事先可知的问题)."""

    def courier(self) -> AbstractContextManager[Courier]:
        """Whoever hands over the packages of one dispatch (送件)."""


@dataclass(frozen=True)
class FolderTransport:
    """Packages as files in the outbox, from where the exchange system takes them (交换目录)."""

    folder: Path
    label: str = "交换系统"

    def faults(self, package: Package, size: int) -> Iterator[str]:
        return iter(())

    def courier(self) -> AbstractContextManager[Courier]:
        return nullcontext(self)

    def hand_over(self, known: Issue, package: Package, data: bytes) -> str:
        target = self.folder / Path(package.zip).name
        aside = target.with_name(f".{target.name}.part")
        try:
            self.folder.mkdir(exist_ok=True)
            with aside.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            aside.replace(target)
        except OSError as error:
            with suppress(OSError):
                aside.unlink()
            raise Refused(f"{target.name} 无法写入：{error.strerror}") from error
        sync_folder(self.folder)
        return target.name


@dataclass(frozen=True)
class MailTransport:
    """Packages by e-mail over verified TLS (电子邮件)."""

    mail: Mail
    date: str
    addresses: Mapping[str, str]  # by key of the recipient
    label: str = "电子邮件"

    def faults(self, package: Package, size: int) -> Iterator[str]:
        address = self.addresses.get(package.key, "")
        if not address:
            yield f"{package.name}没有登记电子邮件地址"
        elif not _ADDRESS.fullmatch(address):
            yield f"{package.name}的电子邮件地址不能使用：{address!r}"
        elif list(map(str.lower, self.addresses.values())).count(address.lower()) > 1:
            yield f"{package.name}的电子邮件地址与其他单位的相同：{address}"
        if size * 4 // 3 > self.mail.limit:
            yield f"{package.name}的材料包 {size >> 10} KB，编码后超过邮件的上限 {self.mail.limit >> 10} KB"

    @contextmanager
    def courier(self) -> Iterator[Courier]:
        postman = _Postman(self)
        try:
            yield postman
        finally:
            postman.leave()

    def message(self, known: Issue, package: Package, data: bytes) -> EmailMessage:
        """The message to one recipient; its id follows from quarter, issue and recipient alone (邮件)."""
        made = EmailMessage(policy=SMTP)
        made["Message-ID"] = message_id(known, package, self.mail.sender)
        made["Date"] = self.date
        made["From"], made["To"] = self.mail.sender, self.addresses[package.key]
        made["Subject"] = f"{known.document_number}　{package.name}"
        made.set_content(
            f"{package.name}：\n\n附件为《{known.title}》（{known.document_number}）及随附材料，请查收。\n",
            cte="base64",
        )
        made.add_attachment(data, maintype="application", subtype="zip", filename=Path(package.zip).name)
        made.set_boundary(f"=={package.sha256[:40]}==")
        return made


class _Postman:
    """Sends the messages of one dispatch, over one connection as long as it lasts (邮递).

    Temporary refusals are tried again, three times in all, each over a new connection. A connection that other messages went over
    may have come to its end: a new one takes its place, and that is no try. Only one over which all went well is kept.
    """

    def __init__(self, transport: MailTransport) -> None:
        self._transport, self._mail = transport, transport.mail
        self._server: smtplib.SMTP | None = None

    def hand_over(self, known: Issue, package: Package, data: bytes) -> str:
        message = self._transport.message(known, package, data).as_bytes()
        pause, last = Event(), Refused("")
        for again in range(_TRIES):
            if again:
                pause.wait(self._mail.pause_seconds * again)
            try:
                return self._try(package, message)
            except Refused as error:
                if not error.passing:
                    raise
                last = error
        raise last

    def leave(self) -> None:
        """Take leave of the server, if it is there (结束连接)."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
            self._server.close()

    def _try(self, package: Package, message: bytes) -> str:
        if self._server is not None:
            with suppress(_Ended):
                return self._send(self._server, package, message)
        return self._send(self._connected(), package, message)

    def _send(self, server: smtplib.SMTP, package: Package, message: bytes) -> str:
        """One message; the connection is kept for the next one if the server accepts this one."""
        self._server = None
        try:
            told = self._transact(server, package, message)
        except BaseException:
            server.close()
            raise
        self._server = server
        return told

    def _connected(self) -> smtplib.SMTP:
        try:
            return self._open()
        except smtplib.SMTPAuthenticationError as error:
            raise Refused(f"邮件服务器不接受登录（{error.smtp_code}）", 400 <= error.smtp_code < 500) from None
        except ssl.SSLError as error:
            raise Refused(f"邮件服务器的证书或者加密连接不能通过核验：{error.reason}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise Refused(f"无法连接邮件服务器：{type(error).__name__}", passing=True) from error

    def _open(self) -> smtplib.SMTP:
        trusted = ssl.create_default_context(cafile=self._mail.authorities or None)
        wait = self._mail.timeout_seconds
        if self._mail.implicit_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._mail.host, self._mail.port, timeout=wait, context=trusted)
        else:
            server = smtplib.SMTP(self._mail.host, self._mail.port, timeout=wait)
        try:
            if not self._mail.implicit_tls:
                server.starttls(context=trusted)  # a server without TLS raises
            if self._mail.user:
                server.login(self._mail.user, self._mail.password)
        except BaseException:
            server.close()
            raise
        return server

    def _transact(self, server: smtplib.SMTP, package: Package, message: bytes) -> str:
        """One message over an open connection: what goes wrong before its first line is a refusal, afterwards nobody knows."""
        try:
            server.ehlo_or_helo_if_needed()
            _expect(2, *server.mail(self._mail.sender))
            _expect(2, *server.rcpt(self._transport.addresses[package.key]))
            _expect(3, *server.docmd("DATA"))
        except (OSError, smtplib.SMTPException) as error:
            raise _Ended(f"连接中断：{type(error).__name__}") from error
        try:
            server.send(_DOTS.sub(b"..", message) + b".\r\n")
            code, reply = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise Unknown(f"送出内容以后连接中断：{type(error).__name__}") from error
        if code // 100 not in (2, 4, 5):
            raise Unknown(f"服务器对送出内容的答复无法识别：{code}")
        _expect(2, code, reply)
        return f"{code}"


def message_id(known: Issue, package: Package, sender: str) -> str:
    """The id of a message (邮件标识): the same whenever the same package goes to the same recipient."""
    digest = sha256(f"{known.quarter}/{known.number}/{package.key}".encode())
    return f"<{known.quarter}.{known.number}.{digest[:32]}@{sender.rpartition('@')[2]}>"


def _expect(kind: int, code: int, reply: bytes) -> None:
    """Raise ``Refused`` unless the server answers as it should; 421 ends the connection, other 4xx pass as well."""
    if code // 100 != kind:
        told = f"服务器答复 {code} {' '.join(reply.decode('ascii', 'replace').split())[:120]}"
        raise _Ended(told) if code == _LEAVING else Refused(told, passing=code // 100 == 4)


def mail_transport(mail: Mail | None, date: str, addresses: Mapping[str, str]) -> MailTransport:
    """The e-mail transport as it is set up (邮件设置). Raises ``DispatchError`` where it is not."""
    if mail is None:
        raise DispatchError(
            "smtp_off",
            "没有设置电子邮件，不能用 smtp 送达。",
            "请由维护人员设置环境变量 BULLETIN_SMTP_HOST、BULLETIN_SMTP_FROM 等；平时使用默认的 folder。",
        )
    if not _ADDRESS.fullmatch(mail.sender):
        raise DispatchError("smtp_sender", "发件地址（BULLETIN_SMTP_FROM）不是电子邮件地址。", "请由维护人员改正。")
    return MailTransport(mail, date, addresses)
