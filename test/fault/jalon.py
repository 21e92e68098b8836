"""A real server for the fault suite: started on a free port and a folder of its own, spoken to as a browser
does, and ended whatever happens."""
import http.client
import hashlib
import base64
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "tools"))
import tap  # noqa: E402

PROGRAM = sys.argv[1]
START_SECONDS = 2  # within which a server has to answer, whatever it finds on the disk
OWN = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
CHOICES = ("no", "some", "yes")  # of the first question


def main(namespace):
    """Runs the cases of a test program; its exit status tells what the plan cannot."""
    # The test runner's time limit arrives as SIGTERM: it must pass through the `finally` below.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    tap.run(namespace)


@contextmanager
def folder():
    """A temporary folder, whatever rights it was left with."""
    path = Path(tempfile.mkdtemp(prefix="jalon-fault-"))
    try:
        yield path
    finally:
        path.chmod(0o700)
        shutil.rmtree(path, ignore_errors=True)


class Server:
    """`jalon serve` on `data`. `prepare` runs in the child before the program does."""

    def __init__(self, data, *flags, prepare=None, environment=None):
        began = time.monotonic()
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", str(data), *flags],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log,
            encoding="utf-8", env={**clean_environment(), **(environment or {})}, preexec_fn=prepare)
        line = self.first = self.process.stdout.readline()
        self.start_seconds = time.monotonic() - began
        if "http://" not in line:
            self.end()
            raise AssertionError(f"the server did not start: {self.errors()}")
        self.port = int(line.split("http://")[1].split()[0].rsplit(":", 1)[1])

    def errors(self):
        self.log.seek(0)
        return self.log.read().decode()

    def connect(self, timeout=10):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, timeout=15):
        """SIGTERM; (exit code, seconds it took)."""
        began = time.monotonic()
        self.process.terminate()
        code = self.process.wait(timeout)
        return code, time.monotonic() - began

    def end(self):
        if self.process.poll() is None:
            self.kill()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
        self.log.close()


LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # what decides the language of the console, first to last


def clean_environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("JALON_") and name not in LOCALE}


def request(connection, method, path, body=None):
    """(status, Location or body)."""
    connection.request(method, path, body=body, headers=OWN if method == "POST" else {})
    response = connection.getresponse()
    text = response.read()
    return response.status, response.getheader("Location") or text


def begin(connection):
    """A new sheet: the path of its link."""
    status, location = request(connection, "POST", "/scorecard", "")
    assert status == 303, f"beginning a sheet is answered {status}"
    return location.split("/q/")[0]


def save(connection, sheet, question, value, comment=""):
    return request(connection, "POST", f"{sheet}/q/{question}", f"answer={value}&comment={comment}")[0]


def rows(data, query, *values):
    """Rows of the database, past Jalon."""
    connection = sqlite3.connect(f"file:{data}/jalon.db?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def answers(data, sheet):
    """{question: (value, comment)} as stored."""
    token = sheet.rsplit("/", 1)[1]
    digest = hashlib.sha256(base64.urlsafe_b64decode(token + "==")).digest()
    found = rows(data, "SELECT question, value, comment FROM answer JOIN sheet ON sheet.id = sheet_id"
                       " AND sheet.org_id = answer.org_id WHERE token_hash = ?", digest)
    return {question: (value, comment) for question, value, comment in found}


def assert_whole(data):
    assert rows(data, "PRAGMA integrity_check") == [("ok",)]
    assert rows(data, "PRAGMA foreign_key_check") == []


class Respondent(threading.Thread):
    """Saves numbered answers to one question of a sheet of its own until told to stop or cut off."""

    def __init__(self, server, question="lineage"):
        super().__init__(daemon=True)
        self.server, self.question = server, question
        self.connection = server.connect()
        self.sheet = begin(self.connection)
        self.sent = self.acknowledged = 0
        self.answered_at = 0.0
        self.statuses = set()
        self.stopping = False

    def run(self):
        while not self.stopping:
            self.sent += 1
            try:
                status = save(self.connection, self.sheet, self.question, CHOICES[self.sent % 3], self.sent)
            except (OSError, http.client.HTTPException):
                return
            self.statuses.add(status)
            self.answered_at = time.monotonic()
            if status in (204, 303):
                self.acknowledged = self.sent

    def check(self, data):
        """What was acknowledged is there, whole, and nothing that was never sent."""
        stored = answers(data, self.sheet).get(self.question)
        if stored is None:
            assert self.acknowledged == 0, f"answer {self.acknowledged} was acknowledged and is gone"
            return
        value, number = stored[0], int(stored[1])
        assert self.acknowledged <= number <= self.sent, f"{self.acknowledged} <= {number} <= {self.sent}"
        assert value == CHOICES[number % 3], f"answer {number} is half stored: {stored}"
