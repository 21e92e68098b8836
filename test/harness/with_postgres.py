#!/usr/bin/env python3
"""Runs a program with a PostgreSQL of its own: with_postgres.py PROGRAM ARG…

Starts a server in a temporary folder, on a Unix socket only, with TEST_DB_URL set to an empty UTF-8
database on it and TEST_DB_PID to the server's process, and stops it whatever happens to the program. The
role owns the database and is no superuser, so row-level security holds for it. As root, the server runs as
`postgres` or `nobody`. Exits as the program does; says so in TAP and exits 0
when PostgreSQL is not installed.
"""
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

PR_SET_PDEATHSIG = 1
DATABASE = "jalon_test"


def find_programs():
    """The folder of initdb and postgres, the newest that is installed; None when there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    on_path = shutil.which("initdb")
    return folders[-1] if folders else Path(on_path).parent if on_path else None


def server_user():
    """Whom to run the server as: None for ourselves. PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    sys.exit("with_postgres: neither user postgres nor nobody exists")


def become(user):
    """What the child does before it becomes the server: another user, and to die with us."""
    def prepare():
        if user:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
    return prepare


def check(command, user):
    done = subprocess.run(command, preexec_fn=become(user), cwd="/", stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr}")


def start(programs, folder, user):
    data = folder / "data"
    check([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
           "--no-sync", "--no-instructions"], user)
    with open(folder / "log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off",
             "-c", "max_connections=40", "-c", "shared_buffers=16MB", "-c", "deadlock_timeout=100ms"],
            preexec_fn=become(user), cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    return server


def create_database(programs, folder, server):
    url = f"postgresql://postgres@/postgres?host={folder}"
    command = [programs / "psql", "-qX", url, "-c", "CREATE ROLE jalon LOGIN",
               "-c", f"CREATE DATABASE {DATABASE} OWNER jalon"]
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError((folder / "log").read_text())
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    raise RuntimeError("PostgreSQL did not start within 30 s")


def stop(server):
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def main():
    programs, user = find_programs(), server_user()
    if not programs:
        print("1..0 # SKIP PostgreSQL is not installed")
        return 0
    # The test runner's time limit arrives as SIGTERM: it must pass through the `finally` below.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="jalon-pg-", dir="/tmp"))
    server = None
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        server = start(programs, folder, user)
        create_database(programs, folder, server)
        environment = dict(os.environ, TEST_DB_URL=f"postgresql://jalon@/{DATABASE}?host={folder}",
                           TEST_DB_PID=str(server.pid))
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    finally:
        if server:
            stop(server)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
