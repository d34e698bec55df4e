"""A real SMTP server on the loopback for tests: it keeps what it accepts and fails where it is told to."""

import asyncio
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "anna", "s3cret pässword"


class Accepted(NamedTuple):
    """A message that the server has."""

    sender: str
    recipients: list[str]
    data: bytes


class Post:
    """What the server does with mail: `replies` maps a recipient, or a command such as "DATA", to its answer."""

    def __init__(self, **replies: str) -> None:
        self.accepted: list[Accepted] = []
        self.replies = replies
        self.log: list[str] = []
        self.seconds = 0.0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.log.append(f"MAIL {address} {' '.join(options)}".strip())
        envelope.mail_from = address
        return self.replies.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.log.append(f"RCPT {address}")
        reply = self.replies.get(address, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        reply = self.replies.get("DATA", "250 2.0.0 queued as 4F2")
        self.log.append("DATA")
        if reply.startswith("250") or reply == "drop after accepting":
            data = envelope.original_content
            assert data is not None
            self.accepted.append(Accepted(envelope.mail_from or "", list(envelope.rcpt_tos), data))
        await asyncio.sleep(self.seconds)
        if reply.startswith("drop"):
            assert server.transport is not None
            server.transport.close()
        return reply


class Certificates(NamedTuple):
    """A private authority for one host: the server's side, and the file that a client trusts."""

    server: ssl.SSLContext
    ca_file: str


def make_certificates(folder: str, host: str = "127.0.0.1") -> Certificates:
    """Return a host's certificate. The tests name the loopback by number: a bare system has no /etc/hosts."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(host).configure_cert(context)
    authority.cert_pem.write_to_path(f"{folder}/ca.pem")
    return Certificates(context, f"{folder}/ca.pem")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    """Let one user in."""
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)


@contextmanager
def serving(
    post: Post, make: Callable[..., SMTP] = SMTP, *, tls: ssl.SSLContext | None = None, **options: Any
) -> Iterator[int]:
    """Serve mail on a port of 127.0.0.1 until the block ends; `tls` encrypts from the first byte (SMTPS)."""
    loop = asyncio.new_event_loop()

    def protocol() -> SMTP:
        with warnings.catch_warnings():
            # It warns of logins without TLS, which is what some of these tests are about.
            warnings.simplefilter("ignore", UserWarning)
            return make(post, hostname="localhost", loop=loop, **options)

    listener = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", 0, ssl=tls))
    thread = threading.Thread(target=loop.run_forever, daemon=True)  # what fails here must not keep pytest from ending
    thread.start()
    try:
        yield int(listener.sockets[0].getsockname()[1])
    finally:
        asyncio.run_coroutine_threadsafe(_end(loop, listener), loop).result(timeout=60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(loop: asyncio.AbstractEventLoop, listener: asyncio.Server) -> None:
    """Take no more connections, cancel the conversations that are still going on, and let each clean up."""
    listener.close()
    tasks = asyncio.all_tasks(loop) - {asyncio.current_task(loop)}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)
