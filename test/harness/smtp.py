#!/usr/bin/env python3
"""A real SMTP server for tests (aiosmtpd), whose manners depend on whom a mail is for:

    grey…@   refused with 451 the first time, then taken
    gone…@   refused with 550
    full…@   refused with 552 once the text has come
    slow…@   taken, after a while

Each mail that is taken is written into a folder: N.eml as it came, N.txt as Python's email package reads it.

    smtp.py PROGRAM ARG…    runs a program with TEST_SMTP_PORT and TEST_SMTP_MAILS set
"""
import asyncio
import email
import email.policy
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path


class Handler:
    def __init__(self, folder, slow_seconds):
        self.folder, self.slow_seconds = folder, slow_seconds
        self.tried = []  # every recipient named, in order
        self.taken = 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802, ARG002
        is_first = address not in self.tried
        self.tried.append(address)
        if address.startswith("grey") and is_first:
            return "451 4.7.1 Greylisted, try again later"
        if address.startswith("gone"):
            return "550 5.1.1 No such person here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802, ARG002
        if any(a.startswith("full") for a in envelope.rcpt_tos):
            return "552 5.2.2 Mailbox full"
        if any(a.startswith("slow") for a in envelope.rcpt_tos):
            await asyncio.sleep(self.slow_seconds)
        self.keep(envelope)
        return "250 2.0.0 Taken"

    def keep(self, envelope):
        self.taken += 1
        name = self.folder / f"{self.taken:04}"
        name.with_suffix(".eml").write_bytes(envelope.content)
        read = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert not read.defects and not any(h.defects for h in read.values()), read.defects
        headers = "".join(f"{key}: {value}\n" for key, value in read.items())
        part = name.with_suffix(".part")
        part.write_text(f"Envelope: {envelope.mail_from} {' '.join(envelope.rcpt_tos)}\n{headers}\n"
                        f"{read.get_content()}", encoding="utf-8")
        part.rename(name.with_suffix(".txt"))


class MailServer:
    """Listens on a free port of this machine; `options` go to aiosmtpd."""

    def __init__(self, folder, slow_seconds=1.5, port=0, **options):
        self.handler = Handler(Path(folder), slow_seconds)
        self.options, self.port = options, port
        self.loop = asyncio.new_event_loop()
        self.is_ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        from aiosmtpd.smtp import SMTP  # found by whoever needs it only
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(self.loop.create_server(
            lambda: SMTP(self.handler, hostname="mail.test", loop=self.loop, **self.options), "127.0.0.1", self.port))
        self.port = server.sockets[0].getsockname()[1]
        self.is_ready.set()
        self.loop.run_forever()
        server.close()

    def __enter__(self):
        self.thread.start()
        assert self.is_ready.wait(10), "the SMTP server did not start"
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def wait(self, n, seconds=20):
        """The text of the n-th mail taken, from 1."""
        path = self.handler.folder / f"{n:04}.txt"
        until = time.monotonic() + seconds
        while not path.exists():
            assert time.monotonic() < until, f"mail {n} did not come within {seconds} s"
            time.sleep(0.02)
        return path.read_text(encoding="utf-8")


def main():
    try:
        import aiosmtpd  # noqa: F401
    except ImportError:
        print("1..0 # SKIP python3-aiosmtpd is not installed")
        return 0
    # The test runner's time limit arrives as SIGTERM: it must pass through the `finally` below.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = tempfile.mkdtemp(prefix="jalon-mail-", dir="/tmp")
    try:
        with MailServer(folder) as server:
            environment = dict(os.environ, TEST_SMTP_PORT=str(server.port), TEST_SMTP_MAILS=folder)
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
