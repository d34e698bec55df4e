"""A mail server that fails and kills its client at seeded moments, and a nursery of clients to kill."""

import os
import random
import re
import signal
import socketserver
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

# Imports everything once, then forks a client for each line "NOW ARGUMENTS…". A client waits until its number is known,
# and is not reaped before the other side has forgotten it, so that no other process can be killed in its place.
NURSERY = """
import os, sys
from briefing.commands.send import command
import briefing.archive.outbox, briefing.archive._database, briefing.deliver.ways.smtp, briefing.deliver._password
import email.parser, fcntl, platformdirs, zoneinfo
for line in sys.stdin:
    now, *arguments = line.split()
    gate, opener = os.pipe()
    client = os.fork()
    if client == 0:
        os.read(gate, 1)
        os.environ["SOURCE_DATE_EPOCH"] = now
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 70
        try:
            code = command.main(arguments, standalone_mode=False) or 0
        except Exception as error:
            print(type(error).__name__, error, file=sys.stderr)
            code = getattr(error, "exit_code", 70)
        os._exit(code)
    print(client, flush=True)
    sys.stdin.readline()
    os.write(opener, b"!")
    ended = os.waitid(os.P_PID, client, os.WEXITED | os.WNOWAIT)
    print(ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status, flush=True)
    sys.stdin.readline()
    os.waitpid(client, 0)
    os.close(gate); os.close(opener)
"""


class Nursery:
    """Clients of one archive, started one after the other."""

    def __init__(self, server: "Killer", folder: Path) -> None:
        self._server = server
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
            env={**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate(timeout=30)

    def run(self, now: int, *arguments: str, seconds: float | None = None) -> int:
        """Run `briefing send` and return its exit code, -9 when it was killed; `seconds` kills it after that time."""
        self._say(f"{now} {' '.join(arguments)}")
        self._server.client = int(self._hear())
        timer = threading.Timer(seconds or 0, self._server.kill, ("time",))
        self._say("go")
        if seconds is not None:
            timer.start()
        code = int(self._hear())
        timer.cancel()
        with self._server.lock:
            self._server.client = None
        self._say("reap")
        return code

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")

    def _hear(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


class Killer(socketserver.ThreadingTCPServer):
    """Counts what it accepts by Message-ID. While it is `angry` it kills, hangs up and refuses, by its seed."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        self.angry = True
        self.client: int | None = None
        self.accepted: Counter[str] = Counter()
        self.killed: Counter[str] = Counter()

    def chance(self, probability: float) -> bool:
        """Tell whether something bad happens now."""
        with self.lock:
            return self.angry and self.random.random() < probability

    def kill(self, moment: str) -> None:
        """Kill the client, as a power cut would."""
        with self.lock:
            if self.client is not None:
                os.kill(self.client, signal.SIGKILL)
                self.killed[moment] += 1
                self.client = None


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    server: Killer

    def handle(self) -> None:
        try:
            self.say("220 here", "greeting")
            while line := self.rfile.readline():
                self.answer(line.decode().strip().upper())
        except (OSError, EOFError):
            pass

    def answer(self, command: str) -> None:
        """Answer one command; half of the failures come before the reply, half are the reply."""
        verb = command[:4]
        if verb == "DATA":
            self.say("354 go on", "DATA")
            self.receive()
        elif verb in ("MAIL", "RCPT") and self.server.chance(0.06):
            self.say("451 4.7.1 later", verb)
        elif verb == "RCPT" and self.server.chance(0.02):
            self.say("550 5.1.1 nobody", verb)
        elif verb in ("EHLO", "MAIL", "RCPT", "RSET", "QUIT"):
            self.say("250 fine", verb)
        else:
            self.say("500 what", verb)

    def receive(self) -> None:
        """Take the message, or fail at its beginning, in the middle, before or after it is accepted."""
        self.maybe_die("in the message")
        data = b""
        while not data.endswith(b"\r\n.\r\n"):
            line = self.rfile.readline()
            if not line:
                raise EOFError
            data += line
        self.maybe_die("before accepting")
        if self.server.chance(0.05):
            self.say("452 4.3.1 no room", "refusal")
        else:
            found = re.search(rb"^Message-ID: (\S+)", data, re.MULTILINE)
            assert found is not None
            self.server.accepted[found[1].decode()] += 1
            self.say("250 2.0.0 mine", "accepted")

    def say(self, reply: str, moment: str) -> None:
        """Reply, or kill the client or hang up before or after it."""
        self.maybe_die(f"before the reply: {moment}")
        self.wfile.write(reply.encode() + b"\r\n")
        self.maybe_die(f"after the reply: {moment}")

    def maybe_die(self, moment: str) -> None:
        """Kill the client, or hang up, or do nothing."""
        if self.server.chance(0.045):
            self.server.kill(moment)
            raise EOFError
        if self.server.chance(0.01):
            raise EOFError


@contextmanager
def killing(seed: int) -> Iterator[Killer]:
    """Serve until the block ends."""
    with Killer(seed) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
